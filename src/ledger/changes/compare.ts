import { sql } from "drizzle-orm";
import { AppError } from "../../errors.ts";
import type { Translate } from "../../i18n/index.ts";
import type { Db, Reader } from "../../store/index.ts";
import { cellKindsOf, type LedgerKind } from "../in-force.ts";
import type { ChangeReport } from "./change-report.ts";
import { ChangeTally } from "./change-sums.ts";
import { codesOf, type MoveView, type Unread, viewChanges } from "./changed-lines.ts";
import { differences } from "./differences.ts";
import { type LineChange, type Move, pairLines } from "./pair-lines.ts";
import { groupLines } from "./record-changes.ts";
import { isSameButRevision, type Revisions, restateRevisions, revisionsOf } from "./revisions.ts";

type ExtractRow = Db["tables"]["extracts"]["$inferSelect"];

/** Two extracts compared: one report per kind of lines, and the cells that only one of them speaks for. */
export interface Comparison {
  reports: ChangeReport[];
  onlyBefore: number;
  onlyAfter: number;
}

/**
 * Compares all lines of two extracts of the same scope, whatever is in force. Of budgets with different revisions of a
 * satker the highest are compared, so that two revisions can be set side by side.
 *
 * @throws AppError 400 when they cannot be compared: other kinds, or no satker and period in common
 */
export async function compareExtracts(
  reader: Reader,
  before: ExtractRow,
  after: ExtractRow,
  t: Translate,
): Promise<Comparison> {
  if (before.id === after.id) throw new AppError("USAGE", 400, t("changes.same"), t("changes.needsTwo"));
  const places = { before: before.id, after: after.id };
  const kinds = ledgerKinds(before).filter((kind) => ledgerKinds(after).includes(kind));
  if (kinds.length === 0) throw new AppError("COMPARE-KINDS", 400, t("changes.otherKinds", places));
  const comparison: Comparison = {
    reports: [],
    onlyBefore: await cellsOnlyIn(reader, before.id, after.id),
    onlyAfter: await cellsOnlyIn(reader, after.id, before.id),
  };
  if (!(await haveCommonSatker(reader, before.id, after.id))) {
    throw new AppError("COMPARE-SCOPES", 400, t("changes.nothingCommon", places));
  }
  for (const kind of kinds) comparison.reports.push(await compareLines(reader, kind, before.id, after.id));
  return comparison;
}

function ledgerKinds({ kind }: ExtractRow): LedgerKind[] {
  return cellKindsOf(kind).filter((one) => one !== "achievements");
}

async function cellsOnlyIn(reader: Reader, id: number, other: number): Promise<number> {
  const [row] = await reader.rows<{ n: bigint }>(sql`
    SELECT count(*) AS n FROM extract_cells e WHERE e.extract_id = ${id} AND NOT EXISTS (
      SELECT 1 FROM extract_cells o WHERE o.extract_id = ${other} AND o.kind = e.kind
        AND o.fiscal_year = e.fiscal_year AND o.period = e.period AND o.satker = e.satker)`);
  return Number(row?.n ?? 0n);
}

async function haveCommonSatker(reader: Reader, id: number, other: number): Promise<boolean> {
  const rows = await reader.rows(sql`
    SELECT e.satker AS satker FROM extract_cells e JOIN extract_cells o
      ON o.extract_id = ${other} AND o.kind = e.kind AND o.fiscal_year = e.fiscal_year AND o.satker = e.satker
        AND (o.period = e.period OR o.kind = 'budget')
    WHERE e.extract_id = ${id} LIMIT 1`);
  return rows.length > 0;
}

async function compareLines(reader: Reader, kind: LedgerKind, before: number, after: number): Promise<ChangeReport> {
  const groups = await groupLines(reader, kind, after, null);
  const old = await groupLines(reader, kind, before, null);
  const lines = [...groups, ...old].reduce((sum, group) => sum + group.lines, 0);
  const revisions: Revisions = kind === "budget" ? await revisionsOf(reader, before, after) : new Map();
  const tally = new ChangeTally();
  const changes: Unread[] = [];
  const moves: Move[] = [];
  const sides = { kind, before: [{ id: before, within: null }], after: { id: after, within: null }, lines };
  for await (const found of differences(reader, sides)) {
    const pairing = pairLines(restateRevisions(found.before, revisions), found.after);
    for (const change of pairing.changes) {
      if (revisions.size > 0 && isSameButRevision(change)) continue;
      tally.add(change);
      changes.push(placesOf(change, changes.length + 1));
    }
    for (const move of pairing.moves) {
      tally.addMove(move);
      moves.push(move);
    }
  }
  return {
    kind,
    summary: tally.summary(groups),
    count: changes.length,
    lines: (from, limit) => viewChanges(reader, kind, changes.slice(from, from + limit)),
    moves: (from, limit) => viewMoves(reader, moves.slice(from, from + limit)),
  };
}

function placesOf({ state, moved, before, after }: LineChange, number: number): Unread {
  return {
    number,
    state,
    moved,
    before: before && { extract: before.extractId, row: before.row },
    after: after && { extract: after.extractId, row: after.row },
  };
}

async function viewMoves(reader: Reader, moves: readonly Move[]): Promise<MoveView[]> {
  const codes = await codesOf(
    reader,
    moves.flatMap(({ from, to }) => [from.codeId, to.codeId]),
  );
  return moves.map(({ satker, document, from, to, amount }) => ({
    ministry: from.ministry,
    satker,
    document,
    date: to.key.split(" ")[0] ?? "",
    fromCode: codes.get(from.codeId) ?? "",
    toCode: codes.get(to.codeId) ?? "",
    amount,
  }));
}
