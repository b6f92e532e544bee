import { rupiahOf } from "../../money.ts";
import { type PointMark, type WrittenAmount, writtenAmount } from "../../written-amount.ts";
import type { AmountReading, AmountStyle } from "./amount-styles.ts";
import { decides, EvidenceCounter, listEvidence } from "./evidence.ts";

/** What a cell tells about how its column writes amounts. */
export type AmountSign =
  | "dotThousands"
  | "dotDecimal"
  | "commaThousands"
  | "commaDecimal"
  | "spaceThousands"
  | "quoteThousands"
  | "dotOpen"
  | "commaOpen"
  | "plain"
  | "blank"
  | "unreadable";

/** What each sign looks like, for people. */
export const AMOUNT_EXAMPLES: Partial<Record<AmountSign, string>> = {
  dotThousands: "1.234.567",
  dotDecimal: "1234567.89",
  commaThousands: "1,234,567",
  commaDecimal: "1234567,89",
  spaceThousands: "1 234 567",
  quoteThousands: "1'234'567",
  dotOpen: "1.234",
  commaOpen: "1,234",
};

const TELLING = Object.keys(AMOUNT_EXAMPLES) as AmountSign[];

/**
 * What a mark means in a column: `thousands` or `decimal` where the cells say so; `foreign` where they show that the
 * column writes otherwise; `contradictory` where they say both or only doubtful cells speak; `unknown` where nothing speaks
 * but the doubtful cells themselves.
 */
export type MarkMeaning = "thousands" | "decimal" | "foreign" | "contradictory" | "unknown";

/** How a column of rupiah is written, as far as its cells tell. */
export interface AmountVerdict {
  dot: MarkMeaning;
  comma: MarkMeaning;
  /** Counts and first rows of every sign in the column. */
  signs: EvidenceCounter<AmountSign>;
  /** The signs that decided: those of the column, or of its family where the column itself leaves all open. */
  heard: EvidenceCounter<AmountSign>;
}

const DIGITS = /^\d+$/;

/** Collects how the amounts of a column are written, cell by cell as they stream by. */
export class AmountProfile {
  readonly signs = new EvidenceCounter<AmountSign>();

  add(row: number, text: string): void {
    if (DIGITS.test(text)) {
      this.signs.add("plain", row);
      return;
    }
    for (const sign of signsOf(text)) this.signs.add(sign, row);
  }

  /**
   * The verdict on the column.
   *
   * @param family other columns of rupiah that the same program wrote: they settle what this one leaves open
   */
  verdict(family: readonly AmountProfile[] = []): AmountVerdict {
    const speaks = PROOFS.some((sign) => this.signs.count(sign) > 0);
    const heard = speaks ? this.signs : EvidenceCounter.merged([this, ...family].map(({ signs }) => signs));
    return { ...meanings(heard), signs: this.signs, heard };
  }
}

/** Signs that leave no doubt. */
const PROOFS: readonly AmountSign[] = [
  "dotThousands",
  "dotDecimal",
  "commaThousands",
  "commaDecimal",
  "spaceThousands",
  "quoteThousands",
];

function signsOf(text: string): AmountSign[] {
  const written = writtenAmount(text);
  if (written === "AMT-001") return ["blank"];
  if (typeof written === "string") return ["unreadable"];
  const { thousands, point, open } = written;
  if (open) return [open === "." ? "dotOpen" : "commaOpen"];
  const signs: AmountSign[] = [];
  if (thousands) signs.push(THOUSANDS_SIGNS[thousands]);
  if (point) signs.push(point === "." ? "dotDecimal" : "commaDecimal");
  return signs.length > 0 ? signs : ["plain"];
}

const THOUSANDS_SIGNS = {
  ".": "dotThousands",
  ",": "commaThousands",
  " ": "spaceThousands",
  "'": "quoteThousands",
} as const;

/**
 * What dot and comma mean. A mark means what the cells that leave no doubt say it means. Where none speaks of a mark,
 * the other one may: it cannot have the same meaning. Where nothing speaks at all, a dot groups thousands as everywhere in
 * Indonesia, and a comma stays unknown.
 */
function meanings(signs: EvidenceCounter<AmountSign>): { dot: MarkMeaning; comma: MarkMeaning } {
  const count = (sign: AmountSign) => signs.count(sign);
  const dots = count("dotThousands");
  const commas = count("commaThousands");
  let dot = proven(dots, count("dotDecimal"));
  let comma = proven(commas, count("commaDecimal"));
  if (dot === "thousands" && comma === "thousands") {
    // Two ways to group in one column: the home way stays, but a doubtful comma is not decided by either.
    if (decides(commas, dots)) dot = "decimal";
    else comma = decides(dots, commas) ? "decimal" : "contradictory";
  }
  return { dot: dot ?? openDot(comma, signs), comma: comma ?? openComma(dot, signs) };
}

