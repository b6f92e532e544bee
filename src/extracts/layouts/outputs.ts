import { parseNode } from "../../coa/index.ts";
import { Cells } from "../cells.ts";
import type { RowLayout } from "../types.ts";

/** Outputs of the planning system with names, theme marks and targets, the plain layout (contract). */
export const outputs: RowLayout<"outputs"> = {
  id: "outputs",
  kind: "outputs",
  required: [
    "fiscal_year",
    "ministry",
    "unit",
    "program",
    "activity",
    "output",
    "name",
    "themes",
    "target",
    "unit_of_measure",
  ],
  optional: ["ro", "component"],
  amountColumn: null,
  reader: ({ warn }) => {
    const seen = new Map<string, number>();
    return (row) => {
      const cells = new Cells(row);
      const fiscalYear = cells.year("fiscal_year");
      const program = [
        cells.digits("ministry", 3, "BA 3 angka/digits"),
        cells.digits("unit", 2, "eselon I 2 angka/digits"),
        cells.code("program", /^[0-9A-Z]{2}$/, "program 2 karakter/characters"),
      ].join("");
      const levels = ["activity", "output", "ro", "component"].map((column) => cells.text(column));
      // Levels may end early but not have a gap: without its output an RO would be read as one.
      while (levels.at(-1) === "") levels.pop();
      const node = parseNode(levels.join("."));
      if (!node.ok || levels.includes("")) cells.fail("TAG-006", "activity", levels.join("."));
      const line = {
        row: row.row,
        fiscalYear,
        node: node.ok ? node.node.code : "",
        program,
        name: cells.requiredText("name"),
        themes: cells.optionalText("themes"),
        target: cells.optionalText("target"),
        unitOfMeasure: cells.optionalText("unit_of_measure"),
        allocation: null,
        locations: null,
      };
      const key = `${fiscalYear} ${line.node}`;
      const other = seen.get(key);
      if (other !== undefined && cells.problems.length === 0) {
        cells.fail("FLD-004", "output", line.node, { other, key: "fiscal_year + activity.output.ro.component" });
      } else seen.set(key, row.row);
      if (cells.problems.length > 0) return { problems: cells.problems, amount: 0n };
      if (cells.repaired) warn("COA-102");
      return { line };
    };
  },
};
