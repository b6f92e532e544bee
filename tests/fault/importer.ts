/**
 * A program of its own that imports files into a store, one after the other: killed, doubled and starved of disk by
 * tests. Prints one line per step; a person's error as its code.
 */
import { AppError } from "../../src/errors.ts";
import { importFile } from "../../src/ledger/index.ts";
import { openStore } from "../../src/store/index.ts";
import { PLAIN_IMPORT } from "../support/import.ts";

const [location = "", ...files] = process.argv.slice(2);
try {
  const db = await openStore(location);
  console.log("open");
  for (const file of files) console.log((await importFile(db, file, PLAIN_IMPORT)).status);
  await db.close();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.log(`${error.code} ${error.message}`);
  process.exitCode = 3;
}
