import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backupStore, restoreStore } from "../../src/backup/index.ts";
import { importFile, listExtracts, verifyStore } from "../../src/ledger/index.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import { openStore, readBackup } from "../../src/store/index.ts";
import { CLI } from "../bench/process.ts";
import { contentOf } from "../ledger/world.ts";
import { PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, newStorePlace, withStore } from "../support/stores.ts";
import { buildWorker, makeFiles, ROWS, startWorker } from "./support.ts";

const AT = "2026-01-01T00:00:00.000Z";

/** A reader that waits for an import waits for seconds; one that does not is done in less, also on a busy machine. */
const PATIENCE = 5_000;

let made: Awaited<ReturnType<typeof makeFiles>>;
beforeAll(async () => {
  await buildWorker();
  made = await makeFiles();
});
afterAll(() => made.dispose());

describe.each(ENGINES)("while another program imports and reverts on %s", (engine) => {
  it("backups hold whole extracts, and reconciliations see whole ones and do not wait", async () => {
    const place = await newStorePlace(engine);
    const db = await openStore(place.location);
    const other = join(made.folder, `other-${engine}.tandai`);
    const worker = startWorker({ ...made, location: place.location, seed: 7, steps: 40, backup: other });
    await worker.until("done");
    const totals = new Set<bigint>();
    const hashes = new Set<string>();
    let longest = 0;
    const ask = async () => {
      const started = performance.now();
      const window = { from: "2019-01", to: "2019-12" };
      const answer = await reconcile(db, { by: ["ministry"], window, theme: null, basis: "whole", where: {} }, "id");
      longest = Math.max(longest, performance.now() - started);
      totals.add(answer.total.realization ?? 0n);
    };
    const file = join(made.folder, `meanwhile-${engine}.tandai`);
    for (let round = 0; round < 6; round++) {
      for (let question = 0; question < 5; question++) await ask();
      const { ledger, tables } = await backupStore(db, file, AT, "test");
      hashes.add(ledger);
      expect((tables.ledger_lines ?? 0) % ROWS).toBe(0);
      expect((tables.ledger_lines ?? 0) / ROWS).toBe(tables.extracts);
    }
    worker.child.kill("SIGKILL");
    await worker.ended;
    expect(worker.errors.join("")).toBe("");
    // Of a file, all of its lines say the same: no total is in between.
    const possible = [0, ...made.files.map((_, index) => index + 1)].map((amount) => BigInt(amount * ROWS));
    for (const total of totals) expect(possible).toContain(total);
    expect(totals.size).toBeGreaterThan(1);
    expect(hashes.size).toBeGreaterThan(1);
    expect(longest).toBeLessThan(PATIENCE);

    const copy = await newStorePlace(engine);
    await restoreStore(copy.location, file, false);
    const restored = await openStore(copy.location);
    expect((await verifyStore(restored)).findings).toEqual([]);
    for (const { rows } of await listExtracts(restored)) expect(rows.posted).toBe(ROWS);
    await restored.close();
    await copy.dispose();
    await db.close();
    await place.dispose();
  });
});

describe("a disk that is full", () => {
  it("leaves the earlier backup as it was, no part of the new one, and the store as it was", async () => {
    await withStore("sqlite", async (db) => {
      await importFile(db, made.files[0] ?? "", PLAIN_IMPORT);
      const backup = join(made.folder, "full.tandai");
      await backupStore(db, backup, AT, "test");
      const [before, content] = [await readFile(backup), await contentOf(db)];
      // The store is larger than what the program may write, so that the first backup it comes to must fail.
      const told = await endOf(
        startWorker({ ...made, files: [], location: db.location, seed: 1, steps: 60, backup, fileKilobytes: 64 }),
      );
      expect(told).toMatchObject({ what: "error", code: expect.stringMatching(/^STORE-(FULL|IO)$/) });
      expect(await readFile(backup)).toEqual(before);
      expect(await contentOf(db)).toEqual(content);
      expect((await readdir(made.folder)).filter((name) => name.startsWith("full.tandai.work-"))).toEqual([]);
      expect(await readBackup(backup)).toBeTypeOf("object");
    });
  });

  it("leaves the store as it was when a restore does not fit", async () => {
    const place = await newStorePlace("sqlite");
    const db = await openStore(place.location);
    await importFile(db, made.files[0] ?? "", PLAIN_IMPORT);
    const backup = join(made.folder, "unfit.tandai");
    await backupStore(db, backup, AT, "test");
    await importFile(db, made.files[1] ?? "", PLAIN_IMPORT);
    const content = await contentOf(db);
    await db.close();
    const command = [process.execPath, CLI, "restore", backup, "--force", "--db", place.location, "--json"];
    const child = spawn("bash", ["-c", 'ulimit -f 64; exec "$@"', "bash", ...command]);
    const [stdout] = await Promise.all([text(child.stdout), once(child, "close")]);
    expect(child.exitCode).toBeGreaterThan(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: expect.stringMatching(/^(STORE|BACKUP)-/) } });
    expect((await readdir(dirname(place.location))).filter((name) => name.includes(".work-"))).toEqual([]);
    const again = await openStore(place.location);
    expect(await contentOf(again)).toEqual(content);
    await again.close();
    await place.dispose();
  });
});

async function endOf(worker: ReturnType<typeof startWorker>) {
  expect(await worker.ended).toBe(3);
  expect(worker.errors.join("")).toBe("");
  return worker.told.at(-1);
}
