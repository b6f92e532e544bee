/** The demonstration written once to a temporary folder and read back as tables. */

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type DemonstrationFile, writeDemonstration } from "../../../seeds/demo/index.ts";
import { placeOf, readTable, Sums, type TagRow, tagsByYear } from "./calculator.ts";

export type Row = Record<string, string>;
export type Table = Row[];

export const referenceDir = join(import.meta.dirname, "..", "..", "..", "seeds", "reference");
export const YEARS = [2018, 2019, 2020, 2021, 2022];

export const segment = (row: Row, at: number): string => row.code?.split(".")[at] ?? "";
export const isExpenditure = (row: Row): boolean => segment(row, 2).startsWith("5");
export const amount = (row: Row): bigint => BigInt(row.amount ?? "");
export const isCorrection = (row: Row): boolean => row.description?.startsWith("Koreksi") ?? false;

/** A reference list as it lies in the repository. */
export const reference = (list: string): Table => readTable(join(referenceDir, `${list}.csv`));

export class Demonstration {
  readonly outDir: string;
  readonly files: DemonstrationFile[];
  readonly #tables: Map<string, Table>;
  readonly #tags: Map<number, Map<string, TagRow[]>>;

  private constructor(outDir: string, files: DemonstrationFile[]) {
    this.outDir = outDir;
    this.files = files;
    this.#tables = new Map(files.map((file) => [basename(file.path), readTable(file.path)]));
    this.#tags = tagsByYear(YEARS.map((year) => this.table(`tags-${year}.csv`)));
  }

  static async write(seed?: number): Promise<Demonstration> {
    const outDir = mkdtempSync(join(tmpdir(), "demonstration-"));
    return new Demonstration(
      outDir,
      await writeDemonstration({ referenceDir, outDir, ...(seed === undefined ? {} : { seed }) }),
    );
  }

  remove(): void {
    rmSync(this.outDir, { recursive: true, force: true });
  }

  table(name: string): Table {
    const found = this.#tables.get(name);
    if (!found) throw new Error(`${name} was not written`);
    return found;
  }

  /** SHA-256 of every file by name, in the order of import. */
  digests(): Record<string, string> {
    const digest = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
    return Object.fromEntries(this.files.map((file) => [basename(file.path), digest(file.path)]));
  }

  /** Data rows of all files whose name starts so. */
  count(prefix: string): number {
    return [...this.#tables]
      .filter(([name]) => name.startsWith(prefix))
      .reduce((sum, [, rows]) => sum + rows.length, 0);
  }

  tags(year: number): Map<string, TagRow[]> {
    return this.#tags.get(year) ?? new Map();
  }

  budget(year: number): Table {
    return [...this.table(`budget-${year}-dipa.csv`), ...this.table(`budget-${year}-revisi.csv`)];
  }

  realization(year: number): Table {
    return [...this.table(`realization-${year}-s1.csv`), ...this.table(`realization-${year}-s2.csv`)];
  }

  /** The budget in force: of every satker the rows of its highest revision. */
  inForce(year: number): Table {
    const rows = this.budget(year);
    const last = new Map<string, number>();
    for (const row of rows) {
      const satker = segment(row, 0);
      last.set(satker, Math.max(last.get(satker) ?? 0, Number(row.revision)));
    }
    return rows.filter((row) => Number(row.revision) === last.get(segment(row, 0)));
  }

  /** Sums of a year's rows by `tagged`, `needs-ro` and `untagged`. */
  byPlace(year: number, rows: Table): Sums {
    const places = new Map<string, string>();
    const sums = new Sums();
    for (const row of rows) {
      const code = row.code ?? "";
      const kind = places.get(code) ?? placeOf(code, this.tags(year)).kind;
      places.set(code, kind);
      sums.add(kind, amount(row));
    }
    return sums;
  }
}
