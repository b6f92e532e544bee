import type { DataValidation, Style, Worksheet } from "exceljs";
import { type Language, type Translate, translator } from "../src/i18n/index.ts";
import type { Theme } from "../src/references/index.ts";
import {
  WORKSHEET_ACTIONS,
  WORKSHEET_COLUMNS,
  type WorksheetColumn,
  type WorksheetRow,
  worksheetCells,
} from "../src/tagging/worksheet.ts";
import { columnName, live, quoted } from "./cells.ts";
import type { CellValue, Column, Sheet } from "./sheet.ts";
import { COLOURS } from "./styles.ts";
import { ReportWorkbook } from "./workbook.ts";
import { type WrittenWorkbook, writeWorkbook } from "./write.ts";

/** Rows for outputs that planners add: splits, RO and komponen below what the list names. */
const FREE_ROWS = 200;

const WIDTHS: Record<WorksheetColumn, number> = {
  ...{ theme: 12, code: 17, name: 46, ministry: 10, marks: 10, allocation: 19, tag: 8, status: 13, agreement: 16 },
  ...{ suggestion: 30, intervention: 28, class: 13, share: 9, fiscal_year_from: 9, fiscal_year_to: 9 },
  ...{ evidence: 34, link: 24, action: 12, check: 26 },
};

/** Columns that planners fill; all others are locked. */
const FILLED: readonly WorksheetColumn[] = [
  ...(["intervention", "share", "fiscal_year_from", "fiscal_year_to", "evidence", "link", "action"] as const),
];

/** What a worksheet is about. */
export interface TagWorksheet {
  theme: Theme;
  year: number;
  rows: readonly WorksheetRow[];
  language: Language;
}

/**
 * Writes the outputs of a year with their tags as a workbook that planners fill: interventions and actions from lists,
 * shares and years within their limits, codes locked, and a check beside every row. A hidden row carries the names under
 * which the columns are read back.
 */
export async function writeTagWorksheet(work: TagWorksheet, file: string): Promise<WrittenWorkbook> {
  return writeWorkbook(await tagWorksheetBook(work), file);
}

/** The workbook of `writeTagWorksheet`, to be packed. */
export async function tagWorksheetBook(work: TagWorksheet): Promise<ReportWorkbook> {
  const t = translator(work.language);
  const theme = work.language === "id" ? work.theme.nameId : work.theme.nameEn;
  const book = new ReportWorkbook({
    title: t("tags.sheet.title", { theme, year: work.year }),
    subject: String(work.year),
    company: "Tandai",
    language: work.language,
    moment: new Date(Date.UTC(work.year, 0, 1)),
    notice: null,
    pageNumber: t("report.page"),
    exactNote: (address, amount) => t("report.note.digits", { address, amount }),
  });
  const sheet = book.sheet(t("tags.sheet.name"), COLOURS.navy);
  const choices = book.sheet(t("tags.sheet.choices"), COLOURS.green);
  writeChoices(choices, work, t);
  await new FillableSheet(sheet, choices.name, work, t).write(t("tags.sheet.title", { theme, year: work.year }));
  return book;
}

/** First row of the choices below their header. */
const FIRST_CHOICE = 5;

function writeChoices(sheet: Sheet, { theme, language }: TagWorksheet, t: Translate): void {
  const columns: Column[] = [
    { title: t("tags.sheet.intervention"), format: "label", width: 32 },
    { title: t("tags.sheet.class"), format: "label", width: 16 },
    { title: t("term.name"), format: "text", width: 70 },
  ];
  sheet.widths(columns.map(({ width }) => width));
  sheet.titles(t("tags.sheet.choices"), [language === "id" ? theme.nameId : theme.nameEn], columns.length);
  const [, bottom] = sheet.table(columns, { numbers: false });
  if (bottom + 1 !== FIRST_CHOICE) throw new Error(`choices begin in row ${bottom + 1}`);
  for (const { code, class: kind, nameId, nameEn } of theme.interventions)
    sheet.line([code, kind, language === "id" ? nameId : nameEn]);
  sheet.print({ repeat: [bottom, bottom], lastColumn: columns.length, lastRow: sheet.row - 1 });
}

