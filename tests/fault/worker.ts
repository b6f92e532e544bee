/**
 * A program that imports, reverts and backs up, in an order of chance, until it is killed or has taken all its steps;
 * without files it only backs up. Tells in lines of JSON what it begins and, when that is done, the hash of the ledger.
 */
import { writeSync } from "node:fs";
import { basename } from "node:path";
import { backupStore } from "../../src/backup/index.ts";
import { AppError } from "../../src/errors.ts";
import { importFile, ledgerHash, listExtracts, revertExtract } from "../../src/ledger/index.ts";
import { openStore } from "../../src/store/index.ts";
import { generator } from "../bench/world.ts";
import { PLAIN_IMPORT } from "../support/import.ts";

/** What the program tells. */
export type Told =
  | { what: "open" | "end" }
  | { what: "import"; file: string }
  | { what: "revert"; extract: number }
  | { what: "backup" }
  | { what: "done"; hash: string }
  | { what: "error"; code: string; message: string };

const [location = "", seed = "", steps = "", backup = "", ...files] = process.argv.slice(2);
// Synchronous, so that nothing is told later than it happens.
const tell = (told: Told) => writeSync(1, `${JSON.stringify(told)}\n`);

const below = generator(Number(seed));
const at = "2026-01-01T00:00:00.000Z";

try {
  const db = await openStore(location);
  tell({ what: "open" });
  for (let step = 0; step < Number(steps); step++) {
    const posted = (await listExtracts(db)).filter(({ state }) => state === "posted" || state === "superseded");
    const dice = below(10);
    const undone = posted[below(Math.max(posted.length, 1))];
    if (dice < 2 || files.length === 0) {
      tell({ what: "backup" });
      await backupStore(db, backup, at, "test");
    } else if (dice < 6 && undone) {
      tell({ what: "revert", extract: undone.id });
      await revertExtract(db, undone.id, at);
    } else {
      const file = files[below(files.length)] ?? "";
      tell({ what: "import", file: basename(file) });
      await importFile(db, file, PLAIN_IMPORT);
    }
    tell({ what: "done", hash: (await ledgerHash(db.read)).hash });
  }
  await db.close();
  tell({ what: "end" });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  tell({ what: "error", code: error.code, message: error.message });
  process.exitCode = 3;
}
