import type { Translate } from "../../i18n/index.ts";
import { AMOUNT_EXAMPLES, type AmountSign, type AmountVerdict, styleOf } from "./amount-profile.ts";
import type { ColumnVerdict } from "./column-formats.ts";
import { DATE_EXAMPLES, type DateSign, type DateVerdict, dateStyleOf } from "./date-profile.ts";
import { type Evidence, listRows } from "./evidence.ts";

/** Cells of one sort in a column. */
export interface SignReport extends Evidence {
  sign: AmountSign | DateSign;
  /** How such a cell looks; null for blank, plain and unreadable cells. */
  example: string | null;
  /** Whether these cells break what the column is decided to be, or cannot be decided. */
  contradicts: boolean;
}

/** How a column is written and what speaks for it, as plain data. */
export interface ColumnReport {
  column: string;
  kind: "amount" | "date";
  /** The style that the column is read by; null when some of its cells cannot be decided. */
  style: string | null;
  signs: SignReport[];
}

const AMOUNT_SIGNS: readonly AmountSign[] = [
  ...(Object.keys(AMOUNT_EXAMPLES) as AmountSign[]),
  "plain",
  "blank",
  "unreadable",
];
const DATE_SIGNS: readonly DateSign[] = [...(Object.keys(DATE_EXAMPLES) as DateSign[]), "blank", "unreadable"];

/** What the cells of a column say, ready to be stored and explained. */
export function columnReport({ column, ...found }: ColumnVerdict): ColumnReport {
  return found.kind === "amount"
    ? { column, kind: "amount", ...amountReport(found.verdict) }
    : { column, kind: "date", ...dateReport(found.verdict) };
}

type Report = Pick<ColumnReport, "style" | "signs">;

function amountReport(verdict: AmountVerdict): Report {
  const { dot, comma, signs } = verdict;
  const isOpen = (meaning: AmountVerdict["dot"]) => meaning === "contradictory" || meaning === "unknown";
  const undecided = (signs.count("dotOpen") > 0 && isOpen(dot)) || (signs.count("commaOpen") > 0 && isOpen(comma));
  const broken: Record<string, boolean> = {
    dotThousands: dot === "decimal",
    dotDecimal: dot === "thousands",
    dotOpen: dot !== "thousands",
    commaThousands: comma === "decimal",
    commaDecimal: comma === "thousands",
    commaOpen: comma !== "thousands",
  };
  return {
    style: undecided ? null : styleOf(verdict),
    signs: signs.present(AMOUNT_SIGNS).map((sign) => ({
      sign,
      example: AMOUNT_EXAMPLES[sign] ?? null,
      contradicts: broken[sign] ?? false,
      ...signs.of(sign),
    })),
  };
}

function dateReport(verdict: DateVerdict): Report {
  const { order, readsDigits, signs } = verdict;
  const broken: Partial<Record<DateSign, boolean>> = {
    dayFirst: order === "month",
    monthFirst: order !== "month",
    either: order === "contradictory",
    serial: !readsDigits,
    compact: !readsDigits,
  };
  return {
    style: order === "contradictory" && signs.count("either") > 0 ? null : dateStyleOf(verdict),
    signs: signs.present(DATE_SIGNS).map((sign) => ({
      sign,
      example: DATE_EXAMPLES[sign] ?? null,
      contradicts: broken[sign] ?? false,
      ...signs.of(sign),
    })),
  };
}

/** `Kolom amount: 998 sel dengan titik ribuan, 2 sel dengan titik desimal; bertentangan: baris 17, 23.` */
export function describeColumn({ column, style, signs }: ColumnReport, t: Translate): string {
  const told = signs.filter(({ example, sign }) => example !== null || sign === "unreadable");
  const parts = told.map(({ sign, cells }) => t(`format.sign.${sign}`, { cells }));
  const against = told.filter(({ contradicts }) => contradicts);
  const rows = against.map((sign) => listRows(sign)).join(", ");
  const verdict = style === null ? t("format.undecided") : t("format.readAs", { style });
  return t(against.length > 0 ? "format.columnAgainst" : "format.column", {
    column,
    parts: parts.length > 0 ? parts.join(", ") : t("format.plainOnly"),
    verdict,
    rows,
  });
}
