import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { differences } from "../../src/ledger/changes/differences.ts";
import {
  type ChangedLine,
  type ChangeReport,
  changedLines,
  changeReports,
  changesCsv,
  compareExtracts,
  type LineView,
} from "../../src/ledger/changes/index.ts";
import { importDocument } from "../../src/ledger/import-document.ts";
import { extractRow, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import {
  type BudgetRow,
  budget,
  code,
  contentOf,
  importText,
  type PaymentRow,
  post,
  realization,
  satkers,
} from "./world.ts";

const t = translator("en");

/** Tables that remember what was posted, and those in which reverted balances keep their places. */
const RECORDS = [
  ...["extracts", "extract_cells", "extract_changes", "extract_moves", "ledger_lines", "stored_codes"],
  ...["balance_columns", "balance_totals"],
];

const AT = "2026-03-01T00:00:00.000Z";

const hashOf = async (db: Db): Promise<string> => {
  const { findings, ledger } = await verifyStore(db);
  expect(findings).toEqual([]);
  return ledger.hash;
};

async function reportOf(db: Db, id: number): Promise<ChangeReport> {
  const [report] = changeReports(db.read, await extractRow(db, id), t);
  if (!report) throw new Error(`extract ${id} has no report`);
  return report;
}

async function allLines(report: ChangeReport): Promise<ChangedLine[]> {
  const lines: ChangedLine[] = [];
  for await (const page of changedLines(report)) lines.push(...page);
  expect(lines).toHaveLength(report.count);
  expect(lines.map(({ number }) => number)).toEqual(
    [...new Set(lines.map(({ number }) => number))].sort((a, b) => a - b),
  );
  return lines;
}

/** Hash of a store that holds only this file. */
const hashOfAlone = (engine: (typeof ENGINES)[number], ...files: string[]): Promise<string> =>
  withStore(engine, async (db) => {
    for (const file of files) await post(db, file);
    return hashOf(db);
  });

const ACCOUNTS = ["511111", "521211", "524111", "532111"];
const SATKERS = ["100001", "100002", "100003"];

const payment = fc
  .record({
    satker: fc.constantFrom(...SATKERS),
    account: fc.constantFrom(...ACCOUNTS),
    ministry: fc.constantFrom("024", "027"),
    date: fc.constantFrom("2019-01-15", "2019-01-31", "2019-02-15", "2019-03-31"),
    document: fc.integer({ min: 0, max: 6 }),
    amount: fc.constantFrom(-10, 0, 10, 20, 30),
  })
  .map(({ satker, account, ministry, date, document, amount }): PaymentRow => {
    const number = document === 0 ? "" : `19133000000000${document}`;
    return [code({ satker, account, program: `${ministry}0508` }), date, amount, number];
  });

/** How a line of the first export looks in the second: itself, another one, gone, or twice. */
const change = fc.oneof(
  { weight: 6, arbitrary: fc.constant((row: PaymentRow) => [row]) },
  { weight: 1, arbitrary: fc.constant(() => [] as PaymentRow[]) },
  { weight: 1, arbitrary: fc.constant((row: PaymentRow) => [row, row]) },
  { weight: 1, arbitrary: fc.constant(([a, b, c, d = ""]: PaymentRow): PaymentRow[] => [[a, b, Number(c) + 1, d]]) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...ACCOUNTS).map((account) => ([printed, ...rest]: PaymentRow): PaymentRow[] => {
      return [[printed.replace(/\.\d{6}\./, `.${account}.`), ...rest]];
    }),
  },
  { weight: 1, arbitrary: payment.map((row) => () => [row]) },
);

const exported = fc.record({
  first: fc.array(fc.tuple(payment, change), { minLength: 1, maxLength: 14 }),
  added: fc.array(payment, { maxLength: 3 }),
  /** The first export may be two files, and one file more may stand between. */
  split: fc.boolean(),
  reversed: fc.boolean(),
});

const keyOf = (values: readonly unknown[]): string => values.map(String).join(" ");
const rowKey = ([printed, date, amount, document = ""]: PaymentRow): string => keyOf([printed, date, document, amount]);
const viewKey = (view: LineView): string => keyOf([view.code, view.date, view.document, view.amount]);

/** Lines of a satker and month that the rows cover. */
function covered(rows: readonly PaymentRow[]): (row: PaymentRow) => boolean {
  const months = new Set(rows.map(([, date]) => date.slice(0, 7)));
  const satkersOfRows = new Set(rows.map(([printed]) => printed.slice(0, 6)));
  return ([printed, date]) => months.has(date.slice(0, 7)) && satkersOfRows.has(printed.slice(0, 6));
}

