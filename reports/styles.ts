import type { Alignment, Borders, Fill, Font, Style } from "exceljs";

/** What a cell holds, which decides its number format and alignment; `label` is text on one line. */
export type CellFormat = "text" | "label" | "code" | "number" | "rupiah" | "percent" | "count" | "date" | "month";

/** What a row is, which decides its weight and colour; `bulk` rows are many and small, `flagged` cells of them stand out. */
export type RowLook = "plain" | "subtotal" | "total" | "aside" | "bulk" | "flagged";

/** Ink and paper of the workbook: the dark blue of the ministry, greys, and amber for what must not be overlooked. */
export const COLOURS = {
  navy: "FF17375E",
  blue: "FFDCE6F1",
  pale: "FFF2F5FA",
  line: "FFB7C3D3",
  grey: "FF595959",
  amber: "FFFFE699",
  red: "FFC00000",
  green: "FF2E7D32",
  link: "FF1F4E9E",
  white: "FFFFFFFF",
} as const;

export const FONT = "Arial";

/** Excel prints the comma as the dot of the Indonesian locale; negative amounts are red and keep their sign. */
export const RUPIAH_FORMAT = "#,##0;[Red]-#,##0";
export const PERCENT_FORMAT = "0.0%;[Red]-0.0%";

/** Month names in the language of the report and not in that of the reader's computer. */
const MONTH_FORMATS = { id: "[$-421]mmmm\\ yyyy", en: "[$-809]mmmm\\ yyyy" } as const;

const EDGE = { style: "thin", color: { argb: COLOURS.line } } as const;
const BOX: Partial<Borders> = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE };

function solid(argb: string): Fill {
  return { type: "pattern", pattern: "solid", fgColor: { argb } };
}

function font(size: number, more: Partial<Font> = {}): Partial<Font> {
  return { name: FONT, size, family: 2, ...more };
}

const LOOKS: Record<RowLook, { font: Partial<Font>; fill: Fill | null }> = {
  plain: { font: font(10), fill: null },
  subtotal: { font: font(10, { bold: true }), fill: solid(COLOURS.pale) },
  total: { font: font(10, { bold: true }), fill: solid(COLOURS.blue) },
  aside: { font: font(10, { italic: true, color: { argb: COLOURS.grey } }), fill: null },
  bulk: { font: font(9), fill: null },
  flagged: { font: font(9), fill: solid(COLOURS.amber) },
};

const ALIGNMENTS: Record<CellFormat, Partial<Alignment>> = {
  text: { horizontal: "left", vertical: "middle", wrapText: true },
  label: { horizontal: "left", vertical: "middle" },
  code: { horizontal: "center", vertical: "middle" },
  number: { horizontal: "center", vertical: "middle" },
  rupiah: { horizontal: "right", vertical: "middle" },
  percent: { horizontal: "right", vertical: "middle" },
  count: { horizontal: "right", vertical: "middle" },
  date: { horizontal: "center", vertical: "middle" },
  month: { horizontal: "left", vertical: "middle" },
};

function numberFormat(format: CellFormat, language: "id" | "en"): string | null {
  if (format === "rupiah" || format === "count") return RUPIAH_FORMAT;
  if (format === "percent") return PERCENT_FORMAT;
  if (format === "date") return "dd\\-mm\\-yyyy";
  if (format === "month") return MONTH_FORMATS[language];
  return format === "number" ? "0" : "@";
}

/** The styles of one workbook. Each is made once: exceljs is quick only when cells share their style objects. */
export class Styles {
  readonly #language: "id" | "en";
  readonly #cells = new Map<string, Partial<Style>>();

  readonly title: Partial<Style> = {
    font: font(14, { bold: true, color: { argb: COLOURS.navy } }),
    alignment: { vertical: "middle" },
  };
  readonly subtitle: Partial<Style> = { font: font(11, { bold: true }), alignment: { vertical: "middle" } };
  readonly source: Partial<Style> = {
    font: font(9, { color: { argb: COLOURS.grey } }),
    alignment: { vertical: "middle" },
  };
  readonly notice: Partial<Style> = {
    font: font(10, { bold: true, color: { argb: COLOURS.red } }),
    fill: solid(COLOURS.amber),
    alignment: { vertical: "middle" },
  };
  readonly heading: Partial<Style> = {
    font: font(11, { bold: true, color: { argb: COLOURS.navy } }),
    alignment: { vertical: "middle" },
    border: { bottom: { style: "medium", color: { argb: COLOURS.navy } } },
  };
  readonly header: Partial<Style> = {
    font: font(10, { bold: true, color: { argb: COLOURS.white } }),
    fill: solid(COLOURS.navy),
    border: BOX,
    alignment: { horizontal: "center", vertical: "middle", wrapText: true },
  };
  readonly columnNumber: Partial<Style> = {
    font: font(8, { italic: true, color: { argb: COLOURS.grey } }),
    fill: solid(COLOURS.pale),
    border: BOX,
    alignment: { horizontal: "center", vertical: "middle" },
  };
  readonly paragraph: Partial<Style> = {
    font: font(10),
    alignment: { horizontal: "left", vertical: "top", wrapText: true },
  };
  readonly footnote: Partial<Style> = {
    font: font(9, { italic: true, color: { argb: COLOURS.grey } }),
    alignment: { horizontal: "left", vertical: "top", wrapText: true },
  };
  readonly link: Partial<Style> = {
    font: font(10, { underline: true, color: { argb: COLOURS.link } }),
    alignment: { horizontal: "left", vertical: "middle" },
  };

  readonly counted: Partial<Style> = {
    font: font(10),
    alignment: { horizontal: "left", vertical: "middle" },
    numFmt: RUPIAH_FORMAT,
  };
  readonly rule: Partial<Style> = { border: { bottom: { style: "double", color: { argb: COLOURS.navy } } } };
  readonly blank: Partial<Style> = {
    font: font(10),
    border: { bottom: { style: "dotted", color: { argb: COLOURS.grey } } },
  };

  constructor(language: "id" | "en") {
    this.#language = language;
  }

  /** A cell of a table. `asText` keeps the alignment of the column for an amount that had to be written as text. */
  cell(format: CellFormat, look: RowLook, indent = 0, asText = false): Partial<Style> {
    const key = `${format} ${look} ${indent} ${asText}`;
    let style = this.#cells.get(key);
    if (!style) {
      const { font: ink, fill } = LOOKS[look];
      const numFmt = asText ? "@" : numberFormat(format, this.#language);
      const alignment = { ...ALIGNMENTS[format], ...(indent > 0 ? { indent } : {}) };
      style = {
        font: ink,
        alignment,
        border: BOX,
        ...(fill ? { fill } : {}),
        ...(numFmt ? { numFmt } : {}),
      };
      this.#cells.set(key, style);
    }
    return style;
  }

  /** Plain text of the cover: any size and weight, centred or not. */
  words(
    size: number,
    more: Partial<Font> = {},
    horizontal: "left" | "center" = "left",
    vertical: "top" | "middle" = "middle",
  ): Partial<Style> {
    return { font: font(size, more), alignment: { horizontal, vertical, wrapText: true } };
  }
}
