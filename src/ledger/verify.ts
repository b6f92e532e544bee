import { type SQL, sql } from "drizzle-orm";
import { decomposeCode, parseLedgerCode, UNKNOWN_SIGN } from "../coa/index.ts";
import { codeColumns } from "../extracts/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { balanceRows, budgetBalances, budgetInForce } from "./budget-balances.ts";
import { locatorOf } from "./code-store.ts";
import { checkColumns, checkTotals } from "./columns/index.ts";
import { type LedgerHash, ledgerHash } from "./ledger-hash.ts";
import { MONTH_COLUMNS, realizationFromLines } from "./realization-balances.ts";

/** Something in the store that does not follow from its lines. */
export interface Finding {
  check: string;
  /** What was looked at: an extract, a code, a cell. */
  subject: string;
  detail: string;
}

export interface Verification {
  checks: { check: string; examined: number; findings: number }[];
  findings: Finding[];
  /** What the ledger holds, in one hash: equal ledgers have equal hashes. */
  ledger: LedgerHash;
}

/** Findings listed per check; the count is always complete. */
const LISTED = 20;

type Check = (db: Db, reader: Reader) => Promise<{ examined: number; findings: Finding[] }>;

const CHECKS: Record<string, Check> = {
  "store-integrity": async (db) => {
    const findings = await db.checkIntegrity();
    return {
      examined: 1,
      findings: findings.map(({ check, detail }) => ({ check: "store-integrity", subject: check, detail })),
    };
  },
  "extract-totals": checkExtractTotals,
  "cells-in-force": checkCells,
  "code-combinations": checkCodes,
  "orphaned-lines": checkOrphans,
  "realization-balances": checkRealization,
  "budget-balances": checkBudget,
  "balance-columns": async (_, reader) => named("balance-columns", await checkColumns(reader)),
  "balance-totals": async (_, reader) => named("balance-totals", await checkTotals(reader)),
};

function named(check: string, { examined, findings }: { examined: number; findings: Omit<Finding, "check">[] }) {
  return { examined, findings: findings.map((finding): Finding => ({ check, ...finding })) };
}

/** Recomputes everything that is derived — totals, cells in force, codes, balances — from the lines, in one view. */
export async function verifyStore(db: Db): Promise<Verification> {
  return db.snapshot(async (reader) => {
    const result: Verification = { checks: [], findings: [], ledger: await ledgerHash(reader) };
    for (const [check, run] of Object.entries(CHECKS)) {
      const { examined, findings } = await run(db, reader);
      result.checks.push({ check, examined, findings: findings.length });
      result.findings.push(...findings.slice(0, LISTED));
    }
    return result;
  });
}

/** Rows and rupiah of every extract's record against its lines and rejects. */
async function checkExtractTotals(_: Db, reader: Reader) {
  const rows = await reader.rows<Record<string, bigint | string | null>>(sql`
    SELECT x.id AS id, x.kind AS kind, x.status AS status, x.rows_posted AS rows_posted, x.rows_rejected AS rows_rejected,
      x.amount_posted AS amount_posted,
      CASE x.kind WHEN 'realization' THEN (SELECT count(*) FROM ledger_lines l WHERE l.extract_id = x.id)
        WHEN 'budget' THEN (SELECT count(*) FROM budget_lines l WHERE l.extract_id = x.id)
        WHEN 'budget-and-realization' THEN (SELECT count(*) FROM budget_lines l WHERE l.extract_id = x.id)
        WHEN 'satkers' THEN (SELECT count(*) FROM satkers l WHERE l.extract_id = x.id)
        WHEN 'outputs' THEN (SELECT count(*) FROM outputs l WHERE l.extract_id = x.id)
        WHEN 'achievements' THEN (SELECT count(*) FROM achievements l WHERE l.extract_id = x.id) ELSE x.rows_posted END AS lines,
      CASE x.kind WHEN 'realization' THEN (SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM ledger_lines l WHERE l.extract_id = x.id)
        WHEN 'budget' THEN (SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM budget_lines l WHERE l.extract_id = x.id)
        WHEN 'budget-and-realization' THEN (SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM budget_lines l WHERE l.extract_id = x.id)
        ELSE x.amount_posted END AS amount,
      (SELECT count(*) FROM extract_rejects r WHERE r.extract_id = x.id) AS rejects
    FROM extracts x ORDER BY x.id`);
  const findings: Finding[] = [];
  for (const row of rows) {
    const pairs: [string, string][] = [
      ["rows_posted", "lines"],
      ["amount_posted", "amount"],
      ["rows_rejected", "rejects"],
    ];
    if (row.status === "open") findings.push({ check: "extract-totals", subject: `extract ${row.id}`, detail: "open" });
    for (const [recorded, counted] of pairs) {
      if (row[recorded] === row[counted]) continue;
      // Nothing of a blocked extract is in the ledger; its record counts the rows that were good.
      if (row.status === "blocked" && counted !== "rejects" && row[counted] === 0n) continue;
      const detail = `${recorded}: ${row[recorded]} ≠ ${counted}: ${row[counted]}`;
      findings.push({ check: "extract-totals", subject: `extract ${row.id}`, detail });
    }
  }
  return { examined: rows.length, findings };
}

