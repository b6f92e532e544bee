import type { Value } from "./db.ts";

/** Rows as a JSON array of arrays. bigint is written as a JSON integer, which both engines read exactly within 64 bits. */
export function listJson(rows: readonly (readonly Value[])[]): string {
  return `[${rows.map((row) => `[${row.map(element).join(",")}]`).join(",")}]`;
}

function element(value: Value): string {
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
