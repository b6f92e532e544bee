import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placeOf, Sums, thousandths } from "./calculator.ts";
import { amount, Demonstration, type Row, reference, segment, type Table, YEARS } from "./written.ts";

let demo: Demonstration;

beforeAll(async () => {
  demo = await Demonstration.write();
});

afterAll(() => demo.remove());

describe("tags", () => {
  test("fit the intervention list, never overlap, and share at most 100 % of a node", () => {
    const stunting = reference("interventions").filter(({ theme }) => theme === "stunting");
    const classes = new Map(stunting.map((row) => [row.code, row.class]));
    const used = new Set<string>();
    let partial = 0;
    let split = 0;
    for (const year of YEARS) {
      for (const rows of demo.tags(year).values()) {
        const interventions = rows.map((row) => row.intervention);
        expect(new Set(interventions).size, rows[0]?.code).toBe(rows.length);
        const total = rows.reduce((sum, row) => sum + row.share, 0);
        expect(total, rows[0]?.code).toBeLessThanOrEqual(10_000);
        partial += total < 10_000 ? 1 : 0;
        split += rows.length > 1 ? 1 : 0;
        for (const row of rows) {
          expect(row.class, row.intervention).toBe(classes.get(row.intervention));
          used.add(row.intervention);
        }
      }
    }
    expect([...classes.keys()].filter((code) => !used.has(code ?? ""))).toEqual([]);
    expect(partial).toBeGreaterThan(50);
    expect(split).toBeGreaterThan(50);
  });

  test("sit on every level, on 16 ministries in 2018, 18 in 2019 and 19 from 2020", () => {
    const expected = [16, 18, 19, 19, 19];
    YEARS.forEach((year, at) => {
      const nodes = demo.tags(year);
      const ministries = new Set(
        demo
          .inForce(year)
          .filter((row) => placeOf(row.code ?? "", nodes).kind === "tagged")
          .map((row) => segment(row, 3).slice(0, 3)),
      );
      expect(ministries.size, String(year)).toBe(expected[at]);
    });
    const levels = [...demo.tags(2021).keys()].map((node) => node.split(".").length);
    expect(new Set(levels)).toEqual(new Set([1, 2, 3, 4]));
  });

  test("are printed once where they reach over several years", () => {
    const ranged = demo.table("tags-2018.csv").filter((row) => row.fiscal_year_to === "2020");
    expect(ranged.length).toBeGreaterThan(20);
    for (const row of ranged) {
      const repeated = demo.table("tags-2019.csv").some((other) => other.code === row.code);
      expect(repeated, row.code).toBe(false);
    }
  });
});

describe("budget", () => {
  test("has tagged totals of the published size, with little that needs the RO", () => {
    const trillions: Record<number, bigint> = { 2018: 236n, 2019: 290n, 2020: 275n, 2021: 350n, 2022: 341n };
    for (const year of YEARS) {
      const sums = demo.byPlace(year, demo.inForce(year));
      const published = (trillions[year] ?? 0n) * 100_000_000_000n;
      expect(thousandths(sums.get("tagged"), published), String(year)).toBeGreaterThanOrEqual(980);
      expect(thousandths(sums.get("tagged"), published), String(year)).toBeLessThanOrEqual(1020);
      expect(sums.get("needs-ro")).toBeGreaterThan(0n);
      expect(thousandths(sums.get("needs-ro"), sums.get("tagged"))).toBeLessThan(30);
      expect(thousandths(sums.get("untagged"), sums.get("tagged"))).toBeGreaterThan(300);
    }
    const before = demo.byPlace(2020, demo.table("budget-2020-dipa.csv")).get("tagged");
    expect(thousandths(before, 39_800_000_000_000n)).toBeGreaterThanOrEqual(980);
    expect(thousandths(before, 39_800_000_000_000n)).toBeLessThanOrEqual(1020);
  });

  test("spends most on sensitive interventions and least on support", () => {
    for (const year of YEARS) {
      const sums = new Sums();
      for (const row of demo.inForce(year)) {
        const place = placeOf(row.code ?? "", demo.tags(year));
        if (place.kind !== "tagged") continue;
        for (const tag of place.tags) sums.add(tag.class, (amount(row) * BigInt(tag.share)) / 10_000n);
      }
      expect(sums.get("sensitive")).toBeGreaterThan(3n * sums.get("specific"));
      expect(sums.get("specific")).toBeGreaterThan(sums.get("support"));
    }
  });

  test("raises conditional cash transfers in 2020 and cuts water and sanitation", () => {
    const totals = (rows: Table): Sums => {
      const sums = new Sums();
      for (const row of rows) sums.add(segment(row, 4).slice(0, 4), amount(row));
      return sums;
    };
    const before = totals(demo.table("budget-2020-dipa.csv"));
    const after = totals(demo.inForce(2020));
    expect(after.get("6282")).toBeGreaterThan(before.get("6282"));
    expect(after.get("6284")).toBeGreaterThan(before.get("6284"));
    expect(after.get("4973") * 2n).toBeLessThan(before.get("4973"));
  });

  test("has plans that add up, or none on some 7 % of the lines; amounts in thousands; blocked parts", () => {
    const rows = YEARS.flatMap((year) => demo.budget(year));
    const plan = (row: Row): string[] =>
      Array.from({ length: 12 }, (_, month) => row[`plan_${String(month + 1).padStart(2, "0")}`] ?? "");
    const planned = rows.filter((row) => plan(row).some((cell) => cell !== ""));
    const wrong = planned.filter((row) => {
      const cells = plan(row);
      return cells.includes("") || cells.reduce((sum, cell) => sum + BigInt(cell), 0n) !== amount(row);
    });
    expect(wrong).toEqual([]);
    const unplanned = (rows.length - planned.length) / rows.length;
    expect(unplanned).toBeGreaterThan(0.05);
    expect(unplanned).toBeLessThan(0.09);
    expect(rows.filter((row) => amount(row) % 1000n !== 0n || amount(row) < 0n)).toEqual([]);
    expect(rows.filter((row) => BigInt(row.blocked ?? "") > amount(row) || row.blocked?.startsWith("-"))).toEqual([]);
    expect(rows.filter((row) => row.blocked !== "0").length).toBeGreaterThan(300);
  });

  test("restates a revised satker whole, in the order of dates; every satker is revised in 2020", () => {
    for (const year of YEARS) {
      const satkers = new Map<string, Map<number, { date: string; codes: Set<string> }>>();
      for (const row of demo.budget(year)) {
        const revisions = satkers.get(segment(row, 0)) ?? new Map();
        satkers.set(segment(row, 0), revisions);
        const revision = revisions.get(Number(row.revision)) ?? { date: row.revision_date ?? "", codes: new Set() };
        revisions.set(Number(row.revision), revision);
        expect(revision.codes.has(row.code), row.code).toBe(false);
        revision.codes.add(row.code ?? "");
        expect(revision.date).toBe(row.revision_date);
      }
      for (const [satker, revisions] of satkers) {
        const ordered = [...revisions.keys()];
        expect(ordered, satker).toEqual(ordered.map((_, at) => at));
        const dates = ordered.map((number) => revisions.get(number)?.date ?? "");
        expect(dates, satker).toEqual([...dates].sort());
        expect(dates[0], satker).toMatch(`${year - 1}-12-`);
        for (const code of revisions.get(0)?.codes ?? []) {
          for (const number of ordered) expect(revisions.get(number)?.codes.has(code), code).toBe(true);
        }
        if (year === 2020) expect(ordered.length, satker).toBeGreaterThan(1);
      }
    }
  });
});