/** The extract in force for every cell is the newest posted one that covers it; cells are counted by period. */
async function checkCells(_: Db, reader: Reader) {
  const expected = sql`
    SELECT e.kind AS kind, e.satker AS satker, e.fiscal_year AS fiscal_year, e.period AS period, max(e.extract_id) AS extract_id
    FROM extract_cells e JOIN extracts x ON x.id = e.extract_id WHERE x.status = 'posted'
    GROUP BY e.kind, e.satker, e.fiscal_year, e.period`;
  const stored = sql`SELECT kind, satker, fiscal_year, period, extract_id FROM cells_in_force`;
  const cells = await compare(
    reader,
    "cells-in-force",
    stored,
    expected,
    "kind || ' ' || satker || ' ' || period",
    sql`SELECT count(*) AS n FROM cells_in_force`,
  );
  const periods = await compare(
    reader,
    "cells-in-force",
    sql`SELECT kind, fiscal_year, period, extract_id, cells FROM periods_in_force`,
    sql`SELECT kind, fiscal_year, period, extract_id, count(*) FROM cells_in_force
      GROUP BY kind, fiscal_year, period, extract_id`,
    "kind || ' ' || period || ' extract ' || CAST(extract_id AS text)",
    sql`SELECT count(*) AS n FROM periods_in_force`,
  );
  return { examined: cells.examined, findings: [...cells.findings, ...periods.findings] };
}

/** Every code is one, stored once, and its columns follow from it. */
async function checkCodes(_: Db, reader: Reader) {
  const rows = await reader.rows<Record<string, string | bigint | null>>(sql`
    SELECT c.code AS code, c.ministry AS ministry, c.satker AS satker, c.program AS program, c.account AS account,
      c.fund AS fund, c.authority AS authority, c.location AS location, c.node AS node, s.locator AS locator
    FROM code_combinations c JOIN stored_codes s ON s.id = c.id AND s.ministry = c.ministry`);
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const code = row.code as string;
    const expected = isLedgerCode(code) ? { ...codeColumns(code), locator: BigInt(locatorOf(code)) } : { code: null };
    for (const [column, value] of Object.entries(expected)) {
      if (row[column] === value) continue;
      findings.push({ check: "code-combinations", subject: code, detail: `${column}: ${row[column]} ≠ ${value}` });
    }
    if (seen.has(code)) findings.push({ check: "code-combinations", subject: code, detail: "stored twice" });
    seen.add(code);
  }
  return { examined: rows.length, findings };
}

/** A canonical code of either structure, or one that was composed with unknown pieces. */
function isLedgerCode(code: string): boolean {
  return [2020, 2021].some((year) => {
    if (code.includes(UNKNOWN_SIGN)) return decomposeCode(code, year) !== null;
    const parsed = parseLedgerCode(code, year);
    return parsed.ok && parsed.code.canonical === code;
  });
}

