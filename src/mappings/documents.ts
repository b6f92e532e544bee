import { describeColumn, layoutIdOf, type MappingProposal } from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";
import { explain } from "../rules.ts";
import type { MappingPreview } from "./preview.ts";
import type { StoredMapping } from "./queries.ts";

/** A saved mapping as JSON. */
export function mappingDocument({ name, version, definition, createdAt }: StoredMapping) {
  return {
    name,
    version,
    layout: layoutIdOf({ name, version }),
    kind: definition.kind,
    created_at: createdAt,
    definition,
  };
}

/** A proposal as JSON: what a person needs to correct it, with the definition that can be saved as it is or changed. */
export function proposalDocument(proposal: MappingProposal, t: Translate) {
  const { definition, confidence, headerRow, fields, questions, notes, columns } = proposal;
  return {
    definition,
    confidence,
    header_row: headerRow,
    fields: fields.map(({ reasons, ...field }) => ({
      ...field,
      reasons: reasons.map(({ text, params }) => t(text, params)),
    })),
    questions: questions.map(({ text, params }) => t(text, params)),
    notes: notes.map(({ text, params }) => t(text, params)),
    columns,
  };
}

export type ProposalDocument = ReturnType<typeof proposalDocument>;

/** A preview as JSON. Amounts are whole rupiah. */
export function previewDocument(preview: MappingPreview, t: Translate) {
  const { layout, kind, rows, totals, statedTotals, formats, warnings, rejects, ignoredColumns } = preview;
  return {
    layout,
    kind,
    rows: rows.map(({ row, values, problems }) => ({
      row,
      values,
      problems: problems.map((problem) => {
        const { column, value, rule } = problem;
        return { column, value, rule, ...explain(problem, t) };
      }),
    })),
    totals: {
      rows: { read: totals.read, posted: totals.posted, rejected: totals.rejected, skipped: totals.skipped },
      amount: {
        read: totals.amountPosted + totals.amountRejected,
        posted: totals.amountPosted,
        rejected: totals.amountRejected,
      },
    },
    stated_totals: statedTotals,
    formats: formats.map((report) => ({ ...report, message: describeColumn(report, t) })),
    warnings,
    rejects,
    ignored_columns: ignoredColumns,
  };
}

export type PreviewDocument = ReturnType<typeof previewDocument>;
