import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../src/paths.ts";

/** A part of the bench's answer: one Markdown table. */
export interface Section {
  /** Names its place in docs/performance.md. */
  id: string;
  title: string;
  columns: string[];
  rows: (string | number | null)[][];
  /** What did not run and why, or what the reader must know. */
  notes: string[];
}

const PAGE = join(projectRoot(), "docs", "performance.md");

/** A section as Markdown; a number is printed to three significant digits. */
export function markdown({ title, columns, rows, notes }: Section): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = [
    line(columns),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(row.map((cell) => (typeof cell === "number" ? significant(cell) : (cell ?? "–"))))),
  ];
  return [`**${title}**`, "", ...table, ...notes.flatMap((note) => ["", note])].join("\n");
}

function significant(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** Puts a section in its place in docs/performance.md, between `<!-- bench:id -->` and `<!-- /bench:id -->`. */
export function writeToPage(section: Section, measured: string): void {
  const [open, close] = [`<!-- bench:${section.id} -->`, `<!-- /bench:${section.id} -->`];
  const page = readFileSync(PAGE, "utf8");
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for ${section.id}`);
  const text = `${open}\n${markdown(section)}\n\n${measured}\n`;
  writeFileSync(PAGE, page.slice(0, from) + text + page.slice(to));
}
