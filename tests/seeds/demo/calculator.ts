/** A second, independent reading of the written demonstration: plain text in, sums out, nothing shared with the generator. */

import { readFileSync } from "node:fs";

/** A CSV as objects; quotes occur only around whole fields. */
export function readTable(path: string): Record<string, string>[] {
  const [header = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const columns = header.split(",");
  return lines.map((line) => {
    const cells = line.includes('"')
      ? [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? "")
      : line.split(",");
    if (cells.length !== columns.length) throw new Error(`${path}: ${line}`);
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""]));
  });
}

export interface TagRow {
  code: string;
  class: string;
  intervention: string;
  /** Hundredths of a percent. */
  share: number;
}

export type TagsByYear = Map<number, Map<string, TagRow[]>>;

/** The tags in force in each year, by node. */
export function tagsByYear(tables: Record<string, string>[][]): TagsByYear {
  const years: TagsByYear = new Map();
  for (const row of tables.flat()) {
    for (let year = Number(row.fiscal_year_from); year <= Number(row.fiscal_year_to); year++) {
      const nodes = years.get(year) ?? new Map<string, TagRow[]>();
      years.set(year, nodes);
      const [whole = "", part = ""] = (row.share ?? "").split(".");
      nodes.set(row.code ?? "", [
        ...(nodes.get(row.code ?? "") ?? []),
        {
          code: row.code ?? "",
          class: row.class ?? "",
          intervention: row.intervention ?? "",
          share: Number(whole) * 100 + Number(part.padEnd(2, "0")),
        },
      ]);
    }
  }
  return years;
}

export type Place = { kind: "tagged"; tags: TagRow[] } | { kind: "needs-ro" } | { kind: "untagged" };

/** Closest tag wins; a 12-segment code whose output is tagged only below it needs the RO. */
export function placeOf(code: string, tags: Map<string, TagRow[]>): Place {
  const segments = code.split(".");
  const activity = segments[4]?.slice(0, 4) ?? "";
  const output = `${activity}.${segments[4]?.slice(4)}`;
  const deep = segments.length === 16 ? [`${output}.${segments[12]}.${segments[13]}`, `${output}.${segments[12]}`] : [];
  for (const node of [...deep, output, activity]) {
    const found = tags.get(node);
    if (found) return { kind: "tagged", tags: found };
  }
  const below = segments.length === 12 && [...tags.keys()].some((node) => node.startsWith(`${output}.`));
  return { kind: below ? "needs-ro" : "untagged" };
}

/** Adds amounts by key. */
export class Sums {
  readonly #sums = new Map<string, bigint>();

  add(key: string, amount: bigint): void {
    this.#sums.set(key, (this.#sums.get(key) ?? 0n) + amount);
  }

  get(key: string): bigint {
    return this.#sums.get(key) ?? 0n;
  }

  keys(): string[] {
    return [...this.#sums.keys()];
  }
}

/** a ÷ b as a number of thousandths, for comparisons with a tolerance. */
export function thousandths(a: bigint, b: bigint): number {
  return Number((a * 1000n) / b);
}
