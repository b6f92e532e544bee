import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { formatRupiah } from "../i18n/index.ts";
import { toJson } from "../json.ts";
import { codeDocument, markDocument, resultsDocument } from "../tagging/documents.ts";
import {
  allocateCodes,
  compareMarks,
  listCrossProgramCodes,
  marksAsProposals,
  proposeTags,
  referenceTable,
} from "../tagging/index.ts";
import { type CommandContext, usageError } from "./context.ts";
import { themeOf } from "./tags-bulk.ts";
import { actorOf, report } from "./tags-life.ts";

/** `tags codes`: the cross-program codes; with `--allocate` every intervention of a theme gets one first. */
export async function runCodes(context: CommandContext): Promise<0> {
  const { terminal, json, text, flag } = context;
  const theme = text("theme");
  const codes = await context.withStore(async (db) => {
    if (!flag("allocate")) return listCrossProgramCodes(db);
    const { code } = await themeOf(db, theme ?? "", context);
    return allocateCodes(db, code, actorOf(context));
  });
  const wanted = codes.filter((one) => theme === undefined || one.theme === theme);
  if (json) terminal.print(toJson(wanted.map(codeDocument)));
  else for (const { code, theme: of, intervention } of wanted) terminal.print(`${code}  ${of}  ${intervention}`);
  return 0;
}

/** `tags reference-table`: every agreed node of a year with its code, for KRISNA or SPAN, as CSV or workbook. */
export async function runReferenceTable(context: CommandContext): Promise<0> {
  const { terminal, text, json, t, language } = context;
  const { REFERENCE_SYSTEMS, referenceCsv, writeReferenceTable } = await import("../../reports/reference-table.ts");
  const [code, out, given = "krisna"] = [text("theme"), text("out"), text("for")];
  const year = context.integer("year", 0);
  const system = REFERENCE_SYSTEMS.find((one) => one === given);
  if (code === undefined || out === undefined || year === 0 || !system)
    throw usageError(t("tags.needsReference"), "--for krisna|span --theme --year --out");
  const rows = await context.withStore(async (db) => {
    const theme = await themeOf(db, code, context);
    return referenceTable(db, theme.code, year);
  });
  const file = resolve(out);
  if (file.endsWith(".csv")) await writeFile(file, referenceCsv(rows, system));
  else await writeReferenceTable(rows, { system, year, language }, file);
  if (json) terminal.print(toJson({ file, theme: code, year, for: system, rows: rows.length }));
  else terminal.print(t("cli.written", { file }));
  return 0;
}

/** `tags marks`: what ledger lines carry in their reserve segment against the agreed tags; `--identify` marks what no tag says. */
export async function runMarks(context: CommandContext): Promise<0 | 1> {
  const { terminal, text, json, t, language, flag } = context;
  const code = text("theme");
  const year = context.integer("year", 0);
  if (code === undefined || year === 0) throw usageError(t("tags.needsMarks"));
  const [compared, results] = await context.withStore(async (db) => {
    const theme = await themeOf(db, code, context);
    const found = await compareMarks(db, theme.code, year);
    if (!flag("identify")) return [found, null];
    return [found, await proposeTags(db, marksAsProposals(found), actorOf(context), "identified")];
  });
  if (json) {
    const made = results && { identified: resultsDocument(results, t) };
    terminal.print(toJson({ theme: code, year, rows: compared.map(markDocument), ...made }));
  } else {
    for (const { node, mark, intervention, agreed, verdict, realization } of compared) {
      const said = [mark ?? "000000", intervention ?? "–", agreed.join("+") || "–", t(`tags.mark.${verdict}`)];
      terminal.print(`${node}  ${said.join("  ")}  ${formatRupiah(realization, language)}`);
    }
    if (results) report(context, results);
  }
  return compared.some(({ verdict }) => verdict !== "same") ? 1 : 0;
}
