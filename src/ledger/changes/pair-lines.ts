/** A line that one side of a comparison has and the other has not, word for word. */
export interface DifferingLine {
  extractId: number;
  row: number;
  ministry: string;
  satker: string;
  codeId: number;
  fiscalYear: number;
  /** Month `YYYY-MM`, or revision as four digits. */
  period: string;
  /** Number of the payment order; "" where there is none. */
  document: string;
  /** Names the line within its code: date and document, or year and revision. */
  key: string;
  amount: bigint;
  /** Everything that may differ, as one text. */
  content: string;
}

/** A line that changed. `moved`: it belongs to a document whose rupiah went to other codes while its value stayed. */
export type LineChange = { moved: boolean } & (
  | { state: "created"; before: null; after: DifferingLine }
  | { state: "updated"; before: DifferingLine; after: DifferingLine }
  | { state: "removed"; before: DifferingLine; after: null }
);

/** Rupiah of a document that stand under another code than before. */
export interface Move {
  satker: string;
  document: string;
  /** The line whose code is left, and the one whose code is joined. */
  from: DifferingLine;
  to: DifferingLine;
  amount: bigint;
}

/** The line as it stands now; of a removed one, as it was. */
export function lineOf(change: LineChange): DifferingLine {
  return change.state === "removed" ? change.before : change.after;
}

export interface Pairing {
  changes: LineChange[];
  moves: Move[];
}

/**
 * Decides what became of the lines that differ. A line is found again by its code and key; else, when a payment order
 * names it, by satker, document and amount: a paid SP2D is corrected under its old number, its net value unchanged, and
 * what changes is the code. A document whose lines were split or merged is a correction too when it nets to zero.
 */
export function pairLines(before: readonly DifferingLine[], after: readonly DifferingLine[]): Pairing {
  const pairing: Pairing = { changes: [], moves: [] };
  const byKey = pairBy(before, after, ({ codeId, key }) => `${codeId} ${key}`);
  const byAmount = pairBy(
    byKey.before,
    byKey.after,
    ({ satker, document, amount }) => `${satker} ${amount} ${document}`,
    ({ document }) => document !== "",
  );
  for (const [old, line] of byAmount.pairs) {
    const moved = old.codeId !== line.codeId;
    pairing.changes.push({ state: "updated", before: old, after: line, moved });
    if (moved) pairing.moves.push(moveOf(old, line, line.amount));
  }
  const documents = groupRest(byKey.pairs, byAmount.before, byAmount.after);
  for (const rest of documents) settle(rest, pairing);
  pairing.changes.sort(compareChanges);
  pairing.moves.sort((a, b) => compare(moveKey(a), moveKey(b)));
  return pairing;
}

type Pair = [before: DifferingLine, after: DifferingLine];

interface Rest {
  pairs: Pair[];
  before: DifferingLine[];
  after: DifferingLine[];
}

/** Pairs lines of both sides that agree in a key; several of one key in the order of their amounts and contents. */
function pairBy(
  before: readonly DifferingLine[],
  after: readonly DifferingLine[],
  keyOf: (line: DifferingLine) => string,
  takesPart: (line: DifferingLine) => boolean = () => true,
): Rest {
  const rest: Rest = { pairs: [], before: [], after: [] };
  const waiting = new Map<string, DifferingLine[]>();
  for (const line of [...before].sort(compareLines).reverse()) {
    if (!takesPart(line)) rest.before.push(line);
    else if (!waiting.get(keyOf(line))?.push(line)) waiting.set(keyOf(line), [line]);
  }
  for (const line of [...after].sort(compareLines)) {
    const old = takesPart(line) ? waiting.get(keyOf(line))?.pop() : undefined;
    if (old) rest.pairs.push([old, line]);
    else rest.after.push(line);
  }
  for (const lines of waiting.values()) rest.before.push(...lines);
  return rest;
}

/** What is not settled yet, by satker and document; lines without a document stand alone together. */
function groupRest(pairs: readonly Pair[], before: readonly DifferingLine[], after: readonly DifferingLine[]): Rest[] {
  const groups = new Map<string, Rest>();
  const group = ({ satker, document }: DifferingLine): Rest => {
    const key = document === "" ? "" : `${satker} ${document}`;
    let rest = groups.get(key);
    if (!rest) {
      rest = { pairs: [], before: [], after: [] };
      groups.set(key, rest);
    }
    return rest;
  };
  for (const pair of pairs) group(pair[1]).pairs.push(pair);
  for (const line of before) group(line).before.push(line);
  for (const line of after) group(line).after.push(line);
  return [...groups.values()];
}

