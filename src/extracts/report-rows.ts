import { type CheckedBatch, emptyBatch } from "./rows.ts";
import { HeaderView, type Table } from "./table.ts";
import type { ExtractKind, LayoutContext, ReportLayout, RowOutcome } from "./types.ts";

/** Turns the rows of a report into lines and rejects; a row may be decided batches after it was read. */
export async function* checkReport<Kind extends ExtractKind>(
  layout: ReportLayout<Kind>,
  table: Table,
  context: LayoutContext,
): AsyncGenerator<CheckedBatch<Kind>> {
  const view = new HeaderView(table.header);
  const reader = layout.report(
    { ...context, formats: table.formats },
    (name) => view.columnOf(name),
    table.header.length,
  );
  for await (const rows of table.rows) {
    await table.formats.prepare(rows);
    const batch = emptyBatch<Kind>();
    for (const { row, cells, malformed } of rows) {
      if (malformed === null) {
        for (const outcome of reader.read(view.show(row, cells))) put(batch, outcome);
      } else {
        put(batch, { row, source: cells, problems: [{ rule: malformed, column: null, value: null }], amount: null });
      }
    }
    yield batch;
  }
  const { outcomes, totals } = reader.finish();
  const batch = emptyBatch<Kind>();
  for (const outcome of outcomes) put(batch, outcome);
  batch.totals.push(...totals);
  yield batch;
}

function put<Kind extends ExtractKind>(
  batch: CheckedBatch<Kind>,
  outcome: RowOutcome<CheckedBatch<Kind>["lines"][number]>,
): void {
  if ("line" in outcome) batch.lines.push(outcome.line);
  else if ("skipped" in outcome) batch.skipped++;
  else {
    const { row, source, problems, amount } = outcome;
    batch.rejects.push({ row, problems, source });
    batch.rejectedAmount += amount ?? 0n;
    if (amount !== 0n) batch.rejectedWithMoney++;
  }
}