describe.each(ENGINES)("a second export on %s", (engine) => {
  it("its changes applied to the first give the second, sums add up, a revert restores the hash", async () => {
    await fc.assert(
      fc.asyncProperty(exported, async ({ first, added, split, reversed }) => {
        const before = first.map(([row]) => row);
        const after = [...first.flatMap(([row, become]) => become(row)), ...added];
        if (after.length === 0) return;
        if (reversed) after.reverse();
        await withStore(engine, async (db) => {
          // Two files that speak for different satkers, so that both stay in force.
          const halves = split ? [["100001"], ["100002", "100003"]] : [SATKERS];
          for (const half of halves) {
            const rows = before.filter(([printed]) => half.includes(printed.slice(0, 6)));
            if (rows.length > 0) await post(db, realization(rows));
          }
          const hash = await hashOf(db);
          const content = await contentOf(db, RECORDS);
          const dry = await importText(db, realization(after), { dryRun: true });
          const result = await importText(db, realization(after));
          if (result.status === "unchanged") return;
          expect(result.status).toBe("posted");
          expect(dry.reports).toEqual(result.reports);
          await hashOf(db);

          const report = await reportOf(db, result.extract ?? 0);
          const lines = await allLines(report);
          const inCells = covered(after);
          const remaining = before.filter(inCells).map(rowKey);
          for (const { before: old } of lines) {
            if (!old) continue;
            const at = remaining.indexOf(viewKey(old));
            expect(at).toBeGreaterThanOrEqual(0);
            remaining.splice(at, 1);
          }
          const applied = [...remaining, ...lines.flatMap((one) => (one.after ? [viewKey(one.after)] : []))];
          expect(applied.sort()).toEqual(after.map(rowKey).sort());

          const { total, byMinistry, byPeriod } = report.summary;
          const { created, updated, unchanged, removed } = total;
          expect(result.changes).toEqual({
            created: created.lines,
            updated: updated.lines,
            unchanged: unchanged.lines,
            removed: removed.lines,
          });
          expect(created.lines + updated.lines + unchanged.lines).toBe(after.length);
          expect(unchanged.lines).toBe(remaining.length);
          const rupiah = (rows: readonly PaymentRow[]) => rows.reduce((sum, row) => sum + BigInt(row[2]), 0n);
          expect([total.before, total.after]).toEqual([rupiah(before.filter(inCells)), rupiah(after)]);
          for (const parts of [byMinistry, byPeriod]) {
            expect(parts.reduce((sum, part) => sum + part.before, 0n)).toBe(total.before);
            expect(parts.reduce((sum, part) => sum + part.after, 0n)).toBe(total.after);
          }
          const moves = await report.moves(0, 1000);
          expect(moves).toHaveLength(total.moved.moves);

          await revertExtract(db, result.extract ?? 0, AT);
          expect(await hashOf(db)).toBe(hash);
          expect(await contentOf(db, RECORDS)).toEqual(content);
          // What it changed can still be asked.
          expect(await allLines(await reportOf(db, result.extract ?? 0))).toEqual(lines);
        });
      }),
      { numRuns: engine === "sqlite" ? 30 : 6, interruptAfterTimeLimit: 60_000 },
    );
  });

  it("with 40 corrected lines names exactly those; the ledger equals the second file; a revert restores the first", async () => {
    const random = (below: number, seed: number) => (seed * 7919) % below;
    const rows = Array.from({ length: 3000 }, (_, index): PaymentRow => {
      const satker = String(100_001 + random(7, index));
      const account = ACCOUNTS[random(4, index + 3)] ?? "";
      return [
        code({ satker, account }),
        `2019-01-${10 + random(20, index)}`,
        1000 + index,
        `19133${String(index).padStart(10, "0")}`,
      ];
    });
    const corrected = new Set(Array.from({ length: 40 }, (_, index) => 17 + index * 71));
    const second = rows.map((row, index): PaymentRow => {
      if (!corrected.has(index)) return row;
      const [printed, date, amount, document = ""] = row;
      const account = printed.includes(".524111.") ? "511111" : "524111";
      return index % 2 === 0
        ? [printed, date, Number(amount) + 5, document]
        : [printed.replace(/\.\d{6}\./, `.${account}.`), date, amount, document];
    });
    const alone = await hashOfAlone(engine, realization(second));
    await withStore(engine, async (db) => {
      await post(db, realization(rows));
      const first = await hashOf(db);
      const dry = await importText(db, realization(second), { dryRun: true });
      expect(await hashOf(db)).toBe(first);
      const result = await importText(db, realization(second));
      expect(result.changes).toEqual({ created: 0, updated: 40, unchanged: 2960, removed: 0 });
      expect(await hashOf(db)).toBe(alone);

      const document = importDocument(result, t);
      expect(document.changed_lines.map((line) => line.after?.row).sort()).toEqual(
        [...corrected].map((index) => index + 2).sort(),
      );
      expect(document.moves).toHaveLength(20);
      expect(document.changes_total).toMatchObject({ updated: { lines: 40 }, moved: { moves: 20 }, difference: 100n });
      expect(importDocument(dry, t)).toEqual({ ...document, extract: null, status: "dry-run", dry_run: true });
      for (const { from_code: from, to_code: to, amount, document: number } of document.moves) {
        const index = Number(number.slice(5));
        expect([from, to, amount]).toEqual([rows[index]?.[0], second[index]?.[0], BigInt(rows[index]?.[2] ?? 0)]);
      }
      // Forty rows are kept, not three thousand.
      const { extract_changes: kept = [] } = await contentOf(db);
      expect(kept).toHaveLength(40);

      await revertExtract(db, 2, AT);
      expect(await hashOf(db)).toBe(first);
    });
  });

  it("in pages, in CSV, and by what is new beyond the old cells", async () => {
    await withStore(engine, async (db) => {
      const row = (month: string, index: number, amount = 10): PaymentRow => [
        code(),
        `2019-${month}-15`,
        amount,
        `doc ${month} ${index}`,
      ];
      await post(db, realization([1, 2, 3].map((index) => row("01", index))));
      const second = [row("01", 1), row("01", 2, 11), ...[1, 2, 3, 4].map((index) => row("02", index))];
      await post(db, realization(second));
      const report = await reportOf(db, 2);
      expect(report.count).toBe(6);
      const { extract_changes: kept = [] } = await contentOf(db);
      expect(kept).toHaveLength(2);
      const paged: ChangedLine[] = [];
      for (let after = 0; ; ) {
        const page = await report.lines(after, 2);
        if (page.length === 0) break;
        paged.push(...page);
        after = page.at(-1)?.number ?? 0;
      }
      expect(paged).toEqual(await allLines(report));
      expect(paged.map(({ state }) => state)).toEqual([
        "updated",
        "removed",
        "created",
        "created",
        "created",
        "created",
      ]);
      expect(report.summary.byPeriod.map(({ period, created }) => [period, created.lines])).toEqual([
        ["2019-01", 0],
        ["2019-02", 4],
      ]);
      let csv = "";
      for await (const piece of changesCsv(report, t)) csv += piece;
      const [header = "", ...rows] = csv.trim().split("\r\n");
      expect(header).toMatch(/^number,change,extract_before,row_before,extract_after,row_after,code_before,code_after/);
      expect(rows).toHaveLength(6);
      expect(rows[0]).toBe(`1,updated,1,3,2,3,${code()},${code()},2019-01-15,2019-01-15,doc 01 2,doc 01 2,10,11,,,1`);
      // The first export replaced nothing: all of it is new.
      const first = await reportOf(db, 1);
      expect(first.summary.byPeriod).toMatchObject([{ period: "2019-01", created: { lines: 3, amount: 30n } }]);
      expect((await allLines(first)).map(({ state }) => state)).toEqual(["created", "created", "created"]);
    });
  });

  it("extracts without lines in the ledger have no report, and say why", async () => {
    await withStore(engine, async (db) => {
      await post(db, satkers([["100001", "SATU", "024"]]));
      const blocked = await importText(db, realization([[code({ kppn: "1" }), "2019-01-15", 1]]));
      for (const id of [1, blocked.extract ?? 0]) {
        const row = await extractRow(db, id);
        expect(() => changeReports(db.read, row, t)).toThrow(
          expect.objectContaining({ code: "CHANGES-NONE", status: 409 }),
        );
      }
    });
  });
});

