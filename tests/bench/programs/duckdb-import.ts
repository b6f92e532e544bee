import { loadLines } from "../duckdb.ts";
import { openDuckDb } from "../duckdb-library.ts";

/** Reads a plain realization file into a DuckDB database of its own and refuses lines that are not well-formed. */
const [file = "", database = ""] = process.argv.slice(2);
const instance = await openDuckDb(database, { threads: "2" });
const connection = await instance.connect();
await loadLines(connection, file);
connection.closeSync();
instance.closeSync();
