/** The tags of the stunting theme: which nodes carry which interventions in which years, and what they touch. */

import { formatShare } from "../../src/money.ts";
import { LAST_YEAR, type Output, YEARS } from "./catalogue.ts";
import { csvField } from "./csv.ts";
import { sharesText, taggedNode } from "./programme.ts";
import { Random } from "./random.ts";
import type { ReferenceLists } from "./references.ts";

/** One tagged node of a year; all outputs of the node agree on the shares. */
interface Tag {
  node: string;
  output: Output;
}

/** How a printed code meets the tags: touched by one, not splittable for want of the RO, or not touched. */
export type Touch = "tagged" | "needs-ro" | "untagged";

/** Some nodes are agreed for all years of a structure at once; the share of them, in thousandths. */
const RANGED = 350;

/** First years of the two code structures and how far a tag may reach from there. */
const RANGES: ReadonlyMap<number, number> = new Map([
  [2018, 2020],
  [2021, LAST_YEAR],
]);

function tagsOf(year: number, outputs: readonly Output[]): Map<string, Tag> {
  const tags = new Map<string, Tag>();
  for (const output of outputs) {
    const node = taggedNode(year, output);
    if (node === null) continue;
    const other = tags.get(node);
    if (other && sharesText(other.output) !== sharesText(output)) {
      throw new Error(`${year} ${node}: ${output.name} and ${other.output.name} differ in their shares`);
    }
    if (!other) tags.set(node, { node, output });
  }
  return tags;
}

/** The tagged nodes of one fiscal year, to find what a printed code meets. */
export class TaggedNodes {
  readonly #nodes: ReadonlySet<string>;
  readonly #splitOutputs: ReadonlySet<string>;

  constructor(year: number, outputs: readonly Output[]) {
    this.#nodes = new Set(tagsOf(year, outputs).keys());
    this.#splitOutputs = new Set(
      [...this.#nodes].filter((node) => node.split(".").length > 2).map((node) => node.split(".", 2).join(".")),
    );
  }

  /** The closest level wins: component, RO, output, activity. Codes of 12 segments have neither RO nor component. */
  touch(activity: string, output: string, ro: string | null, component: string | null): Touch {
    const node = `${activity}.${output}`;
    if (ro !== null && component !== null && this.#nodes.has(`${node}.${ro}.${component}`)) return "tagged";
    if (ro !== null && this.#nodes.has(`${node}.${ro}`)) return "tagged";
    if (this.#nodes.has(node) || this.#nodes.has(activity)) return "tagged";
    return ro === null && this.#splitOutputs.has(node) ? "needs-ro" : "untagged";
  }
}

export const TAGS_HEADER = "theme,fiscal_year_from,fiscal_year_to,code,class,intervention,share,evidence";

function evidence(year: number, tag: Tag, intervention: string, references: ReferenceLists): string {
  const ministry = references.ministries.get(tag.output.ministry) ?? tag.output.ministry;
  const named =
    tag.output.level === "activity"
      ? `kegiatan ${references.activity(tag.output.activity).name}`
      : `keluaran ${tag.output.name}`;
  const aim = references.intervention(intervention).name;
  return `Renja K/L ${year} ${ministry} memuat ${named} untuk ${aim} (demonstrasi).`;
}

/**
 * Rows of the layout `tags` by the fiscal year of their file. A node that keeps code and shares to the end of its
 * structure may be printed once, with a range of years, in the first year's file.
 */
export function tagRows(outputs: readonly Output[], references: ReferenceLists, seed: number): Map<number, string[]> {
  const byYear = new Map(YEARS.map((year) => [year, tagsOf(year, outputs)]));
  const settled = new Set<string>();
  const files = new Map<number, string[]>();
  for (const [year, tags] of byYear) {
    const rows: string[] = [];
    for (const tag of [...tags.values()].sort((a, b) => (a.node < b.node ? -1 : 1))) {
      if (settled.has(`${year} ${tag.node}`)) continue;
      const until = reach(year, tag, byYear, seed);
      for (let later = year; later <= until; later++) settled.add(`${later} ${tag.node}`);
      for (const share of tag.output.shares) {
        rows.push(
          [
            "stunting",
            year,
            until,
            tag.node,
            references.intervention(share.intervention).class,
            share.intervention,
            formatShare(share.points),
            csvField(evidence(year, tag, share.intervention, references)),
          ].join(","),
        );
      }
    }
    files.set(year, rows);
  }
  return files;
}

/** The last year that a tag printed in a year's file reaches. */
function reach(year: number, tag: Tag, byYear: ReadonlyMap<number, Map<string, Tag>>, seed: number): number {
  const end = RANGES.get(year);
  if (end === undefined || !new Random(seed, `tag ${year} ${tag.node}`).chance(RANGED)) return year;
  for (let later = year + 1; later <= end; later++) {
    const same = byYear.get(later)?.get(tag.node);
    if (!same || sharesText(same.output) !== sharesText(tag.output)) return year;
  }
  return end;
}
