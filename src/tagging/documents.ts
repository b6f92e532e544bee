import type { Translate } from "../i18n/index.ts";
import { formatShare } from "../money.ts";
import type { Theme } from "../references/index.ts";
import { explain } from "../rules.ts";
import type { RecordedAgreement } from "./agreements.ts";
import type { CrossProgramCode, MarkComparison } from "./cross-program-codes.ts";
import type { TagStep } from "./list-tags.ts";
import type { TagResult } from "./propose-tags.ts";
import type { TagRow } from "./tag.ts";

/** A tag as JSON prints it. Shares are percent as text. */
export interface TagDocument {
  id: number;
  theme: string;
  fiscal_year_from: number;
  fiscal_year_to: number;
  code: string;
  /** Null for an intervention that the theme no longer has. */
  class: string | null;
  intervention: string;
  share: string;
  status: string;
  agreement: string | null;
  evidence: string | null;
  link: string | null;
  origin: string;
  replaces: number | null;
}

export function tagDocument(tag: TagRow, themes: ReadonlyMap<string, Theme>): TagDocument {
  const known = themes.get(tag.theme)?.interventions.find(({ code }) => code === tag.intervention);
  return {
    id: tag.id,
    theme: tag.theme,
    fiscal_year_from: tag.fiscalYearFrom,
    fiscal_year_to: tag.fiscalYearTo,
    code: tag.node,
    class: known?.class ?? null,
    intervention: tag.intervention,
    share: formatShare(tag.share),
    status: tag.status,
    agreement: tag.agreement,
    evidence: tag.evidence,
    link: tag.link,
    origin: tag.origin,
    replaces: tag.replaces,
  };
}

export function stepDocument(step: TagStep, themes: ReadonlyMap<string, Theme>) {
  const { before, after, ...rest } = step;
  return {
    ...rest,
    before: before && tagDocument(before, themes),
    after: after && tagDocument(after, themes),
  };
}

/** What became of a row, with the sentence and the cure of everything that was wrong. */
export function resultDocument({ problems, ...result }: TagResult, t: Translate) {
  return {
    ...result,
    problems: problems.map((problem) => ({
      rule: problem.rule,
      column: problem.column,
      value: problem.value,
      ...explain(problem, t),
    })),
  };
}

/** Results with what they come to. */
export function resultsDocument(results: readonly TagResult[], t: Translate) {
  const count = (outcome: TagResult["outcome"]) => results.filter((one) => one.outcome === outcome).length;
  return {
    created: count("created"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    refused: count("refused"),
    results: results.map((result) => resultDocument(result, t)),
  };
}

export function agreementDocument({ number, date, semester, parties, recordedAt, recordedBy }: RecordedAgreement) {
  return { number, date, semester, parties, recorded_at: recordedAt, recorded_by: recordedBy };
}

export function codeDocument({ code, theme, intervention, allocatedAt, allocatedBy }: CrossProgramCode) {
  return { code, theme, intervention, allocated_at: allocatedAt, allocated_by: allocatedBy };
}

export function markDocument({ fiscalYear, ...rest }: MarkComparison) {
  return { fiscal_year: fiscalYear, ...rest };
}
