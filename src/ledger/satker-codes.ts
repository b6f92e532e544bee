import { type SQL, sql } from "drizzle-orm";
import { UNKNOWN_SIGN } from "../coa/index.ts";
import type { Reader, Value } from "../store/index.ts";
import type { Touched } from "./in-force.ts";

/** Codes from–to by number, both included. */
export interface CodeRange {
  from: number;
  to: number;
}

/** Digits of a locator behind those of the satker (`locatorOf`). */
const BEHIND_SATKER = 10n ** 9n;

/**
 * The codes `c` of a list `s` of satkers, to stand after FROM. The index of locators begins with the satker: without it
 * every question would read all codes of the store.
 *
 * @param extra columns of `s` beside the satker, and their values
 */
export function codesOfSatkers(
  reader: Reader,
  satkers: readonly string[],
  extra: { columns: Record<string, "text" | "int">; rows: readonly (readonly Value[])[] } | null = null,
): SQL {
  const list = reader.list(
    { satker: "text", first_locator: "int", last_locator: "int", ...extra?.columns },
    satkers.map((satker, at) => {
      const first = BigInt(satker.replaceAll(UNKNOWN_SIGN, "0")) * BEHIND_SATKER;
      return [satker, first, first + BEHIND_SATKER - 1n, ...(extra?.rows[at] ?? [])];
    }),
  );
  return sql`${list} AS s JOIN stored_codes k ON k.locator BETWEEN s.first_locator AND s.last_locator
    JOIN code_combinations c ON c.id = k.id AND c.ministry = k.ministry AND c.satker = s.satker`;
}

/** The codes of satkers in their years, whether they have balances or not, all or those of a range. */
export function touchedCodes(reader: Reader, touched: readonly Touched[], range: CodeRange | null = null): SQL {
  const codes = codesOfSatkers(
    reader,
    touched.map(({ satker }) => satker),
    { columns: { fiscal_year: "int" }, rows: touched.map(({ fiscalYear }) => [BigInt(fiscalYear)]) },
  );
  const within = range ? sql`WHERE c.id BETWEEN ${range.from} AND ${range.to}` : sql``;
  return sql`SELECT c.id AS code_id, s.fiscal_year AS fiscal_year FROM ${codes} ${within}`;
}

/** Satkers and years whose codes are dealt with at once. */
export interface Slice {
  touched: Touched[];
  /** Codes that they have, once per year. */
  codes: number;
}

/**
 * Satkers and years in slices of about so many codes, by ministry; those without any code are left out. A satker is not
 * divided.
 */
export async function slicesOf(reader: Reader, touched: readonly Touched[], codes: number): Promise<Slice[]> {
  const years = new Map<string, Touched[]>();
  for (const one of touched) {
    const known = years.get(one.satker);
    if (known) known.push(one);
    else years.set(one.satker, [one]);
  }
  const rows = await reader.rows<{ satker: string; codes: bigint }>(sql`
    SELECT s.satker AS satker, min(c.ministry) AS ministry, count(*) AS codes
    FROM ${codesOfSatkers(reader, [...years.keys()])} GROUP BY s.satker ORDER BY 2, 1`);
  const slices: Slice[] = [];
  for (const { satker, codes: count } of rows) {
    const own = years.get(satker) ?? [];
    const size = Number(count) * own.length;
    const last = slices.at(-1);
    if (last && last.codes + size <= codes) {
      last.touched.push(...own);
      last.codes += size;
    } else slices.push({ touched: [...own], codes: size });
  }
  return slices;
}

/** The codes of a slice in ranges of about so many; null is all of them. */
export async function rangesOf(reader: Reader, { touched, codes }: Slice, size: number): Promise<(CodeRange | null)[]> {
  if (codes <= size) return [null];
  const rows = await reader.rows<{ id: bigint }>(
    sql`SELECT code_id AS id FROM (${touchedCodes(reader, touched)}) AS t ORDER BY code_id`,
  );
  const ranges: CodeRange[] = [];
  for (let start = 0; start < rows.length; start += size) {
    const from = ranges.at(-1)?.to ?? -1;
    ranges.push({ from: from + 1, to: Number(rows[Math.min(start + size, rows.length) - 1]?.id ?? 0n) });
  }
  return ranges;
}
