import type { LedgerKind } from "../in-force.ts";
import type { ChangeReport } from "./change-report.ts";
import type { ChangeSummary, ChangeSums } from "./change-sums.ts";
import type { ChangedLine, MoveView } from "./changed-lines.ts";

/** Sums of changes as JSON; `difference` = after − before. Amounts are whole rupiah. */
export interface SumsDocument extends ChangeSums {
  difference: bigint;
}

export interface MoveDocument {
  ministry: string;
  satker: string;
  document: string;
  date: string;
  from_code: string;
  to_code: string;
  amount: bigint;
}

/** The keys that an import result and a change report share. */
export interface SummaryDocument {
  changes_total: SumsDocument;
  changes_by_ministry: ({ ministry: string } & SumsDocument)[];
  /** Payments only. */
  changes_by_month: ({ month: string } & SumsDocument)[];
  /** Budgets only. */
  changes_by_revision: ({ fiscal_year: number; revision: number } & SumsDocument)[];
}

export function summaryDocument(summary: ChangeSummary, kind: LedgerKind | null): SummaryDocument {
  const periods = summary.byPeriod.map(({ fiscalYear, period, ...sums }) => ({
    fiscalYear,
    period,
    sums: sumsDocument(sums),
  }));
  return {
    changes_total: sumsDocument(summary.total),
    changes_by_ministry: summary.byMinistry.map(({ ministry, ...sums }) => ({ ministry, ...sumsDocument(sums) })),
    changes_by_month: kind === "realization" ? periods.map(({ period, sums }) => ({ month: period, ...sums })) : [],
    changes_by_revision:
      kind === "budget"
        ? periods.map(({ fiscalYear, period, sums }) => {
            return { fiscal_year: fiscalYear, revision: Number(period), ...sums };
          })
        : [],
  };
}

function sumsDocument(sums: ChangeSums): SumsDocument {
  const { created, updated, unchanged, removed, moved, before, after } = sums;
  return { created, updated, unchanged, removed, moved, before, after, difference: after - before };
}

export function moveDocument({ ministry, satker, document, date, fromCode, toCode, amount }: MoveView): MoveDocument {
  return { ministry, satker, document, date, from_code: fromCode, to_code: toCode, amount };
}

/** A report with one page of its lines as JSON. */
export interface ReportDocument extends SummaryDocument {
  kind: LedgerKind;
  /** Changed lines in all. */
  changed: number;
  /** As many moves as the page has lines, from the same number on. */
  moves: MoveDocument[];
  changed_lines: ChangedLine[];
  /** What to ask for next; null when this was the last page. */
  next: number | null;
}

/** @param page lines after a number, at most `limit` */
export async function reportDocument(
  report: ChangeReport,
  { after, limit }: { after: number; limit: number },
): Promise<ReportDocument> {
  const lines = await report.lines(after, limit);
  const moves = await report.moves(after, limit);
  const next = lines.length === limit ? (lines.at(-1)?.number ?? null) : null;
  return {
    kind: report.kind,
    ...summaryDocument(report.summary, report.kind),
    changed: report.count,
    moves: moves.map(moveDocument),
    changed_lines: lines,
    next,
  };
}
