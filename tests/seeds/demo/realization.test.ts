import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Sums, thousandths } from "./calculator.ts";
import { amount, Demonstration, isCorrection, isExpenditure, type Row, segment, YEARS } from "./written.ts";

let demo: Demonstration;

beforeAll(async () => {
  demo = await Demonstration.write();
});

afterAll(() => demo.remove());

describe("realization", () => {
  test("has SP2D of 15 digits that name fiscal year and KPPN, each paid once", () => {
    for (const year of YEARS) {
      const rows = demo.realization(year);
      const wrong = rows.filter(
        (row) => !/^\d{15}$/.test(row.document ?? "") || !row.document?.startsWith(`${year % 100}${segment(row, 1)}`),
      );
      expect(wrong).toEqual([]);
      const paid = rows.filter((row) => !isCorrection(row)).map((row) => row.document);
      expect(new Set(paid).size).toBe(paid.length);
      expect(paid.length).toBeGreaterThan(20_000);
    }
  });

  test("lies in the months of its file, on working days", () => {
    for (const year of YEARS) {
      for (const half of [1, 2]) {
        const wrong = demo.table(`realization-${year}-s${half}.csv`).filter((row) => {
          const date = row.date ?? "";
          const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
          return weekend || !date.startsWith(`${year}-`) || date.slice(5, 7) <= "06" !== (half === 1);
        });
        expect(wrong).toEqual([]);
      }
    }
  });

  test("starts slowly, bunches in December and takes up most of the budget", () => {
    for (const year of YEARS) {
      const months = new Sums();
      let total = 0n;
      for (const row of demo.realization(year).filter(isExpenditure)) {
        months.add(row.date?.slice(5, 7) ?? "", amount(row));
        total += amount(row);
      }
      const december = thousandths(months.get("12"), total);
      expect(december, String(year)).toBeGreaterThanOrEqual(180);
      expect(december, String(year)).toBeLessThanOrEqual(250);
      const quarter = months.get("01") + months.get("02") + months.get("03");
      expect(thousandths(quarter, total), String(year)).toBeLessThan(180);
      const budget = demo.inForce(year).reduce((sum, row) => sum + amount(row), 0n);
      expect(thousandths(total, budget), String(year)).toBeGreaterThan(850);
      expect(thousandths(total, budget), String(year)).toBeLessThan(990);
    }
  });

  test("holds pagu minus, returns, spending without budget, budgets never spent and revenue in every year", () => {
    for (const year of YEARS) {
      const budget = new Map(demo.inForce(year).map((row) => [row.code ?? "", amount(row)]));
      const spent = new Sums();
      const rows = demo.realization(year);
      for (const row of rows.filter(isExpenditure)) spent.add(row.code ?? "", amount(row));
      const over = spent.keys().filter((code) => spent.get(code) > (budget.get(code) ?? spent.get(code)));
      expect(over.length, String(year)).toBeGreaterThanOrEqual(3);
      const without = spent.keys().filter((code) => !budget.has(code));
      expect(without.length, String(year)).toBeGreaterThanOrEqual(3);
      expect(without.length, String(year)).toBeLessThan(20);
      const paid = new Set(spent.keys());
      const unspent = [...budget].filter(([code, planned]) => planned > 0n && !paid.has(code));
      expect(unspent.length, String(year)).toBeGreaterThanOrEqual(3);
      expect(rows.filter((row) => row.description?.startsWith("Pengembalian")).length).toBeGreaterThan(20);
      expect(rows.filter((row) => row.amount?.startsWith("-")).length).toBeGreaterThan(40);
      const revenue = rows.filter((row) => !isExpenditure(row));
      expect(revenue.length, String(year)).toBeGreaterThan(20);
      expect(revenue.every((row) => segment(row, 2).startsWith("42"))).toBe(true);
      expect(demo.budget(year).every(isExpenditure)).toBe(true);
    }
  });

  test("corrects SP2D within their satker, after the payment and with net zero", () => {
    for (const year of YEARS) {
      const rows = demo.realization(year);
      const paidOn = new Map(rows.filter((row) => !isCorrection(row)).map((row) => [row.document, row]));
      const corrections = rows.filter((row) => isCorrection(row));
      expect(corrections.length).toBeGreaterThan(20);
      const net = new Sums();
      for (const row of corrections) {
        net.add(row.document ?? "", amount(row));
        const original = paidOn.get(row.document);
        expect(original && segment(original, 0)).toBe(segment(row, 0));
        expect((original?.date ?? "") < (row.date ?? "")).toBe(true);
      }
      for (const document of net.keys()) expect(net.get(document)).toBe(0n);
    }
  });

  test("replaces the provisional first half of 2021: same cells and SP2D, some lines moved, some amounts differ", () => {
    const first = demo.table("realization-2021-s1-sementara.csv");
    const final = demo.table("realization-2021-s1.csv");
    const key = (row: Row): string => `${segment(row, 0)} ${row.date} ${row.document}`;
    expect(first.map(key)).toEqual(final.map(key));
    const moved = final.filter((row, at) => row.code !== first[at]?.code);
    const changed = final.filter((row, at) => row.amount !== first[at]?.amount);
    expect(moved.length).toBeGreaterThan(20);
    expect(changed.length).toBeGreaterThan(5);
    expect(moved.every((row) => !changed.includes(row))).toBe(true);
  });
});
