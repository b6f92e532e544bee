import type { CheckedPayments, ColumnReport, Payments, Source, TableHints } from "../extracts/index.ts";
import type { ReferenceData, Theme } from "../references/index.ts";
import type { RuleId } from "../rules.ts";
import type { ThreadProblem } from "../thread-problem.ts";
import { type FreshColumns, memoryOf } from "./columns/index.ts";
import type { Gathered } from "./gather-payments.ts";

/** What the reading thread is given; plain data. */
export interface ReadingTask {
  source: Source;
  hints: TableHints;
  references: ReferenceData;
  themes: ReadonlyMap<string, Theme>;
  ahead: number;
}

/** What the reading thread says. */
export type FromReader =
  | { kind: "batch"; batch: CheckedPayments; bytesRead: number; encoding: Source["found"]["encoding"] }
  | { kind: "end"; encoding: Source["found"]["encoding"]; formats: ColumnReport[]; gathered: Gathered }
  | { kind: "columns"; columns: FreshColumns[] }
  | { kind: "unreadable"; rule: RuleId; row: number; value: string; params: Record<string, string | number> }
  | { kind: "failed"; problem: ThreadProblem };

/** The memory of a message, which changes hands instead of being copied. */
export function memoryOfMessage(message: FromReader): ArrayBuffer[] {
  if (message.kind === "batch") return memoryOfPayments(message.batch.payments);
  return message.kind === "columns" ? memoryOf(message.columns) : [];
}

function memoryOfPayments({ rows, codes, dates, amounts, documents, descriptions }: Payments): ArrayBuffer[] {
  const columns = [rows, codes, dates, amounts, ...Object.values(documents), ...Object.values(descriptions)];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
