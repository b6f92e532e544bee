import { parseRupiah } from "../../money.ts";
import { type DateResult, parseDate } from "../../periods.ts";
import { Cells, rejectedAmount } from "../cells.ts";
import type { Layout, RealizationLine, RowResult, RowView } from "../types.ts";

const SP2D = /^\d{15}$/;

/**
 * SPAN ledger lines, the plain layout for bulk (contract): `code,date,document,amount[,description]`.
 * The good row takes a straight path; anything else is read again cell by cell to collect every problem.
 */
export const realization: Layout<"realization"> = {
  id: "realization",
  kind: "realization",
  required: ["code", "date", "document", "amount"],
  optional: ["description"],
  amountColumn: "amount",
  reader: ({ codes, warn }) => {
    const explainRow = (row: RowView): RowResult<RealizationLine> => {
      const cells = new Cells(row);
      const date = cells.date("date");
      cells.amount("amount");
      if (date !== "") {
        const found = codes.lookup(row.cell("code"), Number(date.slice(0, 4)), "code");
        if ("problems" in found) cells.problems.unshift(...found.problems);
      }
      return { problems: cells.problems, amount: rejectedAmount(row, "amount") };
    };
    const dates = new Map<string, DateResult>();
    /** A year has few days and a file many lines: each printed date is read once. */
    const readDate = (text: string): DateResult => {
      let date = dates.get(text);
      if (!date) {
        date = parseDate(text);
        dates.set(text, date);
      }
      return date;
    };
    return (row) => {
      const date = readDate(row.cell("date"));
      const amount = parseRupiah(row.cell("amount"));
      if (!date.ok || !amount.ok) return explainRow(row);
      const found = codes.lookup(row.cell("code"), Number(date.value.slice(0, 4)), "code");
      if ("problems" in found) return explainRow(row);
      for (const rule of found.warnings) warn(rule);
      const document = row.cell("document").trim();
      if (!SP2D.test(document)) warn("DOC-001");
      const description = row.cell("description");
      return {
        line: {
          row: row.row,
          code: found.entry,
          date: date.value,
          document,
          amount: amount.value,
          description: description === "" ? null : description,
        },
      };
    };
  },
};
