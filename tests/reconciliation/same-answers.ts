import { expect } from "vitest";
import { answerByCodes, expenditureByCodes } from "../../src/reconciliation/by-codes.ts";
import { answerByColumns, expenditureByTotals } from "../../src/reconciliation/columns/index.ts";
import type { ReconciliationRequest } from "../../src/reconciliation/index.ts";
import { questionOf } from "../../src/reconciliation/question.ts";
import { loadThemes } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";

/** Asks the same of every path to an answer: columns in memory, codes in SQL, and the totals both are held against. */
export async function expectSameAnswers(db: Db, request: ReconciliationRequest): Promise<void> {
  await db.snapshot(async (reader) => {
    const theme = request.theme === null ? null : ((await loadThemes(db, reader)).get(request.theme) ?? null);
    const question = await questionOf(db, reader, request, theme);
    const byCodes = await answerByCodes(reader, question);
    expect(await answerByColumns(reader, question)).toEqual(byCodes);
    const totals = await expenditureByTotals(reader, question);
    if (totals) expect(totals).toEqual(await expenditureByCodes(reader, question));
  });
}
