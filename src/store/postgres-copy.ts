import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { LoadOptions, RowWriter, Value } from "./db.ts";

/** Rows are sent in pieces of about this many characters. */
const PIECE = 256 * 1024;

/** Rows for a table. */
interface Load {
  table: string;
  columns: readonly string[];
  count: number;
  write: RowWriter;
}

/** Puts rows into a table with COPY; by way of a temporary table where rows may meet others. */
export async function copyIn(client: pg.PoolClient, rows: Load, { onConflict, constant }: LoadOptions): Promise<void> {
  if (rows.count === 0) return;
  const load = constant ? withConstants(rows, constant) : rows;
  if (!onConflict) return copyRows(client, load.table, load);
  const names = listed(load.columns);
  const staging = `load_${load.table}`;
  await client.query(
    `CREATE TEMPORARY TABLE "${staging}" ON COMMIT DROP AS SELECT ${names} FROM "${load.table}" WITH NO DATA`,
  );
  await copyRows(client, staging, load);
  await client.query(`INSERT INTO "${load.table}" (${names}) SELECT ${names} FROM "${staging}" ${onConflict}`);
  await client.query(`DROP TABLE "${staging}"`);
}

function withConstants(load: Load, constant: Readonly<Record<string, Value>>): Load {
  const width = load.columns.length;
  const values = Object.values(constant);
  return {
    ...load,
    columns: [...load.columns, ...Object.keys(constant)],
    write: (row, at, index) => {
      load.write(row, at, index);
      for (const [place, value] of values.entries()) row[at + width + place] = value;
    },
  };
}

async function copyRows(client: pg.PoolClient, table: string, load: Load): Promise<void> {
  const target = client.query(copyFrom(`COPY "${table}" (${listed(load.columns)}) FROM STDIN`));
  await pipeline(Readable.from(pieces(load), { objectMode: false }), target);
}

/** The rows in the text format of COPY. */
function* pieces({ columns, count, write }: Load): Generator<string> {
  const values = new Array<Value>(columns.length).fill(null);
  let piece = "";
  for (let index = 0; index < count; index++) {
    write(values, 0, index);
    for (let column = 0; column < values.length; column++) {
      if (column > 0) piece += "\t";
      piece += printed(values[column] ?? null);
    }
    piece += "\n";
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function listed(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(",");
}

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A value in the text format of COPY. */
function printed(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value !== "string") return String(value);
  return NEEDS_ESCAPE.test(value) ? value.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign) : value;
}
