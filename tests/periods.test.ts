import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  addMonths,
  FIRST_YEAR,
  fiscalYearOf,
  isMonth,
  LAST_YEAR,
  monthNumber,
  monthOf,
  monthsByYear,
  monthsOf,
  newestDue,
  parseDate,
  reportWindow,
} from "../src/periods.ts";

const months = fc
  .tuple(fc.integer({ min: FIRST_YEAR, max: LAST_YEAR }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => monthOf(year, month));

/** Days of the calendar of JavaScript, an independent source of which days exist. */
const days = fc.date({
  min: new Date(`${FIRST_YEAR}-01-01T00:00:00Z`),
  max: new Date(`${LAST_YEAR}-12-31T00:00:00Z`),
  noInvalidDate: true,
});

/** Names and abbreviations that occur in exports, Indonesian and English. */
const NAMES = [
  ["Jan", "Januari", "January"],
  ["Feb", "Peb", "Februari", "Pebruari", "February"],
  ["Mar", "Maret", "March"],
  ["Apr", "April"],
  ["Mei", "May"],
  ["Jun", "Juni", "June"],
  ["Jul", "Juli", "July"],
  ["Agu", "Ags", "Agt", "Agustus", "Aug", "August"],
  ["Sep", "Sept", "September"],
  ["Okt", "Oktober", "Oct", "October"],
  ["Nov", "Nop", "November", "Nopember"],
  ["Des", "Desember", "Dec", "December"],
];

describe("parseDate", () => {
  test.each([
    ["06-04-2026", "2026-04-06"],
    ["6/4/2026", "2026-04-06"],
    ["06.04.2026", "2026-04-06"],
    ["6 April 2026", "2026-04-06"],
    ["22-Mei-2026", "2026-05-22"],
    ["22 MEI 2026", "2026-05-22"],
    ["2026-04-06", "2026-04-06"],
    ["2026-04-06 00:00:00", "2026-04-06"],
    ["2026-04-06T00:00:00.000Z", "2026-04-06"],
    ["2026/04/06", "2026-04-06"],
    ["2026.4.6", "2026-04-06"],
    ["2026-04-06 13:45:00", "2026-04-06"],
    ["06/04/2026 13.45", "2026-04-06"],
    ["06-04-2026, 1:45 pm", "2026-04-06"],
    ["06-04-2026 07:30:15 WIB", "2026-04-06"],
    ["2026-04-06T00:30:00+07:00", "2026-04-06"],
    ["22 Mei 2026 08:00", "2026-05-22"],
    ["22. Mei 2026", "2026-05-22"],
    ["6 Apr. 2026", "2026-04-06"],
    ["April 6, 2026", "2026-04-06"],
    ["Okt 6 2026", "2026-10-06"],
    ["17-Nov-20", "2020-11-17"],
    ["17-11-20", "2020-11-17"],
    [" 31-12-2019 ", "2019-12-31"],
    ["29-02-2020", "2020-02-29"],
    ["2005-01-01", "2005-01-01"],
    ["31-12-2099", "2099-12-31"],
  ])("reads %j", (text, value) => {
    expect(parseDate(text)).toEqual({ ok: true, value });
  });

  test.each([
    ["", "DAT-001"],
    ["   ", "DAT-001"],
    ["kemarin", "DAT-002"],
    ["2026", "DAT-002"],
    ["2026-04", "DAT-002"],
    ["20260406", "DAT-002"],
    ["43585", "DAT-002"],
    ["1-2-3", "DAT-002"],
    ["06-04-026", "DAT-002"],
    ["22-Meh-2026", "DAT-002"],
    ["2026-04-06 24:00", "DAT-002"],
    ["2026-04-06 13:60", "DAT-002"],
    ["2026-04-06 13:45 PM", "DAT-002"],
    // Noon in Greenwich may be another day in Indonesia.
    ["2026-04-05T17:00:00.000Z", "DAT-002"],
    ["2026-04-06 10:00 -05:00", "DAT-002"],
    ["2026-04/06", "DAT-002"],
    ["06-04/2026", "DAT-002"],
    ["April 2026", "DAT-002"],
    ["6-4-2026 x", "DAT-002"],
    // Names of members every object has are not months.
    ["01-constructor-2020", "DAT-002"],
    ["01-valueOf-2020", "DAT-002"],
    ["30-02-2019", "DAT-003"],
    ["29-02-2019", "DAT-003"],
    ["29-02-2100", "DAT-003"],
    ["31-04-2019", "DAT-003"],
    ["00-01-2019", "DAT-003"],
    ["01-00-2019", "DAT-003"],
    ["04-13-2019", "DAT-003"],
    ["2019-02-30", "DAT-003"],
    ["2019-13-01", "DAT-003"],
    ["31-Jun-2020", "DAT-003"],
    ["2004-12-31", "DAT-004"],
    ["01-01-2100", "DAT-004"],
    ["01-01-0001", "DAT-004"],
    ["31-12-04", "DAT-004"],
  ])("refuses %j by %s", (text, rule) => {
    expect(parseDate(text)).toEqual({ ok: false, rule });
  });

  it("reads every day in every style", () => {
    const separators = fc.constantFrom("-", "/", ".", " ");
    fc.assert(
      fc.property(days, separators, fc.nat(), (date, separator, pick) => {
        const iso = date.toISOString().slice(0, 10);
        const [year = "", month = "", day = ""] = iso.split("-");
        const names = NAMES[Number(month) - 1] ?? [];
        const name = names[pick % names.length] ?? "";
        for (const middle of [month, String(Number(month)), name, name.toUpperCase(), name.toLowerCase()]) {
          const text = [day, middle, year].join(separator);
          expect(parseDate(text), text).toEqual({ ok: true, value: iso });
          const short = [String(Number(day)), middle, year.slice(2)].join(separator);
          if (year >= "2005") expect(parseDate(short), short).toEqual({ ok: true, value: iso });
        }
        expect(parseDate(iso)).toEqual({ ok: true, value: iso });
      }),
    );
  });

  it("accepts only days that the calendar has", () => {
    const parts = fc.tuple(fc.integer({ min: 2005, max: 2099 }), fc.integer({ min: 0, max: 14 }), fc.nat(33));
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const two = (value: number) => String(value).padStart(2, "0");
        const iso = `${year}-${two(month)}-${two(day)}`;
        const real = new Date(Date.UTC(year, month - 1, day));
        const exists = month >= 1 && month <= 12 && day >= 1 && real.toISOString().slice(0, 10) === iso;
        const expected = exists ? { ok: true, value: iso } : { ok: false, rule: "DAT-003" };
        expect(parseDate(iso)).toEqual(expected);
        expect(parseDate(`${two(day)}-${two(month)}-${year}`)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("gives any text a real day or a rule", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4}[-/. ][a-z0-9]{1,9}[-/. ]\d{1,4}$/)), (text) => {
        const result = parseDate(text);
        if (result.ok) expect(new Date(`${result.value}T00:00:00Z`).toISOString().slice(0, 10)).toBe(result.value);
        else expect(result.rule).toMatch(/^DAT-00[1-4]$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("months", () => {
  test.each(["2019-01", "2005-01", "2099-12"])("%s is a month", (text) => {
    expect(isMonth(text)).toBe(true);
  });

  test.each(["2019-00", "2019-13", "2019-1", "19-01", "2004-12", "2100-01", "2019-01-01", " 2019-01", "2019-01\n", ""])(
    "%j is none",
    (text) => {
      expect(isMonth(text)).toBe(false);
    },
  );

  it("adding and taking away months ends where it began", () => {
    fc.assert(
      fc.property(months, fc.integer({ min: -60, max: 60 }), (month, count) => {
        const moved = addMonths(month, count);
        expect(addMonths(moved, -count)).toBe(month);
        const index = (text: string) => fiscalYearOf(text) * 12 + monthNumber(text);
        expect(index(moved) - index(month)).toBe(count);
      }),
    );
  });

  it("lists every month of a window once, in order, by its year", () => {
    fc.assert(
      fc.property(months, fc.nat(40), (from, count) => {
        const list = monthsOf({ from, to: addMonths(from, count) });
        expect(list).toHaveLength(count + 1);
        expect(list).toEqual(list.map((_, index) => addMonths(from, index)));
        const byYear = [...monthsByYear(list)];
        expect(byYear.flatMap(([year, numbers]) => numbers.map((number) => monthOf(year, number)))).toEqual(list);
      }),
    );
    expect(monthsOf({ from: "2019-02", to: "2019-01" })).toEqual([]);
  });
});

/** The calendar of the loan (brief §6) written out to 2030. */
const CALENDAR: [due: string, from: string, to: string][] = [
  ["2019-12", "2019-04", "2019-09"],
  ["2020-06", "2019-04", "2020-03"],
  ["2020-12", "2019-10", "2020-09"],
  ["2021-06", "2020-04", "2021-03"],
  ["2021-12", "2020-10", "2021-09"],
  ["2022-06", "2021-04", "2022-03"],
  ["2022-12", "2021-10", "2022-09"],
  ["2023-06", "2022-04", "2023-03"],
  ["2023-12", "2022-10", "2023-09"],
  ["2024-06", "2023-04", "2024-03"],
  ["2024-12", "2023-10", "2024-09"],
  ["2025-06", "2024-04", "2025-03"],
  ["2025-12", "2024-10", "2025-09"],
  ["2026-06", "2025-04", "2026-03"],
  ["2026-12", "2025-10", "2026-09"],
  ["2027-06", "2026-04", "2027-03"],
  ["2027-12", "2026-10", "2027-09"],
  ["2028-06", "2027-04", "2028-03"],
  ["2028-12", "2027-10", "2028-09"],
  ["2029-06", "2028-04", "2029-03"],
  ["2029-12", "2028-10", "2029-09"],
  ["2030-06", "2029-04", "2030-03"],
  ["2030-12", "2029-10", "2030-09"],
];

describe("the calendar of reports", () => {
  test.each(CALENDAR)("the report due %s covers %s to %s", (due, from, to) => {
    expect(reportWindow(due)).toEqual({ from, to });
  });

  it("knows no other report up to 2030", () => {
    const dues = new Set(CALENDAR.map(([due]) => due));
    for (const month of monthsOf({ from: "2018-01", to: "2030-12" })) {
      if (!dues.has(month)) expect(reportWindow(month), month).toBeNull();
    }
    for (const text of ["", "2019-12-01", "2020-6", "2100-06"]) expect(reportWindow(text)).toBeNull();
  });

  it("the newest report is the last one whose window the data fill", () => {
    for (const last of monthsOf({ from: "2018-01", to: "2030-12" })) {
      const full = CALENDAR.filter(([, , to]) => to <= last);
      expect(newestDue(last), last).toBe(full.at(-1)?.[0] ?? null);
    }
  });

  it("ends when data go on for ever", () => {
    expect(newestDue("9999-12")).toBe("2099-12");
  });
});
