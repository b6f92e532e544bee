import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  DATE_STYLES,
  DateProfile,
  type DateStyle,
  dateEvidence,
  dateStyleOf,
  readDate,
  readDateByVerdict,
} from "../../../src/extracts/formats/index.ts";
import { FIRST_YEAR, LAST_YEAR } from "../../../src/periods.ts";

function profileOf(cells: readonly string[]): DateProfile {
  const profile = new DateProfile();
  cells.forEach((cell, index) => {
    profile.add(index + 2, cell);
  });
  return profile;
}

/** Every cell as its column reads it: a day, or the rule that refuses it. */
function readColumn(cells: readonly string[]): string[] {
  const verdict = profileOf(cells).verdict();
  return cells.map((cell) => {
    const reading = readDateByVerdict(cell, verdict);
    return reading.ok ? reading.value : reading.rule;
  });
}

const days = fc.date({
  min: new Date(`${FIRST_YEAR}-01-01T00:00:00Z`),
  max: new Date(`${LAST_YEAR}-12-31T00:00:00Z`),
  noInvalidDate: true,
});

/** A day as a style writes it; serials counted from a day that is known from outside: 1 January 2005 is 38353. */
const WRITE: Record<DateStyle, (iso: string, mark: string) => string> = {
  "yyyy-mm-dd": (iso) => iso,
  "dd-mm-yyyy": (iso, mark) => iso.split("-").reverse().join(mark),
  "mm-dd-yyyy": (iso, mark) => [iso.slice(5, 7), iso.slice(8), iso.slice(0, 4)].join(mark),
  yyyymmdd: (iso) => iso.replaceAll("-", ""),
  serial: (iso) => String(38_353 + Math.round((Date.parse(iso) - Date.parse("2005-01-01")) / 86_400_000)),
};

describe("a column of dates", () => {
  test.each([
    ["the day first", ["06-04-2026", "22/04/2026"], ["2026-04-06", "2026-04-22"]],
    ["a date that does not tell", ["06-04-2026"], ["2026-04-06"]],
    ["the month first, when the whole column proves it", ["04/22/2026", "04/23/2026", "04/06/2026"], null],
    ["serials", ["46134", "46135.75", "46136,5"], ["2026-04-22", "2026-04-23", "2026-04-24"]],
    ["dates without marks", ["20260422", "20260406"], ["2026-04-22", "2026-04-06"]],
    ["times of day", ["22/04/2026 13:45", "06/04/2026 07.30"], ["2026-04-22", "2026-04-06"]],
  ])("reads %s", (_, cells, expected) => {
    expect(readColumn(cells)).toEqual(expected ?? ["2026-04-22", "2026-04-23", "2026-04-06"]);
  });

  it("reads all traps of the field in one column", () => {
    const cells = ["06-04-2026", "22-Mei-2026", "2026-04-06", "17-Nov-20", "46134", "6 April 2026", "May 7, 2026"];
    const days = ["2026-04-06", "2026-05-22", "2026-04-06", "2020-11-17", "2026-04-22", "2026-04-06", "2026-05-07"];
    expect(readColumn(cells)).toEqual(days);
  });

  test.each([
    ["both orders", ["22/04/2026", "04/22/2026", "04/06/2026"], ["2026-04-22", "DAT-003", "DAT-005"]],
    ["one month first among doubtful ones", ["04/22/2026", "04/06/2026"], ["DAT-003", "DAT-005"]],
    ["the same number twice, whatever the order", ["22/04/2026", "04/22/2026", "04/04/2026"], null],
    ["too few that tell", ["04/22/2026", "04/23/2026", ...Array(7).fill("04/06/2026")], undefined],
  ])("refuses to guess: %s", (_, cells, expected) => {
    if (expected === null) expect(readColumn(cells).at(-1)).toBe("2026-04-04");
    else if (expected === undefined) expect(readColumn(cells).at(-1)).toBe("DAT-005");
    else expect(readColumn(cells)).toEqual(expected);
  });

  it("is decided by its many cells, and the few that break it are refused", () => {
    const cells = [...Array.from({ length: 30 }, () => "22/04/2026"), "04/22/2026", "04/06/2026", "46134"];
    expect(readColumn(cells).slice(-3)).toEqual(["DAT-003", "2026-06-04", "DAT-002"]);
    expect(dateEvidence(profileOf(cells.slice(28)).verdict())).toBe(
      "22-04-2026 × 2 (2, 3) · 04-22-2026 × 1 (4) · 04-06-2026 × 1 (5) · 46134 × 1 (6)",
    );
  });

  test.each([
    ["", "DAT-001"],
    ["kemarin", "DAT-002"],
    ["30-02-2026", "DAT-003"],
    ["31-12-2004", "DAT-004"],
    // A serial before 2005 or behind 2099 is a number, not a date.
    ["38352", "DAT-002"],
    ["73051", "DAT-002"],
    ["20261301", "DAT-002"],
  ])("refuses %j", (text, rule) => {
    expect(readColumn([text])).toEqual([rule]);
  });

  it("reads back every column written in one style, or refuses what it cannot tell", () => {
    const column = fc.array(days, { minLength: 1, maxLength: 30 });
    const marks = fc.constantFrom("-", "/", ".", " ");
    fc.assert(
      fc.property(column, fc.constantFrom(...DATE_STYLES), marks, (dates, style, mark) => {
        const isos = dates.map((date) => date.toISOString().slice(0, 10));
        const texts = isos.map((iso) => WRITE[style](iso, mark));
        const proofs = isos.filter((iso) => Number(iso.slice(8)) > 12).length;
        // Without days beyond 12, months in front look like the home way.
        fc.pre(style !== "mm-dd-yyyy" || (proofs >= 2 && proofs * 4 >= isos.length));
        expect(readColumn(texts)).toEqual(isos);
        const open = isos.every((iso) => Number(iso.slice(8)) <= 12 && iso.slice(8) === iso.slice(5, 7));
        if (!open) expect(dateStyleOf(profileOf(texts).verdict())).toBe(style);
      }),
    );
  });
});

describe("a date in a stated style", () => {
  test.each<[string, DateStyle, string]>([
    ["06/04/2026", "dd-mm-yyyy", "2026-04-06"],
    ["06/04/2026", "mm-dd-yyyy", "2026-06-04"],
    ["06/04/2026", "yyyy-mm-dd", "DAT-002"],
    ["22/04/2026", "mm-dd-yyyy", "DAT-003"],
    ["2026-04-06", "dd-mm-yyyy", "2026-04-06"],
    ["22-Mei-2026", "mm-dd-yyyy", "2026-05-22"],
    ["46134", "serial", "2026-04-22"],
    ["46134", "dd-mm-yyyy", "DAT-002"],
    ["20260422", "yyyymmdd", "2026-04-22"],
    ["20260422", "serial", "DAT-002"],
    ["", "serial", "DAT-001"],
  ])("%j in %s", (text, style, expected) => {
    const reading = readDate(text, style);
    expect(reading.ok ? reading.value : reading.rule).toBe(expected);
  });

  it("counts serials from 1904 where the workbook does", () => {
    expect(readDate("42154", "serial", true)).toEqual({ ok: true, value: "2019-05-31" });
    expect(readDate("20190531", "yyyymmdd", true)).toEqual({ ok: true, value: "2019-05-31" });
  });

  it("reads back every day in every style", () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...DATE_STYLES), (date, style) => {
        const iso = date.toISOString().slice(0, 10);
        expect(readDate(WRITE[style](iso, "-"), style)).toEqual({ ok: true, value: iso });
      }),
    );
  });
});
