import {
  type CheckedPayments,
  type ColumnVerdict,
  LAYOUTS,
  type LayoutContext,
  type Payments,
  type Source,
  type Table,
  type TableHints,
  UnreadableFile,
} from "../extracts/index.ts";
import { listsVersion, loadReferences, loadThemes, type ReferenceData, type Theme } from "../references/index.ts";
import type { RuleId } from "../rules.ts";
import type { Db, Reader } from "../store/index.ts";
import { type FreshColumns, memoryOf } from "./columns/index.ts";
import type { Gathered, PaymentsEnd } from "./gather-payments.ts";
import type { Reading } from "./reading.ts";
import type { ReadingThread } from "./start-reading.ts";
import type { ImportOptions } from "./types.ts";

/** Batches that may be under way between the threads. */
const AHEAD = 4;

/** What lines are checked with, and of which state of the store. */
export interface Lists extends Pick<LayoutContext, "references" | "themes"> {
  version: string;
}

/** Reads the lists; what changes while they are read makes their version an old one. */
export async function loadLists(db: Db, reader: Reader): Promise<Lists> {
  const version = await listsVersion(reader);
  return { version, references: await loadReferences(db, reader), themes: await loadThemes(db, reader) };
}

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
  | { kind: "end"; encoding: Source["found"]["encoding"]; verdicts: ColumnVerdict[]; gathered: Gathered }
  | { kind: "columns"; columns: FreshColumns[] }
  | { kind: "unreadable"; rule: RuleId; row: number; value: string; params: Record<string, string | number> };

/**
 * Lets a thread begin to read payments; it waits with a few batches until they are asked for. What a mapping reads is
 * known to this thread only.
 *
 * @returns whether the thread can read the file
 */
export function beginReading(
  thread: ReadingThread,
  { source, table, options }: Pick<Reading, "source" | "table"> & { options: Pick<ImportOptions, "kinds" | "year"> },
  lists: Pick<Lists, "references" | "themes">,
): boolean {
  const { layout } = table;
  if (layout.kind !== "realization" || !LAYOUTS.some((known) => known === layout)) return false;
  const hints = { layout: layout.id, kinds: options.kinds, year: options.year };
  thread.begin({ source, hints, references: lists.references.data(), themes: lists.themes, ahead: AHEAD });
  return true;
}

/**
 * Gives what `gatherPayments` would, from a thread that has begun. What it finds out about the file is noted in `source`
 * and `table`.
 *
 * @throws UnreadableFile as `gatherPayments`
 */
export async function* paymentsOfThread(
  thread: ReadingThread,
  source: Source,
  table: Table,
): AsyncGenerator<CheckedPayments, PaymentsEnd> {
  for (;;) {
    const message = await thread.next();
    if (message.kind === "columns") throw new Error("columns came before the end of the file");
    if (message.kind === "unreadable") {
      throw new UnreadableFile(message.rule, message.row, message.value, message.params);
    }
    source.found.encoding = message.encoding;
    if (message.kind === "end") {
      table.formats.adopt(message.verdicts);
      return { gathered: message.gathered, columns: () => columnsOfThread(thread) };
    }
    source.progress.bytesRead = message.bytesRead;
    thread.askForMore();
    yield message.batch;
  }
}

async function columnsOfThread(thread: ReadingThread): Promise<readonly FreshColumns[]> {
  const message = await thread.next();
  if (message.kind !== "columns") throw new Error(`the reading thread says ${message.kind} after the end of the file`);
  return message.columns;
}

/** The memory of a message, which changes hands instead of being copied. */
export function memoryOfMessage(message: FromReader): ArrayBuffer[] {
  if (message.kind === "batch") return memoryOfPayments(message.batch.payments);
  return message.kind === "columns" ? memoryOf(message.columns) : [];
}

function memoryOfPayments({ rows, codes, dates, amounts, documents, descriptions }: Payments): ArrayBuffer[] {
  const columns = [rows, codes, dates, amounts, ...Object.values(documents), ...Object.values(descriptions)];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
