/**
 * How a printed amount is written: its sign, its digits, and which mark separates thousands or decimals. What the
 * marks of `1.234` mean cannot be seen in that cell; whoever reads it must know the column.
 */

/** Why a printed amount was refused; each is a rule of the catalogue. */
export type AmountProblem = "AMT-001" | "AMT-002" | "AMT-003" | "AMT-004" | "AMT-005" | "AMT-006";

/** A mark that may stand between groups of thousands. */
export type ThousandsMark = "." | "," | " " | "'";

/** A mark that may stand before decimals; only these two can be mistaken for one another. */
export type PointMark = "." | ",";

/** A printed amount taken apart. */
export interface WrittenAmount {
  negative: boolean;
  /** Digits of the whole part without grouping. */
  whole: string;
  /** Digits after the decimal point; "" when there are none. */
  decimals: string;
  /** The mark that certainly groups thousands; null where nothing is grouped or it is open. */
  thousands: ThousandsMark | null;
  /** The mark that certainly begins the decimals. */
  point: PointMark | null;
  /** The mark of `1.234` or `1,234`: thousands (1234) or a decimal point; `whole` and `decimals` are what stands around it. */
  open: PointMark | null;
}

const PLAIN = /^\d+$/;
// Grouped thousands never begin with a zero: 0.123 is a fraction, not 123.
const DOTTED = /^[1-9]\d{0,2}(\.\d{3})+$/;
const SPACED = /^[1-9]\d{0,2}( \d{3})+$/;
const QUOTED = /^[1-9]\d{0,2}('\d{3})+$/;
const COMMAED = /^[1-9]\d{0,2}(,\d{3})+$/;
const OPEN = /^([1-9]\d{0,2})([.,])(\d{3})$/;
const SCIENTIFIC = /^\d+([.,]\d+)?e[+-]?\d+$/i;

/** Takes a printed amount apart, or names the rule it breaks. */
export function writtenAmount(text: string): WrittenAmount | AmountProblem {
  const { body, negative } = unsigned(text);
  if (negative === null) return body === "" ? "AMT-001" : "AMT-002";
  // `6.776.000,-` says that there are no cents.
  const parts = partsOf(body.replace(/([.,]) ?-$/, "$100"));
  return typeof parts === "string" ? parts : { negative, ...parts };
}

/** The text without sign, parentheses and currency; `negative` is null when nothing is left or two signs contradict. */
function unsigned(text: string): { body: string; negative: boolean | null } {
  let body = text
    .replace(/[\u00a0\u2007\u2009\u202f\t]/g, " ")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/[\u2019\u02bc]/g, "'")
    .trim();
  if (body === "") return { body, negative: null };
  let negative = false;
  if (body.startsWith("(") && body.endsWith(")")) {
    negative = true;
    body = body.slice(1, -1).trim();
  }
  body = body.replace(/^(-?)\s*(?:rp\.?|idr)\s*/i, "$1").replace(/(\d)\s*idr$/i, "$1");
  const leading = /^[+-]/.test(body);
  const trailing = /\d\s*-$/.test(body);
  if ((leading && (negative || trailing)) || (trailing && negative)) return { body, negative: null };
  if (leading) {
    negative = body.startsWith("-");
    body = body.slice(1).trim();
  } else if (trailing) {
    negative = true;
    body = body.slice(0, -1).trim();
  }
  return { body, negative };
}

type Parts = Omit<WrittenAmount, "negative">;

function partsOf(body: string): Parts | AmountProblem {
  if (PLAIN.test(body)) return whole(body, null);
  if (SCIENTIFIC.test(body)) return "AMT-006";
  const open = OPEN.exec(body);
  if (open) {
    const [, before = "", mark, after = ""] = open;
    return { whole: before, decimals: after, thousands: null, point: null, open: mark === "." ? "." : "," };
  }
  const grouped = thousandsMarkOf(body);
  if (grouped) return whole(body, grouped);
  const tail = /[.,](\d+)$/.exec(body);
  if (!tail || !/^[\d., ']+$/.test(body)) return "AMT-002";
  // What follows the last mark is not a group of thousands, so it can only be decimals.
  const point = body.charAt(tail.index) === "." ? "." : ",";
  const before = body.slice(0, tail.index);
  const mark = thousandsMarkOf(before);
  if (mark === point || (mark === null && !PLAIN.test(before))) return "AMT-003";
  return { ...whole(before, mark), decimals: tail[1] ?? "", point };
}

function whole(body: string, thousands: ThousandsMark | null): Parts {
  return { whole: body.replace(/[., ']/g, ""), decimals: "", thousands, point: null, open: null };
}

/** The mark that groups the thousands of a whole number; null when it is not grouped properly. */
function thousandsMarkOf(body: string): ThousandsMark | null {
  if (DOTTED.test(body)) return ".";
  if (COMMAED.test(body)) return ",";
  if (SPACED.test(body)) return " ";
  return QUOTED.test(body) ? "'" : null;
}
