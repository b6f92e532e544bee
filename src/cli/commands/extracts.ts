import { formatNumber } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import {
  type ChangeReport,
  changeReports,
  compareExtracts,
  reportDocument,
  reportOfKind,
} from "../../ledger/changes/index.ts";
import { extractDocument } from "../../ledger/extract-document.ts";
import {
  type ExtractSummary,
  extractRow,
  getExtract,
  listExtracts,
  type RejectSurvey,
  rejectCells,
  rejectHeader,
  rejectPages,
  rejectsCsv,
  revertExtract,
  summaryCsv,
  surveyRejects,
} from "../../ledger/index.ts";
import type { Db } from "../../store/index.ts";
import { printReport, writeChanges } from "../changes-output.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";
import { table } from "../terminal.ts";
import { writeText } from "../write-file.ts";

type Action = (db: Db, context: CommandContext) => Promise<void>;

const ACTIONS: Record<string, Action> = { list, show, changes, compare, rejects, revert };

export const command: Command = {
  usage:
    "extracts [show ID | changes ID | compare ID ID | rejects ID | revert ID] [--csv BERKAS | --xlsx BERKAS] [--summary BERKAS] [--kind realization|budget] [--after N] [--limit N]",
  options: {
    csv: { type: "string" },
    xlsx: { type: "string" },
    summary: { type: "string" },
    kind: { type: "string" },
    after: { type: "string" },
    limit: { type: "string" },
  },
  run: async (context) => {
    const [name = "list"] = context.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw usageError(`tandai extracts ${name}`, `tandai ${command.usage}`);
    await context.withStore((db) => action(db, context));
    return 0;
  },
};

/** Changed lines of a JSON document unless asked otherwise. */
const PAGE = 1_000;

function idOf({ positionals, t }: CommandContext, position = 1): number {
  const text = positionals[position] ?? "";
  if (!/^\d{1,9}$/.test(text))
    throw usageError(t(position === 1 ? "cli.needsExtract" : "changes.needsTwo"), `tandai ${command.usage}`);
  return Number(text);
}

async function list(db: Db, { terminal, t, language, json }: CommandContext): Promise<void> {
  const extracts = await listExtracts(db);
  if (json) return terminal.print(toJson(extracts.map(extractDocument)));
  if (extracts.length === 0) return terminal.print(t("cli.extractsEmpty"));
  const header = ["extract", "state", "layout", "rows", "rejected", "rupiah", "imported", "file"] as const;
  const rows = extracts.map((extract) => [
    String(extract.id),
    t(`cli.state.${extract.state}`),
    extract.layout,
    formatNumber(extract.state === "blocked" ? 0 : extract.rows.posted, language),
    formatNumber(extract.rows.rejected, language),
    formatNumber(extract.state === "blocked" ? 0n : extract.amount.posted, language),
    extract.importedAt.slice(0, 16).replace("T", " "),
    extract.file,
  ]);
  const titles = header.map((name) => t(`cli.head.${name}`));
  for (const line of table(titles, rows, new Set([0, 3, 4, 5]))) terminal.print(line);
}

async function show(db: Db, context: CommandContext): Promise<void> {
  const extract = await getExtract(db, idOf(context));
  if (context.json) context.terminal.print(toJson(extractDocument(extract)));
  else printExtract(extract, context);
}

function printExtract(extract: ExtractSummary, { terminal }: CommandContext): void {
  for (const [name, value] of Object.entries(extractDocument(extract))) {
    terminal.print(`${name.padEnd(16)}${typeof value === "object" ? toJson(value) : String(value)}`);
  }
}

/** What an extract changed when it was posted. */
async function changes(db: Db, context: CommandContext): Promise<void> {
  const id = idOf(context);
  const report = reportOfKind(changeReports(db.read, await extractRow(db, id), context.t), kindOf(context), context.t);
  const title = context.t("changes.title", { extract: id });
  if (!context.json) context.terminal.print(context.terminal.strong(title));
  await showReport(context, report, title, { extract: id });
}

