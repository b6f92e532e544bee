import type { RuleId } from "../rules.ts";
import { PaymentScanner } from "./payment-scanner.ts";
import { type Payments, toPayments } from "./payments.ts";
import type { Source } from "./readers/source.ts";
import { type CheckedRows, checkRows } from "./rows.ts";
import type { Table } from "./table.ts";
import type { Layout, LayoutContext } from "./types.ts";

/** Codes that appear for the first time, in the order of their positions in the code book. */
export interface NewCodes {
  canonicals: string[];
  fiscalYears: number[];
}

/** A batch of payment lines side by side, with what the poster must know of their codes. */
export interface CheckedPayments extends CheckedRows {
  payments: Payments;
  newCodes: NewCodes;
  /** How often each rule warned. */
  warnings: Map<RuleId, number>;
}

/**
 * Reads and checks the payment lines of a file. Plain ledger lines are scanned byte by byte; every other layout, and every
 * line that is not in canonical form, goes through the checks of rows. Both give the same lines.
 */
export async function* readPayments(
  layout: Layout<"realization">,
  source: Source,
  table: Table,
  base: Omit<LayoutContext, "warn">,
): AsyncGenerator<CheckedPayments> {
  let warnings = new Map<RuleId, number>();
  const context: LayoutContext = {
    ...base,
    warn: (rule) => warnings.set(rule, (warnings.get(rule) ?? 0) + 1),
  };
  let known = 0;
  /** Completes a batch with what happened since the one before. */
  const complete = (rows: CheckedRows, payments: Payments): CheckedPayments => {
    const newCodes: NewCodes = { canonicals: [], fiscalYears: [] };
    for (; known < base.codes.size; known++) {
      newCodes.canonicals.push(base.codes.canonical(known));
      newCodes.fiscalYears.push(base.codes.fiscalYear(known));
    }
    const { rejects, rejectedAmount, rejectedWithMoney, skipped, skippedAmount, saysEmpty, statedTotals, totals } =
      rows;
    const good = { skipped, skippedAmount, saysEmpty, statedTotals, totals };
    const batch = { rejects, rejectedAmount, rejectedWithMoney, ...good, payments, newCodes, warnings };
    warnings = new Map();
    return batch;
  };
  const scanner = await PaymentScanner.open(layout, source, table, context);
  if (scanner) {
    for await (const { rows, payments } of scanner.batches()) yield complete(rows, payments);
  } else {
    for await (const batch of checkRows(layout, table, context)) yield complete(batch, toPayments(batch.lines));
  }
}
