import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** Copies every line of a file into a table of one text column, unread: what the server itself can take in. */
const [file = "", url = ""] = process.argv.slice(2);
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query("DROP TABLE IF EXISTS lines");
await client.query("CREATE TABLE lines (line text)");
await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), client.query(copyFrom("COPY lines FROM STDIN")));
await client.end();