/** The sheet with the outputs. */
class FillableSheet {
  readonly #sheet: Sheet;
  readonly #choices: string;
  readonly #work: TagWorksheet;
  readonly #t: Translate;
  readonly #open = new Map<Partial<Style>, Partial<Style>>();

  constructor(sheet: Sheet, choices: string, work: TagWorksheet, t: Translate) {
    this.#sheet = sheet;
    this.#choices = choices;
    this.#work = work;
    this.#t = t;
  }

  async write(title: string): Promise<void> {
    const sheet = this.#sheet;
    const last = WORKSHEET_COLUMNS.length;
    sheet.widths(WORKSHEET_COLUMNS.map((name) => WIDTHS[name]));
    sheet.titles(title, [this.#t("tags.sheet.how"), this.#t("tags.sheet.back")], last);
    const names = sheet.row++;
    const [, header] = sheet.table(this.#columns(), { numbers: false });
    const first = header + 1;
    const end = header + this.#work.rows.length + FREE_ROWS;
    for (const row of this.#work.rows) sheet.line(this.#cells(row, sheet.row, first, end));
    for (let free = 0; free < FREE_ROWS; free++) sheet.line(this.#cells(null, sheet.row, first, end));
    sheet.freeze(first, 4);
    sheet.filter(header, last, end);
    sheet.highlightOthers(this.#range("check", first, end), "OK");
    sheet.print({ repeat: [header, header], lastColumn: last, lastRow: end });
    await sheet.edit((raw) => this.#lock(raw, { names, first, end }));
  }

  #columns(): Column[] {
    return WORKSHEET_COLUMNS.map((name): Column => {
      const format = name === "allocation" ? "rupiah" : name === "share" ? "code" : name === "name" ? "text" : "label";
      const title = name === "name" ? this.#t("tags.sheet.name-of-output") : this.#t(`tags.sheet.${name}`);
      return { title, format, width: WIDTHS[name] };
    });
  }

  #cells(row: WorksheetRow | null, at: number, first: number, end: number): CellValue[] {
    const { theme, year } = this.#work;
    const said = row
      ? worksheetCells(row, theme.code, year)
      : { theme: theme.code, fiscal_year_from: String(year), fiscal_year_to: String(year) };
    const texts: Partial<Record<WorksheetColumn, string>> = said;
    return WORKSHEET_COLUMNS.map((name): CellValue => {
      if (name === "allocation") return row?.allocation ?? null;
      if (name === "class") return live(this.#classFormula(at), this.#classOf(row));
      if (name === "check") return live(this.#checkFormula(at, first, end), row?.tag ? "OK" : "");
      if (name === "status" && row?.tag) return this.#status(row.tag.status);
      const text = texts[name] ?? "";
      const isNumber = ["share", "fiscal_year_from", "fiscal_year_to"].includes(name) && text !== "";
      return isNumber ? Number(text) : text === "" ? null : text;
    });
  }

  #status(status: string): string {
    const known = ["identified", "proposed", "in-review", "agreed"] as const;
    const found = known.find((one) => one === status);
    return found ? this.#t(`tags.status.${found}`) : status;
  }

  #classOf(row: WorksheetRow | null): string {
    const found = this.#work.theme.interventions.find(({ code }) => code === row?.tag?.intervention);
    return found?.class ?? "";
  }

  #at(name: WorksheetColumn): string {
    return columnName(WORKSHEET_COLUMNS.indexOf(name) + 1);
  }

  #range(name: WorksheetColumn, first: number, end: number): string {
    return `${this.#at(name)}${first}:${this.#at(name)}${end}`;
  }

  #fixed(name: WorksheetColumn, first: number, end: number): string {
    return `$${this.#at(name)}$${first}:$${this.#at(name)}$${end}`;
  }

  /** Interventions of the other sheet, with their classes beside them. */
  #list(columns: string): string {
    const [from, to] = columns.split(":");
    const end = FIRST_CHOICE + this.#work.theme.interventions.length - 1;
    return `${quoted(this.#choices)}!$${from}$${FIRST_CHOICE}:$${to}$${end}`;
  }

  #classFormula(row: number): string {
    return `IFERROR(VLOOKUP(${this.#at("intervention")}${row},${this.#list("A:B")},2,FALSE),"")`;
  }

