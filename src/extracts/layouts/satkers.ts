import { Cells } from "../cells.ts";
import type { RowLayout } from "../types.ts";

/** The list of spending units, the plain layout (contract). Only code, name and ministry are needed. */
export const satkers: RowLayout<"satkers"> = {
  id: "satkers",
  kind: "satkers",
  required: ["code", "name", "ministry", "unit", "location", "authority", "kppn"],
  optional: [],
  amountColumn: null,
  reader: () => {
    const seen = new Map<string, number>();
    return (row) => {
      const cells = new Cells(row);
      const line = {
        row: row.row,
        code: cells.code("code", /^\d{6}$/, "satker 6 angka/digits"),
        name: cells.requiredText("name"),
        ministry: cells.code("ministry", /^\d{3}$/, "BA 3 angka/digits"),
        unit: cells.optionalCode("unit", /^\d{2}$/, "eselon I 2 angka/digits"),
        location: cells.optionalCode("location", /^\d{4}$/, "lokasi/location 4 angka/digits"),
        authority: cells.optionalCode("authority", /^\d$/, "kewenangan/authority 1 angka/digit"),
        kppn: cells.optionalCode("kppn", /^\d{3}$/, "KPPN 3 angka/digits"),
      };
      const other = seen.get(line.code);
      if (other !== undefined) cells.fail("FLD-004", "code", line.code, { other, key: "code" });
      else seen.set(line.code, row.row);
      return cells.problems.length > 0 ? { problems: cells.problems, amount: 0n } : { line };
    };
  },
};
