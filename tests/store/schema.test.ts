import { sql } from "drizzle-orm";
import { type PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { describe, expect, it } from "vitest";
import * as postgresTables from "../../schema/postgres.ts";
import * as sqliteTables from "../../schema/sqlite.ts";
import { migrationsOf } from "../../src/store/migrations.ts";
import { withStore } from "../support/stores.ts";

/** A table as a store describes it: columns in order, key, references, what is unique. */
interface Shape {
  columns: Record<string, { type: string; required: boolean }>;
  primaryKey: string[];
  foreignKeys: string[];
  unique: string[];
}

type Config = ReturnType<typeof sqliteConfig> | ReturnType<typeof postgresConfig>;

/** The shape that a twin declares. */
function declared(config: Config): Shape {
  const columns = Object.fromEntries(
    config.columns.map((column) => [
      column.name,
      { type: column.getSQLType(), required: column.notNull || column.primary },
    ]),
  );
  const [composite] = config.primaryKeys;
  return {
    columns,
    primaryKey: composite
      ? composite.columns.map(({ name }) => name)
      : config.columns.filter(({ primary }) => primary).map(({ name }) => name),
    foreignKeys: config.foreignKeys
      .map((key) => key.reference())
      .map(({ columns: own, foreignTable, foreignColumns }) => {
        const table = Object.getOwnPropertySymbols(foreignTable).find(
          (symbol) => String(symbol) === "Symbol(drizzle:Name)",
        );
        const name = table ? String((foreignTable as unknown as Record<symbol, unknown>)[table]) : "";
        return `${own.map((one) => one.name).join(",")} → ${name}(${foreignColumns.map((one) => one.name).join(",")})`;
      })
      .sort(),
    unique: config.uniqueConstraints.map(({ columns: names }) => names.map(({ name }) => name).join(",")).sort(),
  };
}

const SQLITE = Object.fromEntries(
  Object.values(sqliteTables).map((table) => {
    const config = sqliteConfig(table as SQLiteTable);
    return [config.name, declared(config)];
  }),
);
const POSTGRES = Object.fromEntries(
  Object.values(postgresTables).map((table) => {
    const config = postgresConfig(table as PgTable);
    return [config.name, declared(config)];
  }),
);

type Row = Record<string, string | bigint | null>;
const byKey = (rows: readonly Row[], key: string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(String(row[key]), [...(groups.get(String(row[key])) ?? []), row]);
  return groups;
};

describe("the twins", () => {
  it("declare the same tables, columns, keys and references", () => {
    const neutral = (shapes: Record<string, Shape>) =>
      Object.entries(shapes).map(([name, { columns, ...keys }]) => {
        return [name, Object.entries(columns).map(([column, { required }]) => [column, required]), keys];
      });
    expect(neutral(POSTGRES)).toEqual(neutral(SQLITE));
    expect(Object.keys(SQLITE).length).toBeGreaterThan(15);
  });

  it("declare whole rupiah as 64-bit integers and no column as a fraction", () => {
    const types = (shapes: Record<string, Shape>) =>
      new Set(Object.values(shapes).flatMap(({ columns }) => Object.values(columns).map(({ type }) => type)));
    expect([...types(SQLITE)].sort()).toEqual(["blob", "integer", "text"]);
    expect([...types(POSTGRES)].sort()).toEqual(["bigint", "bytea", "integer", "text"]);
    const rupiah =
      /^(amount|blocked|commitment|original|revised|allocation|budget|realization|returns|(plan|month)_\d\d|amount_\w+)$/;
    const names = Object.entries(POSTGRES).flatMap(([table, { columns }]) =>
      Object.entries(columns).map(([name, { type }]) => [`${table}.${name}`, type, rupiah.test(name)] as const),
    );
    for (const [name, type, isRupiah] of names)
      expect(type === "bigint", name).toBe(isRupiah || name === "stored_codes.locator");
  });

  it("have the ministry in every key of the ledger", () => {
    for (const table of ["stored_codes", "ledger_lines", "budget_lines", "month_balances", "year_balances"]) {
      expect(SQLITE[table]?.primaryKey, table).toContain("ministry");
      for (const unique of SQLITE[table]?.unique ?? []) expect(unique.split(",")).toContain("ministry");
    }
  });

  it("have migrations of the same names", () => {
    expect(migrationsOf("postgres").map(({ tag }) => tag)).toEqual(migrationsOf("sqlite").map(({ tag }) => tag));
  });
});

describe("a migrated SQLite store", () => {
  it("is what the twin declares", async () => {
    await withStore("sqlite", async (db) => {
      const found: Record<string, Shape> = {};
      for (const name of Object.keys(SQLITE)) {
        const columns = await db.read.rows<Row>(sql`SELECT * FROM pragma_table_info(${name}) ORDER BY cid`);
        const references = await db.read.rows<Row>(
          sql`SELECT * FROM pragma_foreign_key_list(${name}) ORDER BY id, seq`,
        );
        const indexes = await db.read.rows<Row>(
          sql`SELECT l.name AS name, i.name AS column_name FROM pragma_index_list(${name}) l, pragma_index_info(l.name) i
            WHERE l."unique" = 1 AND l.partial = 0 AND l.origin <> 'pk' ORDER BY l.name, i.seqno`,
        );
        found[name] = {
          columns: Object.fromEntries(
            columns.map((one) => [
              String(one.name),
              { type: String(one.type).toLowerCase(), required: one.notnull === 1n || one.pk === 1n },
            ]),
          ),
          primaryKey: columns
            .filter(({ pk }) => pk !== 0n)
            .sort((a, b) => Number(a.pk) - Number(b.pk))
            .map((one) => String(one.name)),
          foreignKeys: [...byKey(references, "id").values()]
            .map(
              (parts) =>
                `${parts.map(({ from }) => from).join(",")} → ${parts[0]?.table}(${parts.map(({ to }) => to).join(",")})`,
            )
            .sort(),
          unique: [...byKey(indexes, "name").values()]
            .map((parts) => parts.map((one) => one.column_name).join(","))
            .sort(),
        };
      }
      // A single integer key may be nullable in words; SQLite never stores null there.
      expect(found).toEqual(SQLITE);
    });
  });

  it("has STRICT tables only, no triggers, no cascades", async () => {
    await withStore("sqlite", async (db) => {
      const tables = await db.read.rows<Row>(
        sql`SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'`,
      );
      expect(tables.length).toBeGreaterThan(15);
      expect(tables.filter(({ strict }) => strict !== 1n)).toEqual([]);
      expect(await db.read.rows(sql`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)).toEqual([]);
      const cascades = await db.read.rows(
        sql`SELECT m.name AS name FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND (f.on_delete <> 'NO ACTION' OR f.on_update <> 'NO ACTION')`,
      );
      expect(cascades).toEqual([]);
    });
  });

  it("writes ahead, fully synchronous, with foreign keys, on every connection", async () => {
    await withStore("sqlite", async (db) => {
      const pragmas = async (reader: Pick<typeof db.read, "rows">) => {
        const names = ["journal_mode", "synchronous", "foreign_keys"];
        const rows = await Promise.all(names.map((name) => reader.rows<Row>(sql.raw(`PRAGMA ${name}`))));
        return rows.map(([row]) => Object.values(row ?? {})[0]);
      };
      const expected = ["wal", 2n, 1n];
      expect(await pragmas(db.read)).toEqual(expected);
      expect(await db.snapshot(pragmas)).toEqual(expected);
      expect(await db.tx(pragmas)).toEqual(expected);
      await expect(db.read.rows(sql`DELETE FROM extracts`)).rejects.toThrow();
      await expect(
        db.tx((tx) =>
          tx.run(sql`INSERT INTO extract_cells (extract_id, kind, fiscal_year, period, satker)
            VALUES (99, 'realization', 2019, '2019-01', '100001')`),
        ),
      ).rejects.toThrow("FOREIGN KEY");
    });
  });
});

describe("a migrated PostgreSQL store", () => {
  it("is what the twin declares", async () => {
    await withStore("postgres", async (db) => {
      const columns = await db.read.rows<Row>(sql`
        SELECT table_name::text AS name, column_name::text AS column_name, data_type::text AS type, is_nullable::text AS nullable
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`);
      const constraints = await db.read.rows<Row>(sql`
        SELECT c.conrelid::regclass::text AS name, c.contype::text AS type, c.confrelid::regclass::text AS target,
          (SELECT string_agg(a.attname, ',' ORDER BY k.ord) FROM unnest(c.conkey) WITH ORDINALITY k(num, ord)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) AS own,
          (SELECT string_agg(a.attname, ',' ORDER BY k.ord) FROM unnest(c.confkey) WITH ORDINALITY k(num, ord)
            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num) AS other,
          c.confdeltype::text AS on_delete
        FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f')`);
      const found = Object.fromEntries(
        [...byKey(columns, "name")]
          .filter(([name]) => name in POSTGRES)
          .map(([name, rows]): [string, Shape] => {
            const own = (type: string) => constraints.filter((one) => one.name === name && one.type === type);
            return [
              name,
              {
                columns: Object.fromEntries(
                  rows.map((one) => [
                    String(one.column_name),
                    { type: String(one.type), required: one.nullable === "NO" },
                  ]),
                ),
                primaryKey: String(own("p")[0]?.own ?? "").split(","),
                foreignKeys: own("f")
                  .map((one) => `${one.own} → ${one.target}(${one.other})`)
                  .sort(),
                unique: own("u")
                  .map((one) => String(one.own))
                  .sort(),
              },
            ];
          }),
      );
      expect(found).toEqual(POSTGRES);
      expect(constraints.filter((one) => one.type === "f" && one.on_delete !== "a")).toEqual([]);
      const triggers = await db.read.rows(sql`SELECT tgname::text AS name FROM pg_trigger WHERE NOT tgisinternal`);
      expect(triggers).toEqual([]);
    });
  });
});