  /** What is wrong with a row before it is sent back: the same rules as on import, as far as a sheet can say. */
  #checkFormula(row: number, first: number, end: number): string {
    const cell = (name: WorksheetColumn) => `${this.#at(name)}${row}`;
    const text = (key: "needs-code" | "unknown" | "share" | "years" | "sum") =>
      `"${this.#t(`tags.sheet.check.${key}`)}"`;
    const sum = `SUMIF(${this.#fixed("code", first, end)},${cell("code")},${this.#fixed("share", first, end)})`;
    return [
      `IF(${cell("intervention")}="","",`,
      `IF(${cell("code")}="",${text("needs-code")},`,
      `IF(${cell("class")}="",${text("unknown")},`,
      `IF(AND(${cell("share")}<>"",OR(${cell("share")}<=0,${cell("share")}>100)),${text("share")},`,
      `IF(${cell("fiscal_year_to")}<${cell("fiscal_year_from")},${text("years")},`,
      `IF(${sum}>100,${text("sum")},"OK"))))))`,
    ].join("");
  }

  async #lock(raw: Worksheet, { names, first, end }: { names: number; first: number; end: number }): Promise<void> {
    WORKSHEET_COLUMNS.forEach((name, index) => {
      raw.getCell(names, index + 1).value = name;
    });
    raw.getRow(names).hidden = true;
    raw.getColumn(1).hidden = true;
    const free = end - FREE_ROWS;
    for (let row = first; row <= end; row++) {
      const open = row > free ? [...FILLED, "code" as const] : FILLED;
      for (const name of open) {
        const cell = raw.getCell(row, WORKSHEET_COLUMNS.indexOf(name) + 1);
        cell.style = this.#unlocked(cell.style);
      }
    }
    for (const [name, validation] of this.#validations()) {
      // exceljs takes ranges here; its types know single cells only.
      const cells = raw as unknown as { dataValidations: { add(range: string, rule: DataValidation): void } };
      cells.dataValidations.add(this.#range(name, first, end), validation);
    }
    await raw.protect("", {
      ...{ selectLockedCells: true, selectUnlockedCells: true, formatColumns: true, formatRows: true },
      ...{ sort: true, autoFilter: true },
    });
  }

  #unlocked(style: Partial<Style>): Partial<Style> {
    let open = this.#open.get(style);
    if (!open) {
      const paper = { type: "pattern", pattern: "solid", fgColor: { argb: "FFFFFBEB" } } as const;
      open = { ...style, fill: paper, protection: { locked: false } };
      this.#open.set(style, open);
    }
    return open;
  }

  #validations(): [WorksheetColumn, DataValidation][] {
    const t = this.#t;
    const stop = { showErrorMessage: true, errorStyle: "stop", errorTitle: "Tandai", allowBlank: true } as const;
    const years = { ...stop, type: "whole", operator: "between", formulae: [2005, 2099] } as const;
    return [
      ["intervention", { ...stop, type: "list", formulae: [this.#list("A:A")], error: t("tags.sheet.pick") }],
      [
        "action",
        { ...stop, type: "list", formulae: [`"${WORKSHEET_ACTIONS.join(",")}"`], error: t("tags.sheet.pick") },
      ],
      [
        "share",
        { ...stop, type: "decimal", operator: "between", formulae: [0.01, 100], error: t("tags.sheet.check.share") },
      ],
      ["fiscal_year_from", { ...years, formulae: [...years.formulae], error: t("tags.sheet.check.years") }],
      ["fiscal_year_to", { ...years, formulae: [...years.formulae], error: t("tags.sheet.check.years") }],
    ];
  }
}
