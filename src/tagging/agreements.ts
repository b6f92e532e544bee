import { asc, eq } from "drizzle-orm";
import { parseDate } from "../periods.ts";
import type { Problem } from "../rules.ts";
import type { Db, Reader, Transaction } from "../store/index.ts";

/** A numbered agreement about tags (berita acara). */
export interface Agreement {
  number: string;
  /** `YYYY-MM-DD`. */
  date: string;
  /** `YYYY-1` or `YYYY-2`. */
  semester: string;
  /** Who agreed, such as Bappenas, Kementerian Keuangan, 024. */
  parties: string[];
}

/** An agreement as somebody states it: only the number for one that is recorded. */
export type StatedAgreement = Pick<Agreement, "number"> & Partial<Omit<Agreement, "number">>;

const SEMESTER = /^20\d{2}-[12]$/;

/**
 * The agreement of a number: what is recorded, or what is stated in full and recorded now. Recorded ones never change.
 *
 * @returns the problem when parts are missing (TAG-027) or the record says something else (TAG-028)
 */
export async function recordAgreement(
  tx: Transaction,
  { agreements }: Db["tables"],
  stated: StatedAgreement,
  by: { name: string; at: string },
): Promise<Problem | null> {
  const number = stated.number.trim();
  const [row] = await tx.select().from(agreements).where(eq(agreements.number, number));
  if (row) {
    const recorded = { ...row, parties: row.parties as string[] };
    const differs =
      (stated.date !== undefined && stated.date !== recorded.date) ||
      (stated.semester !== undefined && stated.semester !== recorded.semester) ||
      (stated.parties !== undefined && stated.parties.join("|") !== recorded.parties.join("|"));
    if (!differs) return null;
    const content = `${recorded.date}, ${recorded.semester}, ${recorded.parties.join(", ")}`;
    return { rule: "TAG-028", column: null, value: number, params: { recorded: content } };
  }
  const { date = "", semester = "", parties = [] } = stated;
  const missing = [
    ...(number === "" ? ["number"] : []),
    ...(isDate(date) ? [] : ["date"]),
    ...(SEMESTER.test(semester) ? [] : ["semester"]),
    ...(parties.length > 0 && parties.every((party) => party.trim() !== "") ? [] : ["parties"]),
  ];
  if (missing.length > 0) {
    return { rule: "TAG-027", column: null, value: number, params: { missing: missing.join(", ") } };
  }
  await tx.insert(agreements).values({ number, date, semester, parties, recordedAt: by.at, recordedBy: by.name });
  return null;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDate(text).ok;
}

/** A recorded agreement, with who recorded it and when. */
export interface RecordedAgreement extends Agreement {
  recordedAt: string;
  recordedBy: string;
}

/** All recorded agreements by date and number. */
export async function listAgreements(db: Db, reader: Reader = db.read): Promise<RecordedAgreement[]> {
  const { agreements } = db.tables;
  const rows = await reader.select().from(agreements).orderBy(asc(agreements.date), asc(agreements.number));
  return rows.map((row) => ({ ...row, parties: row.parties as string[] }));
}
