import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChangeTally, type Group } from "../../src/ledger/changes/change-sums.ts";
import { type DifferingLine, pairLines } from "../../src/ledger/changes/pair-lines.ts";

interface Given {
  code?: number;
  document?: string;
  date?: string;
  amount?: bigint;
  satker?: string;
  note?: string;
  row?: number;
  ministry?: string;
}

function line({
  code = 1,
  document = "A",
  date = "2019-01-15",
  amount = 100n,
  satker = "100001",
  note = "",
  row = 1,
  ministry = "024",
}: Given): DifferingLine {
  const [fiscalYear, period] = [Number(date.slice(0, 4)), date.slice(0, 7)];
  const place = { extractId: 1, row, ministry, satker, codeId: code, fiscalYear, period, document };
  return { ...place, key: `${date} ${document}`, amount, content: [document, code, date, amount, note].join(" ") };
}

const states = (before: Given[], after: Given[]) => {
  const { changes, moves } = pairLines(before.map(line), after.map(line));
  return {
    changes: changes.map(({ state, moved, before: old, after: now }) => {
      return [state, moved, old && [old.codeId, old.amount], now && [now.codeId, now.amount]];
    }),
    moves: moves.map(({ from, to, amount }) => [from.codeId, to.codeId, amount]),
  };
};

describe("lines that differ", () => {
  it("are updated when code and key are the same", () => {
    expect(states([{ amount: 1n }], [{ amount: 2n }])).toEqual({
      changes: [["updated", false, [1, 1n], [1, 2n]]],
      moves: [],
    });
    expect(states([{ note: "a" }], [{ note: "b" }]).changes).toEqual([["updated", false, [1, 100n], [1, 100n]]]);
  });

  it("are created or removed when the other side has nothing like them", () => {
    expect(states([], [{ document: "B" }]).changes).toEqual([["created", false, null, [1, 100n]]]);
    expect(states([{ document: "B" }], []).changes).toEqual([["removed", false, [1, 100n], null]]);
    // Another document, another satker, or no document at all is not the same payment.
    expect(states([{ document: "A" }], [{ document: "B", code: 2 }]).moves).toEqual([]);
    expect(states([{ satker: "100002" }], [{ code: 2 }]).moves).toEqual([]);
    expect(states([{ document: "" }], [{ document: "", code: 2 }])).toEqual({
      changes: [
        ["created", false, null, [2, 100n]],
        ["removed", false, [1, 100n], null],
      ],
      moves: [],
    });
  });

  it("are a move when a paid document stands under another code with the same amount", () => {
    expect(states([{ code: 1 }], [{ code: 2 }])).toEqual({
      changes: [["updated", true, [1, 100n], [2, 100n]]],
      moves: [[1, 2, 100n]],
    });
    // A return keeps its sign.
    expect(states([{ amount: -5n }], [{ code: 2, amount: -5n }]).moves).toEqual([[1, 2, -5n]]);
  });

  it("are an update when only the date of the document changed", () => {
    expect(states([{ date: "2019-01-15" }], [{ date: "2019-01-16" }])).toEqual({
      changes: [["updated", false, [1, 100n], [1, 100n]]],
      moves: [],
    });
  });

  it("are moves when rupiah change places between the lines of a document", () => {
    const before = [{ code: 1 }, { code: 2, amount: 50n }];
    const after = [
      { code: 1, amount: 70n },
      { code: 2, amount: 80n },
    ];
    expect(states(before, after)).toEqual({
      changes: [
        ["updated", true, [1, 100n], [1, 70n]],
        ["updated", true, [2, 50n], [2, 80n]],
      ],
      moves: [[1, 2, 30n]],
    });
    // One rupiah more is no correction of a paid document.
    expect(
      states(before, [
        { code: 1, amount: 70n },
        { code: 2, amount: 81n },
      ]).moves,
    ).toEqual([]);
  });

  it("are moves when a line is split or several are merged, net zero", () => {
    const split = states(
      [{ code: 1 }],
      [
        { code: 2, amount: 60n },
        { code: 3, amount: 40n },
      ],
    );
    expect(split.moves).toEqual([
      [1, 2, 60n],
      [1, 3, 40n],
    ]);
    expect(split.changes).toHaveLength(2);
    expect(split.changes.every(([, moved]) => moved)).toBe(true);
    const merged = states(
      [
        { code: 2, amount: 60n },
        { code: 3, amount: 40n },
      ],
      [{ code: 1 }],
    );
    expect(merged.moves).toEqual([
      [2, 1, 60n],
      [3, 1, 40n],
    ]);
  });

  it("a document that lost value is created and removed lines", () => {
    expect(states([{ code: 1 }], [{ code: 2, amount: 99n }])).toEqual({
      changes: [
        ["created", false, null, [2, 99n]],
        ["removed", false, [1, 100n], null],
      ].sort(),
      moves: [],
    });
  });
});

