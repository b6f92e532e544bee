import { csvLine } from "../src/csv.ts";
import { type Language, translator } from "../src/i18n/index.ts";
import { formatShare } from "../src/money.ts";
import type { ReferenceRow } from "../src/tagging/index.ts";
import type { Column } from "./sheet.ts";
import { COLOURS } from "./styles.ts";
import { ReportWorkbook } from "./workbook.ts";
import { type WrittenWorkbook, writeWorkbook } from "./write.ts";

/** For whom a reference table is written: KRISNA splits the node into its levels, SPAN has segments. */
export const REFERENCE_SYSTEMS = ["krisna", "span"] as const;
export type ReferenceSystem = (typeof REFERENCE_SYSTEMS)[number];

const COLUMNS: Record<ReferenceSystem, readonly (readonly [name: string, width: number])[]> = {
  krisna: [
    ["tahun", 8],
    ["kdtema", 9],
    ["kdgiat", 9],
    ["kdoutput", 10],
    ["kdsuboutput", 13],
    ["kdkmpnen", 11],
    ["kode_lintas_program", 20],
    ["kelas", 16],
    ["intervensi", 30],
    ["porsi", 9],
    ["berita_acara", 20],
  ],
  span: [
    ["fiscal_year", 12],
    ["output_segment", 16],
    ["ro", 8],
    ["component", 12],
    ["reserve_segment", 17],
    ["theme", 20],
    ["class", 16],
    ["intervention", 30],
    ["share", 9],
    ["agreement", 20],
  ],
};

function cellsOf(row: ReferenceRow, system: ReferenceSystem): string[] {
  const [activity = "", output = "", ro = "", component = ""] = row.node.split(".");
  const [year, mark, share] = [String(row.fiscalYear), row.code ?? "", formatShare(row.share)];
  const [kind, agreement] = [row.class ?? "", row.agreement ?? ""];
  if (system === "krisna") {
    const theme = row.krisnaTheme ?? "";
    return [year, theme, activity, output, ro, component, mark, kind, row.intervention, share, agreement];
  }
  return [year, `${activity}${output}`, ro, component, mark, row.theme, kind, row.intervention, share, agreement];
}

/** The reference table as CSV. */
export function referenceCsv(rows: readonly ReferenceRow[], system: ReferenceSystem): string {
  const header = COLUMNS[system].map(([name]) => name);
  return `${[header, ...rows.map((row) => cellsOf(row, system))].map(csvLine).join("\r\n")}\r\n`;
}

/** Writes the reference table as a workbook; the header stands in the first row, codes are text. */
export function writeReferenceTable(
  rows: readonly ReferenceRow[],
  { system, year, language }: { system: ReferenceSystem; year: number; language: Language },
  file: string,
): Promise<WrittenWorkbook> {
  const t = translator(language);
  const book = new ReportWorkbook({
    title: t("tags.reference.title", { year }),
    subject: system,
    company: "Tandai",
    language,
    moment: new Date(Date.UTC(year, 0, 1)),
    notice: null,
    pageNumber: t("report.page"),
    exactNote: (address, amount) => t("report.note.digits", { address, amount }),
  });
  const sheet = book.sheet(system.toUpperCase(), COLOURS.navy);
  const columns = COLUMNS[system].map(([title, width]): Column => ({ title, format: "label", width }));
  const [, bottom] = sheet.table(columns, { numbers: false });
  for (const row of rows) sheet.line(cellsOf(row, system));
  sheet.freeze(bottom + 1, 1);
  sheet.filter(bottom, columns.length, bottom + Math.max(rows.length, 1));
  sheet.print({ repeat: [1, bottom], lastColumn: columns.length, lastRow: bottom + Math.max(rows.length, 1) });
  return writeWorkbook(book, file);
}
