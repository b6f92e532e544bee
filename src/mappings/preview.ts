import {
  type CheckedBatch,
  CodeBook,
  type ColumnReport,
  checkRows,
  type ExtractKind,
  type Layout,
  type LayoutContext,
  type NamedMapping,
  openTable,
} from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";
import { loadReferences, loadThemes } from "../references/index.ts";
import type { Problem, RuleId } from "../rules.ts";
import type { Db } from "../store/index.ts";
import { withSource } from "./files.ts";

/** Rows that are shown as they would be read. */
export const PREVIEWED_ROWS = 20;

/** One of the first rows: what its fields would be, or what is wrong with it. Rows that say nothing are not among them. */
export interface PreviewRow {
  row: number;
  /** By field, as text; null where the row states nothing. */
  values: Record<string, string | null> | null;
  problems: Problem[];
}

/** What a mapping makes of a whole file. Nothing is stored. */
export interface MappingPreview {
  layout: string;
  kind: ExtractKind;
  rows: PreviewRow[];
  totals: {
    read: number;
    posted: number;
    rejected: number;
    skipped: number;
    amountPosted: bigint;
    amountRejected: bigint;
  };
  /** Totals that the file states, each with the rupiah of its rows, those that are filtered away included. */
  statedTotals: { stated: bigint; read: bigint; difference: bigint }[];
  formats: ColumnReport[];
  warnings: Record<string, number>;
  /** Rejected rows by rule. */
  rejects: Record<string, number>;
  ignoredColumns: string[];
}

/** Reads a whole file by a mapping and keeps nothing. @throws AppError when no table can be read from it */
export function previewMapping(db: Db, path: string, mapping: NamedMapping, t: Translate): Promise<MappingPreview> {
  return withSource(path, t, async (source) => {
    const table = await openTable(source, { layout: null, kinds: null, year: null, mapping });
    try {
      const warnings = new Map<RuleId, number>();
      const context: LayoutContext = {
        references: await loadReferences(db),
        themes: await loadThemes(db),
        codes: new CodeBook(await loadReferences(db)),
        facts: table.facts,
        warn: (rule) => warnings.set(rule, (warnings.get(rule) ?? 0) + 1),
      };
      const seen = new Seen();
      const layout = table.layout as Layout;
      for await (const batch of checkRows(layout, table, context)) seen.add(batch);
      return {
        layout: layout.id,
        kind: layout.kind,
        ...seen.result(),
        formats: table.formats.reports(),
        warnings: Object.fromEntries(warnings),
        ignoredColumns: table.ignored,
      };
    } finally {
      await table.close();
    }
  });
}

/** What went by. */
class Seen {
  readonly #rows: PreviewRow[] = [];
  readonly #totals = { read: 0, posted: 0, rejected: 0, skipped: 0, amountPosted: 0n, amountRejected: 0n };
  readonly #stated: bigint[] = [];
  #skipped = 0n;
  readonly #rejects = new Map<string, number>();

  add({ lines, rejects, skipped, rejectedAmount, skippedAmount, statedTotals }: CheckedBatch<ExtractKind>): void {
    const totals = this.#totals;
    totals.posted += lines.length;
    totals.rejected += rejects.length;
    totals.skipped += skipped;
    totals.read += lines.length + rejects.length + skipped;
    totals.amountRejected += rejectedAmount;
    this.#skipped += skippedAmount;
    this.#stated.push(...statedTotals);
    for (const line of lines) if ("amount" in line) totals.amountPosted += line.amount;
    for (const { problems } of rejects) {
      for (const rule of new Set(problems.map((problem) => problem.rule))) {
        this.#rejects.set(rule, (this.#rejects.get(rule) ?? 0) + 1);
      }
    }
    const room = PREVIEWED_ROWS - this.#rows.length;
    if (room <= 0) return;
    const shown: PreviewRow[] = [
      ...lines.slice(0, room).map((line) => ({ row: line.row, values: valuesOf(line), problems: [] })),
      ...rejects.slice(0, room).map(({ row, problems }) => ({ row, values: null, problems })),
    ];
    this.#rows.push(...shown.sort((a, b) => a.row - b.row).slice(0, room));
  }

  result(): Pick<MappingPreview, "rows" | "totals" | "statedTotals" | "rejects"> {
    const read = this.#totals.amountPosted + this.#totals.amountRejected + this.#skipped;
    return {
      rows: this.#rows,
      totals: this.#totals,
      statedTotals: this.#stated.map((stated) => ({ stated, read, difference: stated - read })),
      rejects: Object.fromEntries(this.#rejects),
    };
  }
}

/** The fields of a line as text; a code is its printed form, a plan its months. */
function valuesOf(line: object): Record<string, string | null> {
  const entries = Object.entries(line).filter(([name]) => name !== "row" && name !== "source");
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.every((one) => one === null) ? null : value.map((one) => one ?? "–").join(" ");
  if (typeof value === "object") return "canonical" in value ? String(value.canonical) : JSON.stringify(value);
  return String(value);
}
