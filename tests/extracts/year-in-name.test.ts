import { expect, test } from "vitest";
import { yearInName } from "../../src/extracts/year-in-name.ts";

test.each([
  ["dataAng_2021.csv", 2021],
  ["monsakti-data-ang-2021.csv.gz", 2021],
  ["Pagu TA2021 (1).xlsx", 2021],
  ["2021 pagu.csv", 2021],
  ["dataAng 2021 ekspor 2022-01-10.csv", 2021],
  ["dataAng_TA2021_10-01-2022.csv", 2021],
  ["2021_dataAng_2021.csv", 2021],
  ["dataAng.csv", null],
  ["dataAng_2021_2022.csv", null],
  ["dataAng 2020 dan 2021.csv", null],
  ["dataAng_2022-01-10.csv", null],
  ["dataAng 10.01.2022.csv", null],
  ["dataAng_20220110.csv", null],
  ["laporan 12021.csv", null],
  ["laporan 1999.csv", null],
])("%s states %s", (name, year) => {
  expect(yearInName(name)).toBe(year);
});
