import { formatNumber, formatRupiah } from "../i18n/index.ts";
import type { mappingDocument, PreviewDocument, ProposalDocument } from "../mappings/documents.ts";
import type { CommandContext } from "./context.ts";
import { table } from "./terminal.ts";

type MappingDocument = ReturnType<typeof mappingDocument>;

/** Longest text of a cell in a preview. */
const CELL = 40;

export function printMappings({ terminal, t }: CommandContext, mappings: readonly MappingDocument[]): void {
  if (mappings.length === 0) {
    terminal.print(t("cli.mappingsEmpty"));
    return;
  }
  const header = [t("cli.head.layout"), t("cli.head.kind"), t("cli.head.columns"), t("cli.head.saved")];
  const rows = mappings.map(({ layout, kind, definition, created_at: saved }) => [
    layout,
    kind,
    String(definition.header.columns.filter((column) => column !== "").length),
    saved.slice(0, 16).replace("T", " "),
  ]);
  for (const line of table(header, rows, new Set([2]))) terminal.print(line);
}

export function printMapping({ terminal }: CommandContext, { layout, kind, definition }: MappingDocument): void {
  terminal.print(`${terminal.strong(layout)} · ${kind}`);
  terminal.print(JSON.stringify(definition, null, 2));
}

/** What was proposed and why, and what is left to say. */
export function printProposal({ terminal, t }: CommandContext, proposal: ProposalDocument, file: string): void {
  const { definition, confidence, header_row: row, fields, questions, notes, columns } = proposal;
  const percent = Math.round(confidence * 100);
  terminal.print(terminal.strong(t("cli.proposal", { file, kind: definition.kind, row, percent })));
  for (const { field, piece, column, confidence: sure, reasons } of fields) {
    const name = piece === null ? field : `${field}.${piece}`;
    terminal.print(`  ${name} ← ${column ?? "="}  ${Math.round(sure * 100)} %  ${terminal.dim(reasons.join("; "))}`);
  }
  const unused = columns.filter(({ field }) => field === null).map(({ column }) => column);
  if (unused.length > 0) terminal.print(`  ${terminal.dim(t("cli.ignoredColumns", { columns: unused.join(", ") }))}`);
  for (const note of notes) terminal.print(`  ${note}`);
  for (const question of questions) terminal.print(`  ${terminal.bad("?")} ${question}`);
  terminal.print(terminal.dim(t("cli.proposalNext")));
}

/** The first rows as they would be read, then the whole file in numbers. */
export function printPreview({ terminal, t, language }: CommandContext, preview: PreviewDocument): void {
  const { rows, totals, stated_totals: stated, formats, rejects, warnings } = preview;
  const good = rows.find(({ values }) => values !== null);
  const fields = Object.keys(good?.values ?? {});
  const read = rows.filter(({ values }) => values !== null);
  const cells = read.map(({ row, values }) => [
    String(row),
    ...fields.map((field) => (values?.[field] ?? "–").slice(0, CELL)),
  ]);
  if (read.length > 0) {
    const right = new Set([0, ...fields.flatMap((field, index) => (field === "amount" ? [index + 1] : []))]);
    for (const line of table([t("cli.row"), ...fields], cells, right)) terminal.print(line);
  }
  for (const { row, problems } of rows) {
    for (const { column, rule, message, cure } of problems) {
      const place = column === null ? `${t("cli.row")} ${row}` : `${t("cli.row")} ${row}, ${column}`;
      terminal.print(`${terminal.bad(place)} ${rule} ${message} ${terminal.dim(cure)}`);
    }
  }
  const number = (value: number) => formatNumber(value, language);
  const rupiah = (value: bigint) => formatRupiah(value, language);
  const { rows: counts, amount } = totals;
  terminal.print(
    t("cli.previewTotals", {
      read: number(counts.read),
      posted: number(counts.posted),
      rejected: number(counts.rejected),
      skipped: number(counts.skipped),
      amount: rupiah(amount.posted),
      rejectedAmount: rupiah(amount.rejected),
    }),
  );
  for (const { stated: total, difference } of stated) {
    terminal.print(t("cli.previewStated", { stated: rupiah(total), difference: rupiah(difference) }));
  }
  for (const { message } of formats) terminal.print(terminal.dim(message));
  for (const [rule, count] of [...Object.entries(rejects), ...Object.entries(warnings)]) {
    terminal.print(terminal.dim(`${rule} × ${number(count)}`));
  }
}
