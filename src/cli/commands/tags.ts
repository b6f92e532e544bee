import { writeFile } from "node:fs/promises";
import { csvLine } from "../../csv.ts";
import { toJson } from "../../json.ts";
import { type ExportedTag, exportTags } from "../../tagging/index.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";
import { command as importCommand, runImport } from "./import.ts";

/** Columns of the plain layout, then what the store knows beyond it. */
const COLUMNS = [
  "theme",
  "fiscal_year_from",
  "fiscal_year_to",
  "code",
  "class",
  "intervention",
  "share",
  "evidence",
  "status",
  "agreement",
] as const;

export const command: Command = {
  usage: "tags import BERKAS [--agreed NOMOR] [--dry-run] · tags export [--theme TEMA] [--out BERKAS]",
  options: { ...importCommand.options, theme: { type: "string" }, out: { type: "string" } },
  run: async (context) => {
    const [action, ...files] = context.positionals;
    if (action === "import") return runImport({ ...context, positionals: files }, ["tags"]);
    if (action === "export") return runExport(context);
    throw usageError(context.t("cli.needsTagsAction"), `tandai ${command.usage}`);
  },
};

async function runExport({ terminal, t, json, text, withStore }: CommandContext): Promise<0> {
  const tags = await withStore((db) => exportTags(db, text("theme") ?? null));
  const content = json ? toJson(tags) : toCsv(tags);
  const file = text("out");
  if (file === undefined) terminal.print(content);
  else {
    await writeFile(file, `${content}\n`);
    terminal.note(t("cli.tagsExported", { count: tags.length, file }));
  }
  return 0;
}

function toCsv(tags: readonly ExportedTag[]): string {
  return [csvLine(COLUMNS), ...tags.map((tag) => csvLine(COLUMNS.map((column) => tag[column])))].join("\n");
}
