import { DuckDBInstance } from "@duckdb/node-api";
import { loadLines } from "../duckdb.ts";

/** Reads a plain realization file into a DuckDB database of its own and refuses lines that are not well-formed. */
const [file = "", database = ""] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database, { threads: "2" });
const connection = await instance.connect();
await loadLines(connection, file);
connection.closeSync();
instance.closeSync();
