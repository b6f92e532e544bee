import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { toJson } from "../../json.ts";
import { isMonth, type Month, reportWindow, type Window } from "../../periods.ts";
import { assemblePerformanceExecution, isDemonstration, writePerformanceExecution } from "../../reporting/index.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";
import { asOfOption } from "../reconciliation-request.ts";
import { bar } from "../terminal.ts";

const KINDS = ["performance-execution"];

export const command: Command = {
  usage:
    "report performance-execution (--due YYYY-MM | --from YYYY-MM --to YYYY-MM) --out BERKAS [--theme TEMA] [--as-of TANGGAL]",
  options: {
    due: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    theme: { type: "string" },
    out: { type: "string" },
    "as-of": { type: "string" },
  },
  run: async (context) => {
    const { t, text, terminal } = context;
    const kind = context.positionals[0] ?? "";
    if (!KINDS.includes(kind)) throw usageError(t("cli.unknownReport", { kind }), KINDS.join(", "));
    const period = periodOf(context);
    const out = text("out");
    if (out === undefined) throw usageError(t("cli.needsOut"));
    const written = await writeReport(context, period, resolve(out), text("theme") ?? "stunting");
    const failed = written.checks.filter(({ status }) => status === "failed").length;
    if (context.json) terminal.print(toJson({ report: kind, due: period.due, ...period.window, ...written }));
    else {
      const { sheets, sha256, file, checks } = written;
      terminal.print(
        `${failed === 0 ? terminal.good("✓") : terminal.bad("✗")} ${t("cli.reportWritten", { file, sheets, checks: checks.length, failed, sha256 })}`,
      );
    }
    return failed === 0 ? 0 : 1;
  },
};

interface Period {
  due: Month | null;
  window: Window;
}

function periodOf({ t, text }: CommandContext): Period {
  const due = text("due");
  if (due !== undefined) {
    const window = reportWindow(due);
    if (!window) throw usageError(t("cli.notDue", { due }), t("cli.notDueHint"));
    return { due, window };
  }
  const [from = "", to = ""] = [text("from"), text("to")];
  if (!isMonth(from) || !isMonth(to) || from > to) throw usageError(t("cli.needsPeriod"));
  return { due: null, window: { from, to } };
}

/** Assembles and writes the workbook; also what `start` does with the newest report. */
export async function writeReport(context: CommandContext, { due, window }: Period, file: string, theme: string) {
  const { terminal, t, language } = context;
  await mkdir(dirname(file), { recursive: true });
  const report = await context.withStore(async (db) =>
    assemblePerformanceExecution(db, {
      ...{ window, due, theme, language, demonstration: await isDemonstration(db) },
      ...asOfOption(context),
    }),
  );
  const written = await writePerformanceExecution(report, file, (done, total) =>
    terminal.progress(() => `${t("cli.writingReport")} ${bar(done, total)}`),
  );
  return { file, ...written };
}
