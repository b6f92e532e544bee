import { expect, test } from "vitest";
import { readMonth } from "../../src/extracts/month-cell.ts";

test.each([
  ["2021-07", null, "2021-07"],
  ["2021-7", null, "2021-07"],
  ["2021/07", null, "2021-07"],
  ["202107", null, "2021-07"],
  ["07-2021", null, "2021-07"],
  ["7/2021", null, "2021-07"],
  ["Juli 2021", null, "2021-07"],
  ["JULY 2021", null, "2021-07"],
  ["2021-07-01", null, "2021-07"],
  ["2021-07-01 00:00:00", null, "2021-07"],
  ["7", 2021, "2021-07"],
  ["07", 2021, "2021-07"],
  ["Des", 2021, "2021-12"],
  ["2020-07", 2021, "2020-07"],
  ["7", null, null],
  ["Juli", null, null],
  ["2021-13", null, null],
  ["2021-00", null, null],
  ["13", 2021, null],
  ["2021-07-02", null, null],
  ["01-07-2021", null, null],
  ["1999-07", null, null],
  ["", 2021, null],
  ["semester 1", 2021, null],
])("%j of %s is %s", (text, year, month) => {
  expect(readMonth(text, year)).toBe(month);
});
