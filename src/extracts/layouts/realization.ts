import type { Problem } from "../../rules.ts";
import { Cells, rejectedAmount } from "../cells.ts";
import { RememberedDates } from "../remembered-dates.ts";
import type { Codes, RealizationLine, RowLayout, RowResult, RowView } from "../types.ts";

/** Fiscal years of either structure of codes. */
const STRUCTURE_YEARS = [2020, 2021];

const SP2D = /^\d{15}$/;

/**
 * SPAN ledger lines, the plain layout for bulk (contract): `code,date,document,amount[,description]`.
 * The good row takes a straight path; anything else is read again cell by cell to collect every problem.
 */
export const realization: RowLayout<"realization"> = {
  id: "realization",
  kind: "realization",
  required: ["code", "date", "document", "amount"],
  optional: ["description"],
  amountColumn: "amount",
  written: { amounts: ["amount"], dates: ["date"] },
  reader: ({ codes, warn, formats }, columnOf) => {
    const explainRow = (row: RowView): RowResult<RealizationLine> => {
      const cells = new Cells(row, formats);
      const date = cells.date("date");
      cells.amount("amount");
      cells.problems.unshift(...codeProblems(codes, row.cell("code"), date));
      return { problems: cells.problems, amount: rejectedAmount(row, "amount", formats) };
    };
    const at = {
      code: columnOf("code"),
      date: columnOf("date"),
      document: columnOf("document"),
      amount: columnOf("amount"),
      description: columnOf("description"),
    };
    const dates = new RememberedDates(formats, "date");
    return (row) => {
      const { cells } = row;
      const date = dates.read(cells[at.date] ?? "");
      const amount = formats.amount("amount", cells[at.amount] ?? "");
      if (date === null || !amount.ok) return explainRow(row);
      const found = codes.lookup(cells[at.code] ?? "", date.year, "code");
      if ("problems" in found) return explainRow(row);
      for (const rule of found.warnings) warn(rule);
      const document = (cells[at.document] ?? "").trim();
      if (!SP2D.test(document)) warn("DOC-001");
      return {
        line: {
          row: row.row,
          code: found.entry,
          date: date.value,
          document,
          amount: amount.value,
          description: cells[at.description] || null,
        },
      };
    };
  },
};

/** What is wrong with a code. Where no date says which structure it has, it is wrong when it fits neither. */
function codeProblems(codes: Codes, text: string, date: string): Problem[] {
  const years = date === "" ? STRUCTURE_YEARS : [Number(date.slice(0, 4))];
  const found = years.map((year) => codes.lookup(text, year, "code"));
  const wrong = found.flatMap((one) => ("problems" in one ? [one.problems] : []));
  if (wrong.length < found.length) return [];
  return wrong.reduce((fewest, problems) => (problems.length < fewest.length ? problems : fewest));
}