describe.each(ENGINES)("two sides that are sorted on %s", (engine) => {
  it("differ by the same lines, in one part or in many", async () => {
    await withStore(engine, async (db) => {
      const rows = Array.from({ length: 60 }, (_, index): PaymentRow => {
        return [code({ satker: String(100_001 + (index % 9)) }), "2019-01-15", index % 4, `d${index % 11}`];
      });
      await post(db, realization(rows));
      const other = [...rows.slice(5), ...rows.slice(20, 23)].reverse();
      await post(db, realization([...other, [code({ satker: "100003" }), "2019-01-15", 99, "new"]]));
      const found = async (lines: number, twice: boolean) => {
        const [before, after] = [new Map<string, number>(), new Map<string, number>()];
        // A second old extract without lines of its own keeps the rows from being matched in place.
        const old = [{ id: 1, within: null }, ...(twice ? [{ id: 99, within: null }] : [])];
        const sides = { kind: "realization" as const, before: old, after: { id: 2, within: null }, lines };
        for await (const part of differences(db.read, sides)) {
          for (const { content } of part.before) before.set(content, (before.get(content) ?? 0) + 1);
          for (const { content } of part.after) after.set(content, (after.get(content) ?? 0) + 1);
        }
        return { before: [...before].sort(), after: [...after].sort() };
      };
      const inPlace = await found(120, false);
      expect(inPlace.before.reduce((sum, [, times]) => sum + times, 0)).toBe(5);
      expect(inPlace.after.reduce((sum, [, times]) => sum + times, 0)).toBe(4);
      expect(await found(120, true)).toEqual(inPlace);
      expect(await found(5_000_000, true)).toEqual(inPlace);
    });
  });
});

