import { Cells } from "../cells.ts";
import type { RowLayout } from "../types.ts";

/** The list of spending units, the plain layout (contract). Only code, name and ministry are needed. */
export const satkers: RowLayout<"satkers"> = {
  id: "satkers",
  kind: "satkers",
  required: ["code", "name", "ministry", "unit", "location", "authority", "kppn"],
  optional: [],
  amountColumn: null,
  reader: ({ warn }) => {
    const seen = new Map<string, number>();
    return (row) => {
      const cells = new Cells(row);
      const line = {
        row: row.row,
        code: cells.digits("code", 6, "satker 6 angka/digits"),
        name: cells.requiredText("name"),
        ministry: cells.digits("ministry", 3, "BA 3 angka/digits"),
        unit: cells.optionalDigits("unit", 2, "eselon I 2 angka/digits"),
        location: cells.optionalLocation("location"),
        authority: cells.optionalCode("authority", /^\d$/, "kewenangan/authority 1 angka/digit"),
        kppn: cells.optionalDigits("kppn", 3, "KPPN 3 angka/digits"),
      };
      const other = seen.get(line.code);
      if (other !== undefined) cells.fail("FLD-004", "code", line.code, { other, key: "code" });
      else seen.set(line.code, row.row);
      if (cells.problems.length > 0) return { problems: cells.problems, amount: 0n };
      if (cells.repaired) warn("COA-102");
      return { line };
    };
  },
};
