import type { ChangeSummary, ChangeSums } from "./change-sums.ts";

/** Sums as JSON can hold them: rupiah as text, because JSON numbers are not exact. */
type Stored<T> = T extends bigint ? string : T extends object ? { [K in keyof T]: Stored<T[K]> } : T;

export type StoredSummary = Stored<ChangeSummary>;

/** The summary for the record of an extract. */
export function storedSummary(summary: ChangeSummary): StoredSummary {
  const text = JSON.stringify(summary, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  return JSON.parse(text) as StoredSummary;
}

/** The summary from the record of an extract. */
export function readSummary({ total, byMinistry, byPeriod }: StoredSummary): ChangeSummary {
  return {
    total: readSums(total),
    byMinistry: byMinistry.map((sums) => ({ ministry: sums.ministry, ...readSums(sums) })),
    byPeriod: byPeriod.map((sums) => ({ fiscalYear: sums.fiscalYear, period: sums.period, ...readSums(sums) })),
  };
}

function readSums({ created, updated, unchanged, removed, moved, before, after }: Stored<ChangeSums>): ChangeSums {
  return {
    created: { lines: created.lines, amount: BigInt(created.amount) },
    updated: { lines: updated.lines, before: BigInt(updated.before), after: BigInt(updated.after) },
    unchanged: { lines: unchanged.lines, amount: BigInt(unchanged.amount) },
    removed: { lines: removed.lines, amount: BigInt(removed.amount) },
    moved: { moves: moved.moves, amount: BigInt(moved.amount) },
    before: BigInt(before),
    after: BigInt(after),
  };
}
