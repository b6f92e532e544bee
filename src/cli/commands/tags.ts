import { writeFile } from "node:fs/promises";
import { csvLine } from "../../csv.ts";
import { toJson } from "../../json.ts";
import { type ExportedTag, exportTags, TAG_ACTIONS, type TagAction } from "../../tagging/index.ts";
import { type Command, type CommandContext, type ExitCode, usageError } from "../context.ts";
import { runImport } from "../run-import.ts";
import { runForward, runReadWorksheet, runWorksheet } from "../tags-bulk.ts";
import { runCodes, runMarks, runReferenceTable } from "../tags-codes.ts";
import { KEYWORDS_OPTIONS, KEYWORDS_USAGE, runKeywords } from "../tags-keywords.ts";
import { LIFE_OPTIONS, runAgreements, runHistory, runList, runPropose, runRewrite, runStep } from "../tags-life.ts";
import { runSuggest, SUGGEST_OPTIONS, SUGGEST_USAGE } from "../tags-suggest.ts";
import { command as importCommand } from "./import.ts";

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

const USAGE = [
  "tags import BERKAS [--agreed NOMOR] [--as NAMA] [--dry-run]",
  "tags export [--theme TEMA] [--out BERKAS]",
  "tags list [--theme TEMA] [--status S,…] [--year Y] [--code KODE]",
  "tags history ID",
  "tags propose|identify --theme TEMA --code KODE --year Y --intervention I [--share P] [--evidence TEKS] [--link URL] --as NAMA",
  "tags change|replace ID [--share P] […] --as NAMA [--why ALASAN]",
  "tags propose|review|return|agree|reject|retire (ID… | --all [--theme …]) --as NAMA [--why ALASAN]",
  "tags agree … --agreement NOMOR [--date YYYY-MM-DD --semester YYYY-1 --party NAMA …]",
  "tags agreements",
  ...SUGGEST_USAGE,
  ...KEYWORDS_USAGE,
  "tags codes [--theme TEMA [--allocate --as NAMA]]",
  "tags reference-table --for krisna|span --theme TEMA --year Y --out BERKAS.csv|.xlsx",
  "tags marks --theme TEMA --year Y [--identify --as NAMA]",
  "tags worksheet --theme TEMA --year Y --out BERKAS.xlsx",
  "tags read-worksheet BERKAS --as NAMA [--why ALASAN]",
  "tags forward --theme TEMA --from Y --to Y --as NAMA",
];

const ACTIONS: Record<string, (context: CommandContext) => Promise<ExitCode>> = {
  import: (context) =>
    runImport({ ...context, positionals: context.positionals.slice(1) }, { kinds: ["tags"], usage: USAGE[0] ?? "" }),
  export: runExport,
  list: runList,
  history: runHistory,
  identify: (context) => runPropose(context, "identified"),
  propose: (context) => runPropose(context, "proposed"),
  change: (context) => runRewrite(context, "change"),
  replace: (context) => runRewrite(context, "replace"),
  agreements: runAgreements,
  suggest: runSuggest,
  keywords: runKeywords,
  codes: runCodes,
  "reference-table": runReferenceTable,
  marks: runMarks,
  worksheet: runWorksheet,
  "read-worksheet": runReadWorksheet,
  forward: runForward,
};

export const command: Command = {
  usage: USAGE.join(" · "),
  options: {
    ...importCommand.options,
    ...LIFE_OPTIONS,
    ...SUGGEST_OPTIONS,
    ...KEYWORDS_OPTIONS,
    out: { type: "string" },
    for: { type: "string" },
    allocate: { type: "boolean" },
    identify: { type: "boolean" },
  },
  run: async (context) => {
    const [action = ""] = context.positionals;
    if (Object.hasOwn(ACTIONS, action)) return (ACTIONS[action] ?? runList)(context);
    const step = TAG_ACTIONS.find((one): one is TagAction => one === action);
    if (step) return runStep(context, step);
    throw usageError(context.t("cli.needsTagsAction"), USAGE.map((line) => `tandai ${line}`).join("\n  "));
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
