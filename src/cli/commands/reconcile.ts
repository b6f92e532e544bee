import { csvLine } from "../../csv.ts";
import { formatNumber, formatPercent } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import { reconciliationDocument } from "../../reconciliation/document.ts";
import { type Reconciliation, reconcile, reconciliationTable } from "../../reconciliation/index.ts";
import type { Command, CommandContext } from "../context.ts";
import { requestOf } from "../reconciliation-request.ts";
import { table } from "../terminal.ts";

export const command: Command = {
  usage:
    "reconcile --by DIMENSI[,…] --from YYYY-MM --to YYYY-MM [--theme TEMA] [--basis whole|weighted] [--where D=KODE[,…]] [--as-of TANGGAL] [--csv | --xlsx BERKAS]",
  options: {
    by: { type: "string", multiple: true },
    from: { type: "string" },
    to: { type: "string" },
    theme: { type: "string" },
    basis: { type: "string" },
    where: { type: "string", multiple: true },
    "as-of": { type: "string" },
    csv: { type: "boolean" },
    xlsx: { type: "string" },
  },
  run: async (context) => {
    const request = requestOf(context);
    const result = await context.withStore((db) => reconcile(db, request, context.language));
    const file = context.text("xlsx");
    if (file !== undefined) {
      const { writeReconciliation } = await import("../../../reports/reconciliation.ts");
      await writeReconciliation(result, file, context.language);
      context.terminal.note(context.t("cli.written", { file }));
    }
    if (context.json) context.terminal.print(toJson(reconciliationDocument(result)));
    else if (context.flag("csv")) printCsv(result, context);
    else if (file === undefined) printTable(result, context);
    return result.residual === 0n ? 0 : 1;
  },
};

function printCsv(result: Reconciliation, { terminal }: CommandContext): void {
  const { columns, rows } = reconciliationTable(result);
  for (const cells of [columns, ...rows]) terminal.print(csvLine(cells));
}

function printTable(result: Reconciliation, context: CommandContext): void {
  const { terminal, t, language } = context;
  const { columns, rows, measures } = reconciliationTable(result);
  const show = (cell: string | number | bigint | null) => {
    if (typeof cell === "bigint") return formatNumber(cell, language);
    return typeof cell === "number" ? formatPercent(cell, language) : shorten(cell ?? "–");
  };
  const titles = columns.map((column) => t(`term.${column}`));
  const width = columns.length - measures.length;
  const summary = (label: string, values: Record<(typeof measures)[number], bigint | number | null>) => [
    "",
    shorten(label),
    ...Array<string>(width - 2).fill(""),
    ...measures.map((name) => show(values[name])),
  ];
  const { total, unallocated, untagged, filteredOut } = result;
  const without = { remaining: null, absorption: null };
  const extra =
    result.request.theme === null
      ? []
      : [
          ...unallocated.map(({ reason, ...values }) =>
            summary(t("cli.unallocated", { reason }), { ...values, ...without }),
          ),
          summary(t("cli.untagged"), { ...untagged, ...without }),
          ...(filteredOut.budget === 0n && filteredOut.realization === 0n
            ? []
            : [summary(t("cli.filteredOut"), { ...filteredOut, ...without })]),
        ];
  const lines = [...rows.map((cells) => cells.map(show)), summary(t("cli.total"), total), ...extra];
  const right = new Set(measures.map((_, index) => width + index));
  for (const line of table(titles, lines, right)) terminal.print(line);
  if (result.request.asOf !== undefined) terminal.note(t("cli.asOf", { moment: result.request.asOf }));
  terminal.note(terminal.dim(t("cli.residual", { residual: formatNumber(result.residual, language) })));
}

/** Long names make a table of the terminal unreadable; CSV, JSON and workbooks have them whole. */
function shorten(text: string): string {
  return text.length > 44 ? `${text.slice(0, 43)}…` : text;
}