const given: fc.Arbitrary<Given> = fc.record({
  code: fc.integer({ min: 1, max: 3 }),
  document: fc.constantFrom("", "A", "B"),
  date: fc.constantFrom("2019-01-15", "2019-01-16", "2019-02-15"),
  amount: fc.constantFrom(-100n, 0n, 50n, 100n),
  satker: fc.constantFrom("100001", "100002"),
  note: fc.constantFrom("x", "y"),
  row: fc.integer({ min: 1, max: 9 }),
  ministry: fc.constantFrom("024", "027"),
});

const sum = (lines: readonly DifferingLine[]) => lines.reduce((total, { amount }) => total + amount, 0n);

describe("any lines that differ", () => {
  it("each appear once, moves net to zero within a satker, and sums by part add up", () => {
    fc.assert(
      fc.property(fc.array(given, { maxLength: 12 }), fc.array(given, { maxLength: 12 }), (first, second) => {
        const [before, after] = [first.map(line), second.map(line)];
        const { changes, moves } = pairLines(before, after);
        const sides = (side: "before" | "after") => changes.flatMap((change) => change[side] ?? []);
        const ids = (lines: readonly DifferingLine[]) => lines.map(({ content, row }) => `${content} ${row}`).sort();
        expect(ids(sides("before"))).toEqual(ids(before));
        expect(ids(sides("after"))).toEqual(ids(after));
        for (const { from, to, document } of moves) {
          expect(from.codeId).not.toBe(to.codeId);
          expect([from.satker, from.document]).toEqual([to.satker, document]);
          expect(document).not.toBe("");
        }

        const tally = new ChangeTally();
        for (const change of changes) tally.add(change);
        for (const move of moves) tally.addMove(move);
        const groups = after.map((one): Group => ({ ...one, lines: 1 }));
        const { total, byMinistry, byPeriod } = tally.summary([...groups, { ...line({}), lines: 7, amount: 70n }]);
        expect([total.before, total.after]).toEqual([sum(before) + 70n, sum(after) + 70n]);
        expect(total.unchanged).toEqual({ lines: 7, amount: 70n });
        expect(total.created.lines + total.updated.lines).toBe(after.length);
        expect(total.removed.lines + total.updated.lines).toBe(before.length);
        for (const parts of [byMinistry, byPeriod]) {
          for (const key of ["created", "removed", "unchanged"] as const) {
            expect(parts.reduce((lines, part) => lines + part[key].lines, 0)).toBe(total[key].lines);
            expect(parts.reduce((amount, part) => amount + part[key].amount, 0n)).toBe(total[key].amount);
          }
          expect(parts.reduce((lines, { updated }) => lines + updated.lines, 0)).toBe(total.updated.lines);
          expect(parts.reduce((moved, part) => moved + part.moved.moves, 0)).toBe(moves.length);
          expect(parts.reduce((amount, part) => amount + part.before, 0n)).toBe(total.before);
          expect(parts.reduce((amount, part) => amount + part.after, 0n)).toBe(total.after);
        }
      }),
      { numRuns: 500 },
    );
  });
});
