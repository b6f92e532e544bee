import type { DifferingLine, LineChange, Move } from "./pair-lines.ts";

/** What changed in some part of an extract, in lines and whole rupiah. */
export interface ChangeSums {
  created: { lines: number; amount: bigint };
  /** Lines as they stand now, with the rupiah of before and after. */
  updated: { lines: number; before: bigint; after: bigint };
  unchanged: { lines: number; amount: bigint };
  removed: { lines: number; amount: bigint };
  /** Rupiah that went from one code to another within a document. Its lines are among those above. */
  moved: { moves: number; amount: bigint };
  /** Everything that was and is said: before = removed + updated.before + unchanged, after likewise. */
  before: bigint;
  after: bigint;
}

/** Lines of one ministry and one period. */
export interface Group {
  ministry: string;
  fiscalYear: number;
  period: string;
  lines: number;
  amount: bigint;
}

/** What changed, as a whole and by its parts; each list adds up to the total. */
export interface ChangeSummary {
  total: ChangeSums;
  byMinistry: ({ ministry: string } & ChangeSums)[];
  /** By month for payments, by fiscal year and revision for budgets. */
  byPeriod: ({ fiscalYear: number; period: string } & ChangeSums)[];
}

type Place = Pick<Group, "ministry" | "fiscalYear" | "period">;

/** Adds changes up. A line counts where it stands now; what it was before counts where that stood. */
export class ChangeTally {
  readonly #cells = new Map<string, Place & ChangeSums>();

  add(change: LineChange): void {
    const { state, before, after } = change;
    if (state === "created") this.addCreated(groupOf(after));
    else if (state === "removed") {
      const { removed } = this.#at(before);
      removed.lines++;
      removed.amount += before.amount;
    } else {
      this.#at(before).updated.before += before.amount;
      const { updated } = this.#at(after);
      updated.lines++;
      updated.after += after.amount;
    }
  }

  /** Counted where the rupiah came from. */
  addMove({ from, amount }: Move): void {
    const { moved } = this.#at(from);
    moved.moves++;
    moved.amount += amount < 0n ? -amount : amount;
  }

  addCreated(group: Group): void {
    const { created } = this.#at(group);
    created.lines += group.lines;
    created.amount += group.amount;
  }

  /** @param after all lines of the newer side: what is neither created nor updated stayed as it was */
  summary(after: readonly Group[]): ChangeSummary {
    for (const { lines, amount, ...place } of after) {
      const { unchanged } = this.#at(place);
      unchanged.lines += lines;
      unchanged.amount += amount;
    }
    const cells = [...this.#cells.values()];
    for (const cell of cells) {
      cell.unchanged.lines -= cell.created.lines + cell.updated.lines;
      cell.unchanged.amount -= cell.created.amount + cell.updated.after;
      if (cell.unchanged.lines < 0) throw new Error("more lines changed than there are");
      cell.before = cell.removed.amount + cell.updated.before + cell.unchanged.amount;
      cell.after = cell.created.amount + cell.updated.after + cell.unchanged.amount;
    }
    return {
      total: cells.reduce<ChangeSums>(addSums, noChanges()),
      byMinistry: rollUp(cells, ({ ministry }) => ({ ministry })),
      byPeriod: rollUp(cells, ({ fiscalYear, period }) => ({ fiscalYear, period })),
    };
  }

  #at({ ministry, fiscalYear, period }: Place): ChangeSums {
    const key = `${ministry} ${fiscalYear} ${period}`;
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = { ministry, fiscalYear, period, ...noChanges() };
      this.#cells.set(key, cell);
    }
    return cell;
  }
}

/** The summary of lines that all stand where nothing was said before. */
export function newLines(groups: readonly Group[]): ChangeSummary {
  const tally = new ChangeTally();
  for (const group of groups) tally.addCreated(group);
  return tally.summary(groups);
}

function groupOf(line: DifferingLine): Group {
  const { ministry, fiscalYear, period, amount } = line;
  return { ministry, fiscalYear, period, lines: 1, amount };
}

function rollUp<Key extends Partial<Place>>(
  cells: readonly (Place & ChangeSums)[],
  keyOf: (place: Place) => Key,
): (Key & ChangeSums)[] {
  const sums = new Map<string, Key & ChangeSums>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const name = Object.values(key).join(" ");
    sums.set(name, { ...key, ...addSums(sums.get(name) ?? noChanges(), cell) });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

export function noChanges(): ChangeSums {
  return {
    created: { lines: 0, amount: 0n },
    updated: { lines: 0, before: 0n, after: 0n },
    unchanged: { lines: 0, amount: 0n },
    removed: { lines: 0, amount: 0n },
    moved: { moves: 0, amount: 0n },
    before: 0n,
    after: 0n,
  };
}

function addSums(a: ChangeSums, b: ChangeSums): ChangeSums {
  const lines = (name: "created" | "unchanged" | "removed") => ({
    lines: a[name].lines + b[name].lines,
    amount: a[name].amount + b[name].amount,
  });
  return {
    created: lines("created"),
    updated: {
      lines: a.updated.lines + b.updated.lines,
      before: a.updated.before + b.updated.before,
      after: a.updated.after + b.updated.after,
    },
    unchanged: lines("unchanged"),
    removed: lines("removed"),
    moved: { moves: a.moved.moves + b.moved.moves, amount: a.moved.amount + b.moved.amount },
    before: a.before + b.before,
    after: a.after + b.after,
  };
}
