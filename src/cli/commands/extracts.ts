import { csvLine } from "../../csv.ts";
import { formatNumber } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import { extractDocument } from "../../ledger/extract-document.ts";
import { type ExtractSummary, getExtract, listExtracts, rejectTable, revertExtract } from "../../ledger/index.ts";
import type { Db } from "../../store/index.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";
import { table } from "../terminal.ts";

type Action = (db: Db, context: CommandContext) => Promise<void>;

const ACTIONS: Record<string, Action> = { list, show, rejects, revert };

export const command: Command = {
  usage: "extracts [show ID | rejects ID | revert ID]",
  options: {},
  run: async (context) => {
    const [name = "list"] = context.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw usageError(`tandai extracts ${name}`, `tandai ${command.usage}`);
    await context.withStore((db) => action(db, context));
    return 0;
  },
};

function idOf({ positionals, t }: CommandContext): number {
  const text = positionals[1] ?? "";
  if (!/^\d{1,9}$/.test(text)) throw usageError(t("cli.needsExtract"), `tandai ${command.usage}`);
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
    formatNumber(extract.rows.posted, language),
    formatNumber(extract.rows.rejected, language),
    formatNumber(extract.amount.posted, language),
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

/** The rejected rows as CSV: what came, and beside it why. */
async function rejects(db: Db, context: CommandContext): Promise<void> {
  const { terminal, t, json } = context;
  const id = idOf(context);
  const { header, rows } = await rejectTable(db, id, t);
  if (json) terminal.print(toJson({ extract: id, header, rows }));
  else if (rows.length === 0) terminal.note(t("cli.noRejects"));
  else for (const cells of [header, ...rows]) terminal.print(csvLine(cells));
}

async function revert(db: Db, context: CommandContext): Promise<void> {
  const id = idOf(context);
  await revertExtract(db, id, new Date().toISOString());
  if (context.json) context.terminal.print(toJson(extractDocument(await getExtract(db, id))));
  else context.terminal.print(`${context.terminal.good("✓")} ${context.t("cli.reverted", { extract: id })}`);
}
