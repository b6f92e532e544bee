import { parseNode } from "../../coa/index.ts";
import { fiscalYearOf } from "../../periods.ts";
import { Cells } from "../cells.ts";
import { UNKNOWN_MINISTRY } from "../code-columns.ts";
import { readMonth } from "../month-cell.ts";
import { placeOf } from "../places.ts";
import type { AchievementLine, RowLayout } from "../types.ts";

/** Target and achievement of outputs and their indicators, the plain layout (contract). */
export const achievements: RowLayout<"achievements"> = {
  id: "achievements",
  kind: "achievements",
  required: ["fiscal_year", "month", "satker", "code", "indicator", "target", "achieved", "unit"],
  optional: ["district"],
  amountColumn: null,
  usesSatkers: true,
  written: { amounts: [], dates: [], decimals: [["target", "achieved"]] },
  reader: ({ references, formats, warn }) => {
    const doubles = new Doubles();
    return (row) => {
      const cells = new Cells(row, formats);
      const fiscalYear = cells.year("fiscal_year");
      const month = monthCell(cells, "month", fiscalYear);
      const satker = cells.digits("satker", 6, "satker 6 angka/digits");
      const node = parseNode(cells.text("code"));
      if (!node.ok) cells.fail("TAG-006", "code", cells.text("code"));
      const line: AchievementLine = {
        row: row.row,
        fiscalYear,
        month,
        satker,
        ministry: UNKNOWN_MINISTRY,
        node: node.ok ? node.node.code : "",
        indicator: cells.optionalText("indicator"),
        target: cells.optionalDecimal("target"),
        achieved: cells.optionalDecimal("achieved"),
        unitOfMeasure: cells.optionalText("unit"),
        district: cells.optionalLocation("district"),
        progress: null,
        gap: null,
        budget: null,
        realization: null,
        returns: null,
        dipaRevision: null,
      };
      doubles.check(line, cells, "code");
      if (cells.problems.length > 0) return { problems: cells.problems, amount: 0n };
      const { ministry } = placeOf(references, satker, line.node.slice(0, 4), fiscalYear);
      if (!ministry) warn("REF-004");
      if (!references.satker(satker)) warn("REF-003");
      if (cells.repaired) warn("COA-102");
      return { line: { ...line, ministry: ministry ?? UNKNOWN_MINISTRY } };
    };
  },
};

/** The month of a cell; "" with a problem noted when it holds none, or none of the fiscal year (null: of any). */
export function monthCell(cells: Cells, column: string, fiscalYear: number | null): string {
  const text = cells.requiredText(column);
  if (text === "") return "";
  const month = readMonth(text, fiscalYear);
  if (month === null) cells.fail("DAT-006", column, text);
  else if (fiscalYear !== null && !Number.isNaN(fiscalYear) && fiscalYearOf(month) !== fiscalYear) {
    cells.fail("DAT-007", column, text, { year: fiscalYear });
  }
  return month ?? "";
}

/** A row states one thing once: a second row about it is refused. */
export class Doubles {
  readonly #rows = new Map<string, number>();

  check({ row, month, satker, node, indicator, district }: AchievementLine, cells: Cells, column: string): void {
    if (cells.problems.length > 0) return;
    const key = JSON.stringify([month, satker, node, indicator, district]);
    const other = this.#rows.get(key);
    if (other === undefined) this.#rows.set(key, row);
    else cells.fail("FLD-004", column, node, { other, key: "month + satker + code + indicator + district" });
  }
}
