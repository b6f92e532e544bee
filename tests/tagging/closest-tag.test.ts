import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClosestTag, type TagShare } from "../../src/tagging/index.ts";

const shape = (text: string) => text.split(".").length;

/** Few codes, so that tags and lines meet. */
const levels = [
  ["2080", "2081"],
  ["QEA", "QEB"],
  ["001", "002"],
  ["051", "052"],
] as const;

function nodeOf(depth: number, picks: readonly number[]): string {
  return levels
    .slice(0, depth)
    .map((codes, level) => codes[(picks[level] ?? 0) % codes.length])
    .join(".");
}

const picks = fc.array(fc.nat(1), { minLength: 4, maxLength: 4 });
const tag: fc.Arbitrary<TagShare> = fc
  .record({
    depth: fc.integer({ min: 1, max: 4 }),
    picks,
    intervention: fc.constantFrom("zinc", "vitamin-a", "clean-water"),
    share: fc.integer({ min: 1, max: 3333 }),
  })
  .map(({ depth, picks: places, ...rest }) => ({ node: nodeOf(depth, places), ...rest }));
/** 12 segments end at the output, 16 at the komponen. */
const line = fc.tuple(fc.constantFrom(2, 4), picks).map(([depth, places]) => nodeOf(depth, places));

/** The rule as the contract says it, level by level. */
function naive(tags: readonly TagShare[], node: string) {
  const [activity = "", output, ro, component] = node.split(".");
  const candidates = [
    component === undefined ? null : node,
    ro === undefined ? null : `${activity}.${output}.${ro}`,
    `${activity}.${output}`,
    activity,
  ];
  for (const candidate of candidates) {
    const matching = tags.filter((one) => one.node === candidate);
    if (matching.length > 0) return matching;
  }
  if (ro === undefined && tags.some((one) => one.node.startsWith(`${node}.`))) return "needs-ro";
  return "untagged";
}

describe("ClosestTag", () => {
  it("finds what the rule says for any tags and lines", () => {
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 8 }), line, (tags, node) => {
        const match = new ClosestTag(tags).match(node);
        const expected = naive(tags, node);
        if (typeof expected === "string") {
          expect(match).toEqual({ kind: expected });
          return;
        }
        if (match.kind !== "tagged") throw new Error(`${node} is ${match.kind}`);
        const { parts, total } = match.node;
        const interventions = [...new Set(expected.map(({ intervention }) => intervention))].sort();
        expect(parts.map(({ intervention }) => intervention)).toEqual(interventions);
        expect(total).toBe(expected.reduce((sum, { share }) => sum + share, 0));
        // The parts lie one behind the other and fill the total.
        let end = 0;
        for (const { intervention, before, upTo } of parts) {
          const own = expected
            .filter((one) => one.intervention === intervention)
            .reduce((sum, { share }) => sum + share, 0);
          expect([before, upTo]).toEqual([end, end + own]);
          end = upTo;
        }
        expect(end).toBe(total);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [["2080"], "2080.QEA", "tagged"],
    [["2080"], "2080.QEA.001.051", "tagged"],
    [["2080.QEA"], "2080.QEA", "tagged"],
    [["2080.QEA"], "2080.QEB", "untagged"],
    [["2080.QEA.001"], "2080.QEA", "needs-ro"],
    [["2080.QEA.001.051"], "2080.QEA", "needs-ro"],
    [["2080.QEA.001"], "2080.QEB", "untagged"],
    [["2080.QEA.001"], "2080.QEA.001.051", "tagged"],
    [["2080.QEA.001"], "2080.QEA.002.051", "untagged"],
    [["2080.QEA.001.051"], "2080.QEA.001.052", "untagged"],
    // A tag on the activity or the output decides before anything below is asked for.
    [["2080", "2080.QEA.001"], "2080.QEA", "tagged"],
    [["2080.QEA", "2080.QEA.001"], "2080.QEA", "tagged"],
    [[], "2080.QEA", "untagged"],
  ] as const)("tags on %j and a line on %s: %s", (nodes, node, kind) => {
    const tags = nodes.map((one): TagShare => ({ node: one, intervention: "zinc", share: 100 * shape(one) }));
    expect(new ClosestTag(tags).match(node).kind).toBe(kind);
  });

  it("takes the closest of four levels", () => {
    const tags = ["2080", "2080.QEA", "2080.QEA.001", "2080.QEA.001.051"].map(
      (node): TagShare => ({ node, intervention: "zinc", share: shape(node) }),
    );
    const totals = ["2080.QEA.001.051", "2080.QEA.001.052", "2080.QEA.002.051", "2080.QEB.001.051", "2080.QEA"].map(
      (node) => {
        const match = new ClosestTag(tags).match(node);
        return match.kind === "tagged" ? match.node.total : match.kind;
      },
    );
    expect(totals).toEqual([4, 3, 2, 1, 2]);
  });
});
