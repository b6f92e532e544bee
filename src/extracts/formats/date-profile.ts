import { calendarDate } from "../../periods.ts";
import { type WrittenDate, writtenDate } from "../../written-date.ts";
import { type DateReading, type DateStyle, dateOfDigits } from "./date-styles.ts";
import { decides, EvidenceCounter, listEvidence } from "./evidence.ts";

/** What a cell tells about how its column writes dates. */
export type DateSign =
  /** `2026-04-22`, `22-Mei-2026`. */
  | "certain"
  /** `22/04/2026`: only the day can be 22. */
  | "dayFirst"
  /** `04/22/2026`. */
  | "monthFirst"
  /** `04/06/2026`: both orders give a day, and different ones. */
  | "either"
  | "serial"
  | "compact"
  | "blank"
  | "unreadable";

/** What each sign looks like, for people. */
export const DATE_EXAMPLES: Partial<Record<DateSign, string>> = {
  certain: "2026-04-22",
  dayFirst: "22-04-2026",
  monthFirst: "04-22-2026",
  either: "04-06-2026",
  serial: "46134",
  compact: "20260422",
};

const TELLING = Object.keys(DATE_EXAMPLES) as DateSign[];

/** How a column of dates is written, as far as its cells tell. */
export interface DateVerdict {
  /** The order of `04-06-2026`; `contradictory` where cells speak for both. */
  order: "day" | "month" | "contradictory";
  /** Whether bare digits are serials or compact dates; among many written dates they are errors. */
  readsDigits: boolean;
  /** Serials count from 1904. */
  date1904: boolean;
  signs: EvidenceCounter<DateSign>;
}

/** Collects how the dates of a column are written, cell by cell as they stream by. */
export class DateProfile {
  readonly signs = new EvidenceCounter<DateSign>();
  readonly #date1904: boolean;

  constructor(date1904 = false) {
    this.#date1904 = date1904;
  }

  add(row: number, text: string): void {
    this.signs.add(signOf(text, this.#date1904), row);
  }

  verdict(): DateVerdict {
    const { signs } = this;
    const written =
      signs.count("certain") + signs.count("dayFirst") + signs.count("monthFirst") + signs.count("either");
    const digits = signs.count("serial") + signs.count("compact");
    const readsDigits = digits > 0 && !decides(written, digits);
    return { order: orderOf(signs), readsDigits, date1904: this.#date1904, signs };
  }
}

function signOf(text: string, date1904: boolean): DateSign {
  const written = writtenDate(text);
  if (written === "DAT-001") return "blank";
  if (written === "DAT-002") return "unreadable";
  switch (written.form) {
    case "parts":
      return calendarDate(written.year, written.month, written.day).ok ? "certain" : "unreadable";
    case "digits":
      if (!dateOfDigits(written.digits, date1904).ok) return "unreadable";
      return written.digits.length === 8 ? "compact" : "serial";
    case "numeric":
      return signOfNumeric(written);
  }
}

function signOfNumeric({ first, second, year }: Extract<WrittenDate, { form: "numeric" }>): DateSign {
  const dayFirst = calendarDate(year, second, first).ok;
  const monthFirst = calendarDate(year, first, second).ok;
  if (dayFirst && monthFirst) return first === second ? "certain" : "either";
  if (dayFirst) return "dayFirst";
  return monthFirst ? "monthFirst" : "unreadable";
}

/** About six days of ten tell their order; a column in which far fewer do was not written that way. */
const LEAST_PART = 4;

/**
 * The day comes first, as everywhere in Indonesia, unless the whole column proves the month does: no cell speaks for the
 * day, at least two speak for the month, and they are as many as a column of such dates has.
 */
function orderOf(signs: EvidenceCounter<DateSign>): DateVerdict["order"] {
  const day = signs.count("dayFirst");
  const month = signs.count("monthFirst");
  if (month === 0 || decides(day, month)) return "day";
  const isProven = day === 0 && month >= 2 && month * LEAST_PART >= month + signs.count("either");
  return isProven ? "month" : "contradictory";
}

/**
 * Reads a cell as its column writes dates.
 *
 * @returns `YYYY-MM-DD`, or DAT-001 … 004, or DAT-005 (the order of day and month cannot be told)
 */
export function readDateByVerdict(text: string, verdict: DateVerdict): DateReading {
  const written = writtenDate(text);
  if (typeof written === "string") return { ok: false, rule: written };
  if (written.form === "parts") return calendarDate(written.year, written.month, written.day);
  if (written.form === "digits") {
    return verdict.readsDigits ? dateOfDigits(written.digits, verdict.date1904) : { ok: false, rule: "DAT-002" };
  }
  const { first, second, year } = written;
  if (verdict.order === "contradictory" && signOfNumeric(written) === "either") {
    return { ok: false, rule: "DAT-005", params: { evidence: dateEvidence(verdict) } };
  }
  return verdict.order === "month" ? calendarDate(year, first, second) : calendarDate(year, second, first);
}

/** The style that a column of dates comes nearest to. */
export function dateStyleOf({ order, readsDigits, signs }: DateVerdict): DateStyle {
  if (order === "month") return "mm-dd-yyyy";
  if (signs.count("dayFirst") + signs.count("either") > 0) return "dd-mm-yyyy";
  if (readsDigits) return signs.count("serial") >= signs.count("compact") ? "serial" : "yyyymmdd";
  return "yyyy-mm-dd";
}

/** What speaks for which order, with counts and rows, in no language. */
export function dateEvidence({ signs }: DateVerdict): string {
  return listEvidence(signs.present(TELLING).map((sign) => [DATE_EXAMPLES[sign] ?? sign, signs.of(sign)]));
}
