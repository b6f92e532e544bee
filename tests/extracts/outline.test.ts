import { describe, expect, it } from "vitest";
import { type Closed, Outline } from "../../src/extracts/outline.ts";
import { RunningTotals } from "../../src/extracts/running-totals.ts";

/** Levels 0 and 1 are headings, 2 an account and 3 an item. */
function read(...rows: [level: number, amount: bigint | null, faulty?: boolean][]) {
  const outline = new Outline<string>(1, 2);
  const closed: Closed<string>[] = [];
  for (const [index, [level, amount, faulty = false]] of rows.entries()) {
    closed.push(...outline.put({ level, amounts: [amount], faulty, payload: `row ${index}` }));
  }
  closed.push(...outline.finish());
  return { outline, closed };
}

describe("an outline", () => {
  it("adds leaves up to their headings: items, and accounts without items", () => {
    const { closed, outline } = read([0, 6n], [1, 6n], [2, 3n], [3, 1n], [3, 2n], [2, 3n]);
    expect(closed.filter(({ kind }) => kind === "leaf").map(({ payload }) => payload)).toEqual([
      "row 3",
      "row 4",
      "row 5",
    ]);
    expect(closed.every(({ mismatch }) => mismatch === null)).toBe(true);
    expect(outline.total).toEqual([6n]);
  });

  it("says which heading differs, with both sums", () => {
    const { closed } = read([0, 6n], [1, 7n], [2, 6n]);
    expect(closed.find(({ mismatch }) => mismatch !== null)).toMatchObject({
      payload: "row 1",
      mismatch: { at: 0, stated: 7n, computed: 6n },
    });
  });

  it("a heading without leaves is no leaf, one without figures cannot differ", () => {
    expect(read([0, 5n]).closed).toMatchObject([{ kind: "heading", mismatch: { stated: 5n, computed: 0n } }]);
    expect(read([0, null], [2, 5n]).closed.at(-1)).toMatchObject({ kind: "heading", mismatch: null });
  });

  it("does not blame headings for a leaf that could not be read", () => {
    const { closed, outline } = read([0, 6n], [1, 6n], [2, null, true], [1, 9n], [2, 1n]);
    expect(closed.filter(({ mismatch }) => mismatch !== null).map(({ payload }) => payload)).toEqual(["row 3"]);
    expect(outline.faulty).toBe(true);
  });
});

describe("running totals", () => {
  it("accept a sum of all rows and one of the rows since the last total", () => {
    const sums = new RunningTotals(2);
    sums.add([1n, 10n]);
    sums.add([2n, null]);
    expect(sums.close([3n, 10n])).toBeNull();
    sums.add([4n, 5n]);
    expect(sums.close([4n, null])).toBeNull();
    expect(sums.close([7n, 15n])).toBeNull();
    expect(sums.close([7n, 16n])).toEqual({ at: 1, computed: 15n });
  });
});
