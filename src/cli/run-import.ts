import { stat } from "node:fs/promises";
import { toJson } from "../json.ts";
import type { ChangeReport } from "../ledger/changes/index.ts";
import { importDocument } from "../ledger/import-document.ts";
import { type ImportOptions, importFile } from "../ledger/index.ts";
import { FIRST_YEAR, LAST_YEAR } from "../periods.ts";
import { writeChanges } from "./changes-output.ts";
import { type CommandContext, usageError } from "./context.ts";
import { printImport, showProgress } from "./import-output.ts";
import { keepHeapSmall } from "./small-heap.ts";

/** What the caller decides beyond the options of the command. */
interface Decided extends Pick<ImportOptions, "kinds"> {
  usage: string;
  /** A thread that was started for the first file. */
  thread?: ImportOptions["thread"];
}

/** Imports every file named, in the order given; exit code 1 when one is blocked. */
export async function runImport(context: CommandContext, { kinds, usage, thread }: Decided): Promise<0 | 1> {
  const files = context.positionals;
  if (files.length === 0) throw usageError(context.t("cli.needsFile"), `tandai ${usage}`);
  if (context.text("layout") !== undefined && context.text("mapping") !== undefined) {
    throw usageError(context.t("cli.mappingOrLayout"));
  }
  for (const file of files) {
    // A misspelt name among several is noticed before anything is posted.
    await stat(file).catch(() => {
      throw usageError(context.t("cli.noFile", { file }), context.t("cli.noFileHint"));
    });
  }
  const year = context.text("year") === undefined ? null : context.integer("year", 0);
  if (year !== null && (year < FIRST_YEAR || year > LAST_YEAR)) {
    throw usageError(context.t("cli.yearRange", { from: FIRST_YEAR, to: LAST_YEAR, value: year }));
  }
  const changes = context.text("changes");
  if (changes !== undefined && files.length > 1) throw usageError(context.t("changes.oneFile"), `tandai ${usage}`);
  // Beside a thread that reads, this one makes little garbage, and its time counts.
  if (!thread) keepHeapSmall();
  const results = await context.withStore(async (db) => {
    const done = [];
    for (const file of files) {
      const title = context.t("changes.importTitle", { file });
      const watch =
        changes === undefined
          ? undefined
          : (report: ChangeReport) => writeChanges(context, report, { file: changes, title });
      const options: ImportOptions = {
        layout: context.text("layout") ?? null,
        mapping: context.text("mapping") ?? null,
        kinds,
        scope: context.text("scope") ?? null,
        year,
        dryRun: context.flag("dry-run"),
        force: context.flag("force"),
        maxRejects: context.integer("max-rejects", 0),
        agreement: context.text("agreed") ?? null,
        actor: context.actor(),
        at: new Date().toISOString(),
        progress: showProgress(context, file),
        thread: file === files[0] ? (thread ?? null) : null,
      };
      const result = await importFile(db, file, options, watch);
      if (!context.json) printImport(context, result);
      done.push(result);
    }
    return done;
  });
  const documents = results.map((result) => importDocument(result, context.t));
  if (context.json) context.terminal.print(toJson(documents.length === 1 ? documents[0] : documents));
  return results.some(({ status }) => status === "blocked") ? 1 : 0;
}
