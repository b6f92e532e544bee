import { Cells, rejectedAmount } from "../cells.ts";
import type { BudgetLine, RowLayout, RowResult } from "../types.ts";

const MONTHS = Array.from({ length: 12 }, (_, index) => `plan_${String(index + 1).padStart(2, "0")}`);

/** Highest DIPA revision number that is taken for one. */
const LAST_REVISION = 999;

/** DIPA lines with revision, blocked amount and monthly plan, the plain layout (contract). */
export const budget: RowLayout<"budget"> = {
  id: "budget",
  kind: "budget",
  required: ["code", "fiscal_year", "revision", "revision_date", "amount", "blocked"],
  optional: MONTHS,
  amountColumn: "amount",
  written: { amounts: ["amount", "blocked", ...MONTHS], dates: ["revision_date"] },
  reader: ({ codes, warn, formats }) => {
    const seen = new Map<number, number>();
    return (row): RowResult<BudgetLine> => {
      const cells = new Cells(row, formats);
      const fiscalYear = cells.year("fiscal_year");
      const revision = cells.integer("revision", 0, LAST_REVISION);
      const revisionDate = cells.optionalDate("revision_date");
      const amount = cells.amount("amount");
      const blocked = cells.optionalAmount("blocked") ?? 0n;
      const plan = readPlan(cells);
      const found = Number.isNaN(fiscalYear) ? null : codes.lookup(row.cell("code"), fiscalYear, "code");
      if (found && "problems" in found) cells.problems.unshift(...found.problems);
      if (cells.problems.length > 0 || !found || "problems" in found) {
        return { problems: cells.problems, amount: rejectedAmount(row, "amount", formats) };
      }
      for (const rule of found.warnings) warn(rule);
      const key = found.entry.index * (LAST_REVISION + 1) + revision;
      const other = seen.get(key);
      if (other !== undefined) warn("BUD-004", { other });
      else seen.set(key, row.row);
      if (blocked > amount) warn("BUD-003", { blocked, amount });
      const stated = plan.filter((month) => month !== null);
      if (stated.length > 0 && stated.length < plan.length) warn("BUD-001", { found: stated.length });
      const planned = stated.length === plan.length ? stated.reduce((sum, month) => sum + month, 0n) : amount;
      if (planned !== amount) warn("BUD-002", { planned, amount });
      return {
        line: {
          row: row.row,
          code: found.entry,
          fiscalYear,
          revision,
          revisionDate,
          amount,
          blocked,
          commitment: null,
          plan,
        },
      };
    };
  },
};

function readPlan(cells: Cells): (bigint | null)[] {
  return MONTHS.map((month) => cells.optionalAmount(month));
}