function proven(thousands: number, decimal: number): MarkMeaning | null {
  if (thousands + decimal === 0) return null;
  if (decides(thousands, decimal)) return "thousands";
  return decides(decimal, thousands) ? "decimal" : "contradictory";
}

function openDot(comma: MarkMeaning | null, signs: EvidenceCounter<AmountSign>): MarkMeaning {
  if (comma === "decimal") return "thousands";
  const against = OTHER_THOUSANDS.reduce((sum, sign) => sum + signs.count(sign), signs.count("commaThousands"));
  if (decides(against, signs.count("dotOpen"))) return "foreign";
  return against + signs.count("commaOpen") > 0 ? "contradictory" : "thousands";
}

const OTHER_THOUSANDS = ["spaceThousands", "quoteThousands"] as const;

function openComma(dot: MarkMeaning | null, signs: EvidenceCounter<AmountSign>): MarkMeaning {
  if (dot === "decimal") return "thousands";
  const against = OTHER_THOUSANDS.reduce((sum, sign) => sum + signs.count(sign), signs.count("dotThousands"));
  if (decides(against, signs.count("commaOpen"))) return "foreign";
  return against + signs.count("dotOpen") > 0 ? "contradictory" : "unknown";
}

/**
 * Reads a cell as its column writes amounts. What can be read in one way only is read so, unless it breaks what the column
 * is decided to be; `1.234` and `1,234` are what the column says.
 *
 * @returns whole rupiah, or AMT-001 … 006, AMT-007 (written otherwise than its column), AMT-008 (the column contradicts itself)
 */
export function readByVerdict(text: string, verdict: AmountVerdict): AmountReading {
  const written = writtenAmount(text);
  if (typeof written === "string") return { ok: false, rule: written };
  const { whole, decimals, negative, open } = written;
  if (open !== null) return readOpen(written, open, verdict);
  if (breaks(written, verdict)) return { ok: false, rule: "AMT-007", params: { style: styleOf(verdict) } };
  // Four zeros, as a database prints money, are decimals where the column says so; three may be a group.
  const decided = (written.point === "." ? verdict.dot : verdict.comma) === "decimal";
  if (/^0{0,2}$/.test(decimals) || (decided && decimals === "0000")) return rupiahOf(whole, negative);
  return { ok: false, rule: decimals.length <= 4 ? "AMT-004" : "AMT-003" };
}

function readOpen(
  { whole, decimals, negative }: WrittenAmount,
  open: PointMark,
  verdict: AmountVerdict,
): AmountReading {
  const meaning = open === "." ? verdict.dot : verdict.comma;
  if (meaning === "thousands") return rupiahOf(whole + decimals, negative);
  if (meaning === "unknown") return { ok: false, rule: "AMT-006" };
  if (meaning === "foreign") return { ok: false, rule: "AMT-007", params: { style: styleOf(verdict) } };
  // Three zeros behind a decimal point could as well be a group that somebody typed.
  if (meaning === "decimal" && decimals !== "000") return { ok: false, rule: "AMT-004" };
  return { ok: false, rule: "AMT-008", params: { evidence: amountEvidence(verdict) } };
}

function breaks({ thousands, point }: WrittenAmount, { dot, comma }: AmountVerdict): boolean {
  const used = (mark: PointMark) => (thousands === mark ? "thousands" : point === mark ? "decimal" : null);
  const against = (mark: PointMark, meaning: MarkMeaning) => {
    const use = used(mark);
    return use !== null && (meaning === "thousands" || meaning === "decimal") && use !== meaning;
  };
  return against(".", dot) || against(",", comma);
}

/** The style that a decided column comes nearest to. */
export function styleOf({ dot, comma, heard }: AmountVerdict): AmountStyle {
  const commas = heard.count("commaThousands") + heard.count("commaOpen");
  if (comma === "thousands" && commas > 0) return "1,234,567.89";
  if (heard.count("dotThousands") > 0 && dot === "thousands") return "1.234.567,89";
  if (heard.count("spaceThousands") > 0) return dot === "decimal" ? "1 234 567.89" : "1 234 567,89";
  if (heard.count("quoteThousands") > 0) return "1'234'567.89";
  return dot === "decimal" ? "1234567.89" : "1.234.567,89";
}

/** What speaks for which meaning, with counts and rows, in no language. */
export function amountEvidence({ heard }: AmountVerdict): string {
  return listEvidence(heard.present(TELLING).map((sign) => [AMOUNT_EXAMPLES[sign] ?? sign, heard.of(sign)]));
}