/** Settles one document: a correction when its rupiah changed places and nothing else. */
function settle({ pairs, before, after }: Rest, { changes, moves }: Pairing): void {
  const deltas = codeDeltas(pairs, before, after);
  const net = deltas.reduce((sum, { amount }) => sum + amount, 0n);
  const [first] = [...pairs.flat(), ...before, ...after];
  const moved = net === 0n && deltas.length > 0 && first?.document !== "";
  if (moved) moves.push(...transfers(deltas));
  const inCorrection = (line: DifferingLine) => moved && deltas.some(({ line: { codeId } }) => codeId === line.codeId);
  for (const [old, line] of pairs) {
    changes.push({
      state: "updated",
      before: old,
      after: line,
      moved: inCorrection(line) && old.amount !== line.amount,
    });
  }
  const [removed, created] = [[...before].sort(compareLines), [...after].sort(compareLines)];
  while (moved && removed.length > 0 && created.length > 0) {
    const [old, line] = [removed.shift(), created.shift()];
    if (old && line) changes.push({ state: "updated", before: old, after: line, moved });
  }
  for (const line of removed) changes.push({ state: "removed", before: line, after: null, moved });
  for (const line of created) changes.push({ state: "created", before: null, after: line, moved });
}

/** How much more or less a document says under a code than before, with a line that has the code. */
interface CodeDelta {
  line: DifferingLine;
  amount: bigint;
}

function codeDeltas(pairs: readonly Pair[], before: readonly DifferingLine[], after: readonly DifferingLine[]) {
  const deltas = new Map<number, CodeDelta>();
  const add = (line: DifferingLine, amount: bigint) => {
    const known = deltas.get(line.codeId);
    deltas.set(line.codeId, { line, amount: (known?.amount ?? 0n) + amount });
  };
  for (const [old, line] of pairs) {
    add(old, -old.amount);
    add(line, line.amount);
  }
  for (const line of before) add(line, -line.amount);
  for (const line of after) add(line, line.amount);
  return [...deltas.values()].filter(({ amount }) => amount !== 0n);
}

/** Deltas that add up to zero as moves from codes that lost to codes that gained, the largest first. */
function transfers(deltas: readonly CodeDelta[]): Move[] {
  const bySize = (a: CodeDelta, b: CodeDelta) =>
    a.amount === b.amount ? a.line.codeId - b.line.codeId : a.amount > b.amount ? -1 : 1;
  const losses = deltas.filter(({ amount }) => amount < 0n).map(({ line, amount }) => ({ line, amount: -amount }));
  const gains = deltas.filter(({ amount }) => amount > 0n).map((delta) => ({ ...delta }));
  losses.sort(bySize);
  gains.sort(bySize);
  const moves: Move[] = [];
  for (const loss of losses) {
    while (loss.amount > 0n) {
      const gain = gains.find(({ amount }) => amount > 0n);
      if (!gain) throw new Error("the moves of a document do not net to zero");
      const amount = loss.amount < gain.amount ? loss.amount : gain.amount;
      moves.push(moveOf(loss.line, gain.line, amount));
      loss.amount -= amount;
      gain.amount -= amount;
    }
  }
  return moves;
}

function moveOf(from: DifferingLine, to: DifferingLine, amount: bigint): Move {
  return { satker: to.satker, document: to.document, from, to, amount };
}

function compare(a: string | number | bigint, b: string | number | bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareLines(a: DifferingLine, b: DifferingLine): number {
  return compare(a.amount, b.amount) || compare(a.content, b.content) || a.codeId - b.codeId || a.row - b.row;
}

function compareChanges(a: LineChange, b: LineChange): number {
  const [left, right] = [lineOf(a), lineOf(b)];
  return (
    compare(left.satker, right.satker) ||
    compare(left.document, right.document) ||
    compare(left.key, right.key) ||
    left.row - right.row ||
    compare(a.state, b.state)
  );
}

function moveKey({ satker, document, from, to }: Move): string {
  return [satker, document, ...[from, to].map(({ codeId }) => String(codeId).padStart(10, "0"))].join(" ");
}
