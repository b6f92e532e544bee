import { describe, expect, it } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { importDocument } from "../../src/ledger/import-document.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { budget, code, importText, type PaymentRow, realization } from "./world.ts";

const paid = (...rows: [date: string, amount: string][]): string =>
  realization(rows.map(([date, amount]): PaymentRow => [code(), date, amount]));

const rejected = ({ rejects }: Awaited<ReturnType<typeof importText>>) =>
  rejects.map(({ row, problems }) => [row, problems[0]?.rule]);

describe.each(ENGINES)("columns of an extract on %s", (engine) => {
  it("are decided from the whole file, also for rows far before the cell that decides", async () => {
    await withStore(engine, async (db) => {
      // Some batches of plain cells, then doubtful ones, and at the very end what they mean.
      const plain = Array.from({ length: 12_000 }, (): [string, string] => ["2019-04-30", "1000"]);
      const open: [string, string][] = [
        ["04/06/2019", "1,234"],
        ["04/07/2019", "5,000"],
      ];
      const proof: [string, string][] = [
        ["04/22/2019", "6,776,000"],
        ["04/23/2019", "1,000.00"],
      ];
      const undecided = await importText(db, paid(...plain, ...open), { dryRun: true });
      expect(rejected(undecided)).toEqual([
        [12_002, "AMT-006"],
        [12_003, "AMT-006"],
      ]);
      const result = await importText(db, paid(...plain, ...open, ...proof));
      expect(result).toMatchObject({ status: "posted", rejects: [], scope: { months: ["2019-04"] } });
      expect(result.amount.posted).toBe(12_000_000n + 1_234n + 5_000n + 6_776_000n + 1_000n);
    });
  });

  it("are explained in the reader's language, and again when nothing changed", async () => {
    await withStore(engine, async (db) => {
      const rows = Array.from({ length: 30 }, (): [string, string] => ["22-04-2019", "6.776.000"]);
      rows[15] = ["22-04-2019", "6776000.00"];
      rows[21] = ["22-04-2019", "1,234"];
      const blocked = await importText(db, paid(...rows));
      expect(rejected(blocked)).toEqual([
        [17, "AMT-007"],
        [23, "AMT-007"],
      ]);
      const say = (language: "id" | "en") =>
        importDocument(blocked, translator(language)).formats.map(({ message }) => message);
      expect(say("id")).toEqual([
        "Kolom amount: 28 sel dengan titik ribuan, 1 sel dengan titik desimal, 1 sel seperti 1,234; bertentangan: baris 17, 23. Dibaca sebagai 1.234.567,89.",
        "Kolom date: 30 sel dengan hari di depan. Dibaca sebagai dd-mm-yyyy.",
      ]);
      expect(say("en")[0]).toContain("28 cells with thousands dots");
      const good = paid(...rows.filter((_, index) => index !== 15 && index !== 21));
      const posted = await importText(db, good);
      expect(posted).toMatchObject({ status: "posted", formats: [{ style: "1.234.567,89" }, { style: "dd-mm-yyyy" }] });
      const again = await importText(db, good);
      expect(again).toMatchObject({ status: "unchanged", formats: posted.formats });
      expect((await importText(db, paid(["2019-04-30", "1"]))).formats).toEqual([]);
    });
  });

  it("are settled by the other amounts of the file, and so are its totals", async () => {
    await withStore(engine, async (db) => {
      const plan = Array.from({ length: 12 }, () => "100,000");
      const file = budget([{ code: code(), year: 2019, revision: 0, amount: "1,200,000", plan }]);
      const result = await importText(db, file);
      expect(result).toMatchObject({ status: "posted", warnings: {}, amount: { posted: 1_200_000n } });
      const total = (stated: string) => `${paid(["2019-04-30", "1,200,000"])}JUMLAH,,,"${stated}"\n`;
      expect(await importText(db, total("1,200,000"), { dryRun: true })).toMatchObject({ status: "dry-run" });
      const wrong = await importText(db, total("1,200"), { dryRun: true });
      expect(wrong.controlTotals).toContainEqual({
        name: "stated total",
        file: 1_200n,
        read: 1_200_000n,
        difference: -1_198_800n,
      });
    });
  });
});
