import type { TableRow } from "../readers/csv-parser.ts";
import { CODE_COLUMNS, headerCell, MEASURES, REMAINING } from "../sakti/fa-detail-columns.ts";
import { FaDetailReader } from "../sakti/fa-detail-reader.ts";
import { titleFacts } from "../title-facts.ts";
import type { Heading, ReportLayout } from "../types.ts";

/** Rows that the header may take, the cells of a measure standing in any of them. */
const HEADER_ROWS = 3;

/** Names of the header that must be found before a file is taken for this report with columns missing. */
const RECOGNISED_BY = 3;

/**
 * SAKTI "Laporan FA Detail (16 Segmen)" (GLP039), workbook or `;` CSV: one satker, an outline of program, activity, KRO, RO,
 * komponen, subkomponen, account and item whose sums stand above their parts, `JUMLAH SELURUHNYA` first. Titles say satker,
 * ministry and period. It does not state KPPN, fund, authority and location, nor which revision its budget is.
 */
export const saktiFaDetail: ReportLayout<"budget-and-realization"> = {
  id: "sakti-fa-detail",
  kind: "budget-and-realization",
  required: MEASURES,
  optional: [...CODE_COLUMNS.map(({ name }) => name), REMAINING],
  amountColumn: "pagu revisi",
  written: { amounts: [...MEASURES, REMAINING], dates: [] },
  yearIn: "titles",
  usesSatkers: true,
  recognise,
  facts: titleFacts,
  report: (context, columnOf) => new FaDetailReader(context, columnOf),
};

function recognise(head: readonly TableRow[]): Heading | null {
  for (const start of head.keys()) {
    const rows = head.slice(start, start + HEADER_ROWS);
    const columns: string[] = [];
    let last = 0;
    for (const [offset, { cells }] of rows.entries()) {
      for (const [column, cell] of cells.entries()) {
        const name = headerCell(cell);
        if (name === null || columns.includes(name)) continue;
        columns[column] = name;
        last = offset;
      }
    }
    // The header begins with the budget; what is found from later rows on would be half of it.
    if (!(rows[0]?.cells ?? []).some((cell) => headerCell(cell) !== null)) continue;
    const missing = MEASURES.filter((name) => !columns.includes(name));
    if (MEASURES.length - missing.length < RECOGNISED_BY) continue;
    for (const { name, column } of CODE_COLUMNS) columns[column] = name;
    return { at: start + last, columns: Array.from(columns, (name) => name ?? ""), missing: [...missing] };
  }
  return null;
}