/** Every payment line has its extract and its code; lines are written too fast for foreign keys to watch over each. */
async function checkOrphans(_: Db, reader: Reader) {
  const [lines] = await reader.rows<{ n: bigint }>(sql`SELECT count(*) AS n FROM ledger_lines`);
  const orphans = await reader.rows<{ extract_id: bigint; line: bigint; code_id: bigint }>(sql`
    SELECT l.extract_id AS extract_id, l.row AS line, l.code_id AS code_id FROM ledger_lines l
    LEFT JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry WHERE c.id IS NULL`);
  const findings = orphans.map(({ extract_id, line, code_id }): Finding => {
    return { check: "orphaned-lines", subject: `extract ${extract_id}, row ${line}`, detail: `code ${code_id}` };
  });
  const strays = await reader.rows<{ extract_id: bigint; n: bigint }>(sql`
    SELECT l.extract_id AS extract_id, count(*) AS n FROM ledger_lines l
    WHERE l.extract_id NOT IN (SELECT id FROM extracts) GROUP BY l.extract_id`);
  for (const { extract_id, n } of strays) {
    findings.push({ check: "orphaned-lines", subject: `extract ${extract_id}`, detail: `${n}` });
  }
  return { examined: Number(lines?.n ?? 0n), findings };
}

const KEY = "CAST(code_id AS text) || ' ' || CAST(fiscal_year AS text) || ' ' || measure";

async function checkRealization(_: Db, reader: Reader) {
  const columns = sql.raw(["code_id", "ministry", "fiscal_year", "measure", ...MONTH_COLUMNS].join(", "));
  const stored = sql`SELECT ${columns} FROM month_balances WHERE measure = 'realization'`;
  const count = sql`SELECT count(*) AS n FROM month_balances WHERE measure = 'realization'`;
  return compare(reader, "realization-balances", stored, realizationFromLines(reader, null), KEY, count);
}

async function checkBudget({ tables }: Db, reader: Reader) {
  const expected = budgetBalances(await budgetInForce(reader)).map(balanceRows);
  const months = new Map(
    expected.flatMap((balance) => balance.months).map((row) => [row.slice(0, 4).join(" "), row.join(" ")]),
  );
  const years = new Map(expected.map(({ year }) => [year.slice(0, 3).join(" "), year.join(" ")]));
  const findings: Finding[] = [];
  const match = (rows: Record<string, unknown>[], known: Map<string, string>, keys: number) => {
    for (const row of rows) {
      const values = Object.values(row).map((value) => value ?? "");
      const key = values.slice(0, keys).join(" ");
      if (known.get(key) !== values.join(" "))
        findings.push({ check: "budget-balances", subject: key, detail: `${values.join(" ")} ≠ ${known.get(key)}` });
      known.delete(key);
    }
    for (const [key, row] of known) findings.push({ check: "budget-balances", subject: key, detail: `∅ ≠ ${row}` });
  };
  const storedMonths = await reader
    .select()
    .from(tables.monthBalances)
    .where(sql`${tables.monthBalances.measure} <> 'realization'`);
  const storedYears = await reader.select().from(tables.yearBalances);
  const examined = storedMonths.length + storedYears.length;
  match(storedMonths, months, 4);
  match(storedYears, years, 3);
  return { examined, findings };
}

/** Rows that only one of two queries gives. */
async function compare(reader: Reader, check: string, stored: SQL, expected: SQL, key: string, count: SQL) {
  const only = async (a: SQL, b: SQL, detail: string): Promise<Finding[]> => {
    const rows = await reader.rows<{ subject: string }>(
      sql`SELECT ${sql.raw(key)} AS subject FROM (SELECT * FROM (${a}) AS a EXCEPT SELECT * FROM (${b}) AS b) AS difference`,
    );
    return rows.map(({ subject }) => ({ check, subject, detail }));
  };
  const findings = [
    ...(await only(stored, expected, "stored, does not follow from the lines")),
    ...(await only(expected, stored, "follows from the lines, is not stored")),
  ];
  const [row] = await reader.rows<{ n: bigint }>(count);
  return { examined: Number(row?.n ?? 0n), findings };
}
