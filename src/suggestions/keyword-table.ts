import { CsvParser } from "../extracts/index.ts";
import type { WrittenKeyword } from "./keyword-rules.ts";

/** Columns of a keyword list as a file, in their order. */
export const KEYWORD_COLUMNS = [
  "theme",
  "intervention",
  "kind",
  "language",
  "term",
  "weight",
  "ministries",
  "note",
] as const;

/** Without these a table is no keyword list. */
const REQUIRED = ["theme", "term"] as const;

/**
 * The keywords of a CSV text with a header, with the rows in which a person finds them; null when columns are missing. Where
 * decimals have commas, spreadsheets write semicolons.
 */
export function keywordsOfText(text: string): { row: number; keyword: WrittenKeyword }[] | null {
  const body = text.replace(/^\uFEFF/, "");
  const [firstLine = ""] = body.split("\n", 1);
  const parser = new CsvParser(firstLine.includes(";") ? ";" : ",");
  const [header, ...rows] = [...parser.push(body), ...parser.finish()];
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  if (REQUIRED.some((column) => !names.includes(column))) return null;
  const place = Object.fromEntries(KEYWORD_COLUMNS.map((column) => [column, names.indexOf(column)]));
  return rows
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""))
    .map(({ row, cells }) => {
      const keyword = Object.fromEntries(KEYWORD_COLUMNS.map((column) => [column, cells[place[column] ?? -1] ?? ""]));
      return { row, keyword: keyword as unknown as WrittenKeyword };
    });
}