describe.each(ENGINES)("two extracts compared on %s", (engine) => {
  const compare = async (db: Db, before: number, after: number) =>
    compareExtracts(db.read, await extractRow(db, before), await extractRow(db, after), t);

  it("differ both ways, whatever is in force", async () => {
    await withStore(engine, async (db) => {
      const file = (amount: number, month = "01") =>
        realization([
          [code(), "2019-01-15", amount, "a"],
          [code(), `2019-${month}-20`, 5, "b"],
        ]);
      for (const text of [file(10), file(11), file(12), file(12, "02")]) await post(db, text);
      const { reports, onlyBefore, onlyAfter } = await compare(db, 1, 3);
      expect([onlyBefore, onlyAfter]).toEqual([0, 0]);
      expect(reports[0]?.summary.total).toMatchObject({
        updated: { lines: 1, before: 10n, after: 12n },
        unchanged: { lines: 1, amount: 5n },
      });
      const [report] = (await compare(db, 3, 1)).reports;
      expect((await report?.lines(0, 10))?.map(({ before, after }) => [before?.amount, after?.amount])).toEqual([
        [12n, 10n],
      ]);
      expect(await compare(db, 3, 4)).toMatchObject({ onlyBefore: 0, onlyAfter: 1 });
    });
  });

  it("budgets of two revisions are set side by side", async () => {
    await withStore(engine, async (db) => {
      const rows = (revision: number, ...amounts: number[]) =>
        budget(
          amounts.map((amount, index): BudgetRow => {
            const account = ACCOUNTS[index] ?? "";
            return { code: code({ account }), year: 2019, revision, amount, plan: Array(12).fill(amount / 12) };
          }),
        );
      await post(db, rows(1, 1200, 2400));
      await post(db, rows(2, 1200, 3600, 12));
      const [report] = (await compare(db, 1, 2)).reports;
      expect(report?.summary.total).toMatchObject({
        created: { lines: 1, amount: 12n },
        updated: { lines: 1, before: 2400n, after: 3600n },
        unchanged: { lines: 1, amount: 1200n },
      });
      const lines = (await report?.lines(0, 10)) ?? [];
      const updated = lines.find(({ state }) => state === "updated");
      expect([updated?.before?.revision, updated?.after?.revision, updated?.after?.plan_12]).toEqual([1, 2, 300n]);
      // When it was posted, a new revision was a new cell: all of its lines were new.
      expect((await reportOf(db, 2)).summary.total.created.lines).toBe(3);
    });
  });

  it("what cannot be compared is refused with a sentence", async () => {
    await withStore(engine, async (db) => {
      await post(db, realization([[code(), "2019-01-15", 1]]));
      await post(db, realization([[code({ satker: "100002" }), "2019-01-15", 1]]));
      await post(db, budget([{ code: code(), year: 2019, revision: 0, amount: 1 }]));
      await expect(compare(db, 1, 1)).rejects.toMatchObject({ status: 400 });
      await expect(compare(db, 1, 2)).rejects.toMatchObject({ code: "COMPARE-SCOPES" });
      await expect(compare(db, 1, 3)).rejects.toMatchObject({ code: "COMPARE-KINDS" });
      await expect(extractRow(db, 9)).rejects.toMatchObject({ status: 404 });
    });
  });
});
