/**
 * Printed decimals that are not rupiah: volumes, percentages, exchange rates. Exact texts, never floats. `1.234` may be a
 * thousand or a fraction; only the other numbers of its column can tell.
 */

/** The sign between whole and fraction. */
export type DecimalMark = "." | ",";

/** What a printed number says by itself. */
export type PrintedDecimal =
  /** One reading only; `mark` is the decimal mark that it proves, null when it proves none. */
  | { kind: "exact"; value: string; mark: DecimalMark | null }
  /** `1.234` or `1,234`: a fraction if the sign is the decimal mark, a thousand if it is not. */
  | { kind: "open"; sign: DecimalMark; fraction: string; thousand: string }
  | { kind: "none" };

const NONE: PrintedDecimal = { kind: "none" };
const OPEN = /^([1-9]\d{0,2})([.,])(\d{3})$/;
const POINT = /^(\d+)\.(\d+)$/;
const COMMA = /^(\d+),(\d+)$/;
/** Thousands in groups with or without a fraction behind the other sign. */
const DOT_GROUPS = /^([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/;
const COMMA_GROUPS = /^([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?$/;
const SPACE_GROUPS = /^([1-9]\d{0,2}(?: \d{3})+)(?:([.,])(\d+))?$/;

/** Reads `12`, `12.50`, `12,5`, `1.234,5`, `1,234.5`, `-3`, `(3)`, `85,87 %`. */
export function readDecimal(text: string): PrintedDecimal {
  let body = text
    .replace(/[\u00a0\u2007\u202f\t]/g, " ")
    .replace(/[\u2212\u2013]/g, "-")
    .trim()
    .replace(/\s*%$/, "");
  let negative = false;
  if (body.startsWith("(") && body.endsWith(")")) {
    negative = true;
    body = body.slice(1, -1).trim();
  } else if (body.startsWith("-")) {
    negative = true;
    body = body.slice(1).trim();
  }
  const exact = (whole: string, fraction: string, mark: DecimalMark | null): PrintedDecimal => {
    return { kind: "exact", value: canonical(negative, whole, fraction), mark };
  };

  if (/^\d+$/.test(body)) return exact(body, "", null);
  const open = OPEN.exec(body);
  if (open) {
    const [, whole = "", sign, rest = ""] = open;
    const thousand = canonical(negative, whole + rest, "");
    return { kind: "open", sign: sign as DecimalMark, fraction: canonical(negative, whole, rest), thousand };
  }
  const dots = DOT_GROUPS.exec(body);
  if (dots) return exact((dots[1] ?? "").replaceAll(".", ""), dots[2] ?? "", ",");
  const commas = COMMA_GROUPS.exec(body);
  if (commas) return exact((commas[1] ?? "").replaceAll(",", ""), commas[2] ?? "", ".");
  const point = POINT.exec(body);
  if (point) return exact(point[1] ?? "", point[2] ?? "", ".");
  const comma = COMMA.exec(body);
  if (comma) return exact(comma[1] ?? "", comma[2] ?? "", ",");
  const spaces = SPACE_GROUPS.exec(body);
  if (spaces) return exact((spaces[1] ?? "").replaceAll(" ", ""), spaces[3] ?? "", (spaces[2] as DecimalMark) ?? null);
  return NONE;
}

function canonical(negative: boolean, whole: string, fraction: string): string {
  const digits = whole.replace(/^0+(?=\d)/, "");
  const rest = fraction.replace(/0+$/, "");
  const value = rest === "" ? digits : `${digits}.${rest}`;
  return negative && /[1-9]/.test(value) ? `-${value}` : value;
}

/** What the numbers of a column prove together about their decimal mark. */
export class DecimalColumn {
  readonly #marks = new Set<DecimalMark>();

  see(printed: PrintedDecimal): void {
    if (printed.kind === "exact" && printed.mark !== null) this.#marks.add(printed.mark);
  }

  /** The value once the whole column was seen; null when it may be read in two ways. */
  value(printed: PrintedDecimal): string | null {
    if (printed.kind === "exact") return printed.value;
    const [mark] = this.#marks;
    if (printed.kind === "none" || this.#marks.size !== 1) return null;
    return printed.sign === mark ? printed.fraction : printed.thousand;
  }
}

/** A canonical decimal as an integer and its scale: `12.5` → 125, 1. */
export function scaled(value: string): { digits: bigint; scale: number } {
  const [whole = "0", fraction = ""] = value.split(".");
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}
