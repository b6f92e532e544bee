import type { Translate } from "../../src/i18n/index.ts";
import { rejectCells, rejectHeader, rejectPages, surveyRejects } from "../../src/ledger/index.ts";
import type { Db } from "../../src/store/index.ts";

/** All rejects of an extract as they are written: header and rows. */
export async function rejectTable(db: Db, id: number, t: Translate): Promise<{ header: string[]; rows: string[][] }> {
  const survey = await surveyRejects(db, id);
  const rows: string[][] = [];
  for await (const page of rejectPages(db, id)) rows.push(...page.map((reject) => rejectCells(survey, reject, t)));
  return { header: rejectHeader(survey, t), rows };
}
