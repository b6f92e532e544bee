import type { Problem } from "../rules.ts";

/** What is wrong with the number of cells of a row; null when it fits. A row may have more than the header only when they are empty. */
export function widthProblem(cells: readonly string[], width: number): Problem | null {
  const fits =
    cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ""));
  if (fits) return null;
  return { rule: "FILE-008", column: null, value: null, params: { expected: width, found: cells.length } };
}
