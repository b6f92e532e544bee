import { formatNumber, formatRupiah } from "../../src/i18n/index.ts";
import { RANKING_LENGTH, RANKING_MINIMUM } from "../../src/reporting/ranking.ts";
import type { Figures, Measure, RankedSatker, SatkerRow } from "../../src/reporting/types.ts";
import { nameOf } from "../../src/reporting/wording.ts";
import { columnName, type Live, live } from "../cells.ts";
import type { CellValue, Column, Sheet } from "../sheet.ts";
import { absorptionCell } from "./columns.ts";
import { type Context, type TableRefs, writeTitles } from "./context.ts";
import { SATKER_ABSORPTION } from "./satkers.ts";

const LAST = 10;

/** Points of a heading with its table header, and of an ordinary row. */
const HEADING_HEIGHT = 70;
const ROW_HEIGHT = 18;

/** Ranges of the ranks, so that the quality sheet can look at their order. */
export interface RankingRefs {
  ranks: { sheet: Sheet; first: number; last: number }[];
}

/** Satkers at the top and at the bottom. Their figures and ranks are formulas over the full list. */
export function writeRanking(context: Context, satkers: TableRefs): RankingRefs {
  const { report, t, sheets } = context;
  const sheet = sheets.ranking;
  const lists = report.ranking;
  writeTitles(context, sheet, "ranking", LAST);
  sheet.row--;
  const minimumRow = sheet.row;
  const writer = new RankingWriter(context, sheet, satkers, sheet.at(8, minimumRow));
  sheet.widths(writer.columns.map(({ width }) => width));
  writer.minimum(minimumRow);
  const counts = {
    minimum: formatRupiah(RANKING_MINIMUM, t.language),
    ranked: formatNumber(lists.ranked, t.language),
    small: formatNumber(lists.small, t.language),
    without: formatNumber(lists.withoutPlan.length, t.language),
  };
  sheet.footnote(t("report.note.ranking", counts), LAST);
  sheet.row++;
  const start = sheet.row;
  writer.repeated = start - 1;
  writer.ranked("A", t("report.ranking.highest"), lists.highestAbsorption, "absorption");
  writer.ranked("B", t("report.ranking.lowest"), lists.lowestAbsorption, "absorption");
  writer.ranked("C", t("report.ranking.largest"), lists.largestRealization, "realization");
  writer.ranked("D", t("report.ranking.smallest"), lists.smallestRealization, "realization");
  writer.unranked("E", t("report.ranking.without-plan"), lists.withoutPlan);
  sheet.notes(LAST);
  sheet.freeze(start, 1);
  sheet.print({ repeat: [1, start - 1], lastColumn: LAST, lastRow: sheet.row - 1 });
  return { ranks: writer.ranks };
}

class RankingWriter {
  readonly ranks: RankingRefs["ranks"] = [];
  /** Last row that is repeated on every page. */
  repeated = 0;
  readonly columns: Column[];
  readonly #context: Context;
  readonly #sheet: Sheet;
  readonly #satkers: TableRefs;
  readonly #minimum: string;

  constructor(context: Context, sheet: Sheet, satkers: TableRefs, minimum: string) {
    const { t, amountWidth: width } = context;
    this.#context = context;
    this.#sheet = sheet;
    this.#satkers = satkers;
    this.#minimum = minimum;
    this.columns = [
      { title: t("report.column.rank"), format: "number", width: 10 },
      { title: t("report.column.code"), format: "code", width: 9 },
      { title: t("report.column.satker"), format: "text", width: 46 },
      { title: t("report.column.ministry-code"), format: "code", width: 7 },
      { title: t("report.column.ministry"), format: "text", width: 42 },
      { title: t("report.column.revised"), format: "rupiah", width },
      { title: t("report.column.budget"), format: "rupiah", width },
      { title: t("report.column.realization"), format: "rupiah", width },
      { title: t("report.column.remaining"), format: "rupiah", width, formula: "9=7-8" },
      { title: t("report.column.absorption"), format: "percent", width: 13, formula: "10=8/7" },
    ];
  }

  /** The minimum stands in a cell of its own: the ranks follow when it is changed. */
  minimum(row: number): void {
    const { book, t } = this.#context;
    this.#sheet.wordsAt(row, 1, t("report.ranking.minimum"), book.styles.words(10, { bold: true }), 7);
    this.#sheet.amountAt(row, 8, RANKING_MINIMUM);
    this.#sheet.row = row + 1;
  }

  ranked(letter: string, title: string, rows: readonly RankedSatker[], by: "absorption" | "realization"): void {
    this.#start(letter, title, rows.length);
    const first = this.#sheet.row;
    for (const row of rows) this.#sheet.line(this.#cells(row, this.#rank(row, by)));
    if (rows.length === 0) this.#none();
    else this.ranks.push({ sheet: this.#sheet, first, last: this.#sheet.row - 1 });
    this.#sheet.row++;
  }

  unranked(letter: string, title: string, rows: readonly SatkerRow[]): void {
    this.#start(letter, title, Math.min(rows.length, RANKING_LENGTH));
    for (const row of rows) this.#sheet.line(this.#cells(row, "–"));
    if (rows.length === 0) this.#none();
    this.#sheet.row++;
  }

  #start(letter: string, title: string, rows: number): void {
    this.#sheet.keepTogether(HEADING_HEIGHT + rows * ROW_HEIGHT, this.repeated);
    this.#sheet.heading(`${letter}. ${title}`, LAST);
    this.#sheet.table(this.columns, { setWidths: false });
  }

  #none(): void {
    const cells: CellValue[] = [null, null, this.#context.t("report.none")];
    this.#sheet.line([...cells, ...Array<null>(LAST - 3).fill(null)], { look: "aside" });
  }

  /** How many ranked satkers have more, plus one: ties share a rank. */
  #rank({ rank }: RankedSatker, by: "absorption" | "realization"): Live<bigint> {
    const { sheet, first, last, columns } = this.#satkers;
    const column = by === "absorption" ? SATKER_ABSORPTION : (columns.whole.realization ?? 0);
    const own = `${by === "absorption" ? "J" : "H"}${this.#sheet.row}`;
    const plan = sheet.span(columns.whole.budget ?? 0, first, last);
    return live(`SUMPRODUCT((${plan}>=${this.#minimum})*(${sheet.span(column, first, last)}>${own}))+1`, BigInt(rank));
  }

  #cells(satker: SatkerRow, rank: CellValue): CellValue[] {
    const { t } = this.#context;
    const row = this.#sheet.row;
    const { figures } = satker;
    return [
      rank,
      satker.code,
      nameOf(satker, t),
      satker.ministry.code,
      nameOf(satker.ministry, t),
      this.#lookUp("revised", figures, row),
      this.#lookUp("budget", figures, row),
      this.#lookUp("realization", figures, row),
      live(`G${row}-H${row}`, figures.budget - figures.realization),
      absorptionCell(figures, 7, 8, row),
    ];
  }

  #lookUp(measure: Measure, figures: Figures, row: number): Live<bigint> {
    const { sheet, first, last, key, columns } = this.#satkers;
    const amounts = sheet.span(columns.whole[measure] ?? 0, first, last);
    const codes = sheet.span(key, first, last);
    return live(`SUMIFS(${amounts},${codes},${columnName(2)}${row})`, figures[measure]);
  }
}
