const YEAR = /(?<!\d)20\d\d(?!\d)/g;
/** Days and months, as in `2022-01-10`, `10.01.2022` or `2022-01`: when the file was made, not what it is about. */
const DAY = /(?<!\d)(?:20\d\d([-_. ])\d\d?\1\d\d?|\d\d?([-_. ])\d\d?\2(20\d\d))(?!\d)/g;
const MONTH = /(?<!\d)(?:20\d\d[-.]\d\d?|\d\d?[-.]20\d\d)(?!\d)/g;

/**
 * The fiscal year that the name of a file states, such as `dataAng_2021.csv` or `Pagu TA2021 (1).csv`.
 *
 * @returns null when it states none, or several; a year inside a date does not count
 */
export function yearInName(name: string): number | null {
  const years = new Set(name.replace(DAY, " ").replace(MONTH, " ").match(YEAR) ?? []);
  const [year] = years;
  return years.size === 1 ? Number(year) : null;
}