/** How two extracts of the same scope differ. */
async function compare(db: Db, context: CommandContext): Promise<void> {
  const { terminal, t, json } = context;
  const [before, after] = [idOf(context), idOf(context, 2)];
  const rows = [await extractRow(db, before), await extractRow(db, after)] as const;
  await db.snapshot(async (reader) => {
    const { reports, onlyBefore, onlyAfter } = await compareExtracts(reader, ...rows, t);
    const title = t("changes.compareTitle", { before, after });
    if (!json) {
      terminal.print(terminal.strong(title));
      if (onlyBefore > 0) terminal.print(`  ${t("changes.onlyBefore", { cells: onlyBefore })}`);
      if (onlyAfter > 0) terminal.print(`  ${t("changes.onlyAfter", { cells: onlyAfter })}`);
    }
    const cells = { cells_only_before: onlyBefore, cells_only_after: onlyAfter };
    await showReport(context, reportOfKind(reports, kindOf(context), t), title, { before, after, ...cells });
  });
}

async function showReport(
  context: CommandContext,
  report: ChangeReport,
  title: string,
  about: Record<string, number>,
): Promise<void> {
  for (const file of [context.text("csv"), context.text("xlsx")]) {
    if (file !== undefined) await writeChanges(context, report, { file, title });
  }
  if (!context.json) return printReport(context, report);
  const page = { after: context.integer("after", 0), limit: context.integer("limit", PAGE) };
  context.terminal.print(toJson({ ...about, ...(await reportDocument(report, page)) }));
}

function kindOf({ text, t }: CommandContext): "realization" | "budget" | undefined {
  const kind = text("kind");
  if (kind !== undefined && kind !== "realization" && kind !== "budget") {
    throw usageError(`--kind ${kind}`, t("changes.kinds"));
  }
  return kind;
}

/** The rejected rows: what came, and beside it why; into files, or as CSV on standard output. */
async function rejects(db: Db, context: CommandContext): Promise<void> {
  const { terminal, t, json, text } = context;
  const id = idOf(context);
  const survey = await surveyRejects(db, id);
  const [csv, xlsx, summary] = [text("csv"), text("xlsx"), text("summary")];
  if (csv !== undefined) await writeText(csv, rejectsCsv(db, survey, t));
  if (summary !== undefined) await writeText(summary, [summaryCsv(survey, t)]);
  if (xlsx !== undefined) {
    const { rejectsWorkbook } = await import("../../../reports/rejects.ts");
    const { writeWorkbook } = await import("../../../reports/write.ts");
    await writeWorkbook(
      rejectsWorkbook(survey, () => rejectPages(db, id), t, new Date()),
      xlsx,
    );
  }
  const files = [csv, xlsx, summary].filter((file) => file !== undefined);
  for (const file of files) terminal.note(t("rejects.written", { count: survey.count, file }));
  if (json) return printRejects(db, survey, context);
  if (files.length > 0) return;
  if (survey.count === 0) return terminal.note(t("rejects.none"));
  for await (const piece of rejectsCsv(db, survey, t)) terminal.print(piece.slice(0, -2));
}

/** The rejects as one JSON document, written piece by piece. */
async function printRejects(db: Db, survey: RejectSurvey, { terminal, t }: CommandContext): Promise<void> {
  const { extract, count } = survey;
  const rules = survey.rules.map(({ rule, rows, first }) => ({ rule, rows, first_row: first.row }));
  const head = toJson({ extract: extract.id, count, rules, header: rejectHeader(survey, t) });
  terminal.print(`${head.slice(0, -1)},"rows":[`);
  let separator = "";
  for await (const page of rejectPages(db, extract.id)) {
    for (const reject of page) {
      terminal.print(`${separator}${toJson(rejectCells(survey, reject, t))}`);
      separator = ",";
    }
  }
  terminal.print("]}");
}

async function revert(db: Db, context: CommandContext): Promise<void> {
  const id = idOf(context);
  await revertExtract(db, id, new Date().toISOString(), context.actor());
  if (context.json) context.terminal.print(toJson(extractDocument(await getExtract(db, id))));
  else context.terminal.print(`${context.terminal.good("✓")} ${context.t("cli.reverted", { extract: id })}`);
}
