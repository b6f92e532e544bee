import type { DuckDBConnection } from "./duckdb-library.ts";

/** The twelve segments, as wide as PMK 214/PMK.05/2013 prints them. */
const CODE = [
  "[0-9]{6}",
  "[0-9]{3}",
  "[0-9]{6}",
  "[0-9]{5}[0-9A-Z]{2}",
  "[0-9]{4}[0-9A-Z]{3}",
  "[0-9A-Z][0-9]{9}",
  "[0-9]{5}",
  "[1-6]",
  "[0-9]{4}",
  "[0-9]",
  "[0-9]{6}",
  "[0-9]{6}",
].join("\\.");

const SEGMENTS = [
  "satker",
  "kppn",
  "account",
  "program",
  "output",
  "fund",
  "bank",
  "authority",
  "location",
  "budget_type",
  "inter_entity",
  "reserve",
];

/**
 * Makes a table `lines` of a plain realization file as DuckDB does it best: one scan that matches the code, splits it
 * into twelve columns and types date and amount. Lines that are not well-formed are left out.
 */
export async function loadLines(connection: DuckDBConnection, file: string): Promise<void> {
  const split = SEGMENTS.map((name, index) => `parts[${index + 1}] AS ${name}`).join(", ");
  await connection.run(`CREATE TABLE lines AS
    SELECT ${split}, date, document, amount FROM (
      SELECT string_split(code, '.') AS parts, try_cast(date AS date) AS date, document, try_cast(amount AS bigint) AS amount
      FROM read_csv('${file.replaceAll("'", "''")}', header = true, auto_detect = false, delim = ',', quote = '"',
        columns = {'code': 'varchar', 'date': 'varchar', 'document': 'varchar', 'amount': 'varchar'})
      WHERE regexp_full_match(code, '${CODE}'))
    WHERE date IS NOT NULL AND amount IS NOT NULL`);
}

/** Adds what reconciliations group by, so that nothing has to be cut out of a text while they run. */
export async function addDimensions(connection: DuckDBConnection): Promise<void> {
  await connection.run(`CREATE TABLE ledger AS
    SELECT satker, substr(program, 1, 3) AS ministry, substr(program, 1, 5) AS unit, program,
      substr(output, 1, 4) AS activity, output, substr(account, 1, 2) AS account_group, account, substr(fund, 1, 1) AS fund,
      authority, substr(location, 1, 2) AS province, location AS district, date, amount
    FROM lines`);
  await connection.run("DROP TABLE lines");
  await connection.run("CHECKPOINT");
}
