import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getTableName, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { csvLine } from "../../src/csv.ts";
import { type ImportOptions, type ImportResult, importFile } from "../../src/ledger/index.ts";
import type { Db } from "../../src/store/index.ts";
import { PLAIN_IMPORT } from "../support/import.ts";

/** The parts of a printed code that tests vary; the rest is constant. */
export interface CodeParts {
  satker: string;
  kppn: string;
  account: string;
  program: string;
  output: string;
  fund: string;
  authority: string;
  location: string;
  /** RO, komponen, subkomponen and item make it a code of 16 segments. */
  detail: string | null;
}

const PARTS: CodeParts = {
  satker: "100001",
  kppn: "133",
  account: "521211",
  program: "0240508",
  output: "2080001",
  fund: "A000000001",
  authority: "1",
  location: "0151",
  detail: null,
};

/** A printed code; without parts a valid one of the years before 2021. */
export function code(parts: Partial<CodeParts> = {}): string {
  const { satker, kppn, account, program, output, fund, authority, location, detail } = { ...PARTS, ...parts };
  const ledger = `${satker}.${kppn}.${account}.${program}.${output}.${fund}.00000.${authority}.${location}.2.000000.000000`;
  return detail === null ? ledger : `${ledger}.${detail}`;
}

/** A code of a satker, nothing else special. */
export const codeOf = (satker: string): string => code({ satker });

type Cells = (string | number | bigint | null)[];

function table(header: string, rows: readonly Cells[]): string {
  return [header, ...rows.map(csvLine), ""].join("\n");
}

export type PaymentRow = [code: string, date: string, amount: string | number | bigint, document?: string];

/** A file of the layout `realization`; documents are numbered when not given. */
export function realization(rows: readonly PaymentRow[]): string {
  const cells = rows.map(([printed, date, amount, document], index): Cells => {
    return [printed, date, document ?? `19133${String(index + 1).padStart(10, "0")}`, amount];
  });
  return table("code,date,document,amount", cells);
}

const PLAN = Array.from({ length: 12 }, (_, index) => `plan_${String(index + 1).padStart(2, "0")}`);

export interface BudgetRow {
  code: string;
  year: number;
  revision: number;
  amount: string | number | bigint;
  blocked?: string | number | bigint;
  plan?: readonly (string | number | bigint | null)[];
}

/** A file of the layout `budget`. */
export function budget(rows: readonly BudgetRow[]): string {
  const cells = rows.map((row): Cells => {
    const plan = row.plan ?? [];
    const months = PLAN.map((_, month) => plan[month] ?? null);
    return [row.code, row.year, row.revision, `${row.year}-01-02`, row.amount, row.blocked ?? 0, ...months];
  });
  return table(`code,fiscal_year,revision,revision_date,amount,blocked,${PLAN.join(",")}`, cells);
}

export type SatkerRow = [code: string, name: string, ministry: string, location?: string];

/** A file of the layout `satkers`. */
export function satkers(rows: readonly SatkerRow[]): string {
  return table(
    "code,name,ministry,unit,location,authority,kppn",
    rows.map(([satker, name, ministry, location]): Cells => [satker, name, ministry, "05", location ?? "0151", 1, 133]),
  );
}

export interface TagRow {
  code: string;
  intervention: string;
  from?: number;
  to?: number;
  share?: string | number;
  evidence?: string;
}

/** A file of the layout `tags`; classes follow from the interventions. */
export function tags(rows: readonly TagRow[]): string {
  return table(
    "theme,fiscal_year_from,fiscal_year_to,code,class,intervention,share,evidence",
    rows.map((row): Cells => {
      const { from = 2019, to = from, share = 100, evidence = "" } = row;
      return ["stunting", from, to, row.code, "", row.intervention, share, evidence];
    }),
  );
}

/** Imports a text as a file of its own. */
export async function importText(
  db: Db,
  text: string | Buffer,
  options: Partial<ImportOptions> = {},
  name = "file.csv",
): Promise<ImportResult> {
  const folder = await mkdtemp(join(tmpdir(), "tandai-import-"));
  try {
    const path = join(folder, name);
    await writeFile(path, text);
    return await importFile(db, path, { ...PLAIN_IMPORT, ...options });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Imports a text that must be posted; gives the number of its extract. */
export async function post(db: Db, text: string | Buffer, options: Partial<ImportOptions> = {}): Promise<number> {
  const result = await importText(db, text, options);
  if (result.status !== "posted" || result.extract === null) {
    throw new Error(`not posted: ${JSON.stringify([result.status, result.rejects])}`);
  }
  return result.extract;
}

/** Where a code stands in the columns depends on what came before; what they say is compared by verify. */
const DEPENDS_ON_HISTORY = ["balance_columns"];

/** Every row of every table (but some) as text, sorted: what must not change is compared by this. */
export async function contentOf(db: Db, without: readonly string[] = []): Promise<Record<string, string[]>> {
  const names = Object.values(db.tables)
    .map((definition) => getTableName(definition as SQLiteTable))
    .filter((name) => !without.includes(name) && !DEPENDS_ON_HISTORY.includes(name));
  return db.snapshot(async (reader) => {
    const content: Record<string, string[]> = {};
    for (const name of names) {
      const rows = await reader.rows<Record<string, string | bigint | null>>(sql.raw(`SELECT * FROM ${name}`));
      content[name] = rows
        .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)))
        .sort();
    }
    return content;
  });
}

/** Number of rows per table. */
export async function countsOf(db: Db): Promise<Record<string, number>> {
  return Object.fromEntries(Object.entries(await contentOf(db)).map(([name, rows]) => [name, rows.length]));
}
