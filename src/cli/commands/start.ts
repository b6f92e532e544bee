import { join, resolve } from "node:path";
import { sql } from "drizzle-orm";
import { loadDemonstration } from "../../../seeds/demonstration.ts";
import { formatNumber } from "../../i18n/index.ts";
import { newestDue, reportWindow } from "../../periods.ts";
import type { Db } from "../../store/index.ts";
import type { Command, CommandContext } from "../context.ts";
import { demonstrationSteps } from "../demonstration-output.ts";
import { writeReport } from "./report.ts";
import { portOf, serveUntilStopped } from "./serve.ts";

/** Where `start` puts the newest report. */
const OUT = "out";

export const command: Command = {
  usage: "start [--port 3000]",
  options: { port: { type: "string" } },
  run: async (context) => {
    portOf(context);
    const { terminal, t, language } = context;
    await context.withStore(async (db) => {
      const loaded = await loadDemonstration(db, demonstrationSteps(context));
      if (loaded.loaded) {
        terminal.print(t("cli.demoLoaded", { files: loaded.files, rows: formatNumber(loaded.rows, language) }));
      }
      const file = await writeNewestReport(db, context);
      terminal.print(t("cli.startStore", { store: db.describe() }));
      terminal.print(t("cli.startReport", { file: file ?? t("cli.noReportYet") }));
      await serveUntilStopped(db, context);
    });
    return 0;
  },
};

/** Writes the newest report whose window the ledger covers; null when there is none yet. */
async function writeNewestReport(db: Db, context: CommandContext): Promise<string | null> {
  const [row] = await db.read.rows<{ month: string | null }>(
    sql`SELECT max(period) AS month FROM periods_in_force WHERE kind = 'realization'`,
  );
  const due = row?.month ? newestDue(row.month) : null;
  const window = due === null ? null : reportWindow(due);
  if (due === null || window === null) return null;
  const file = resolve(join(OUT, `${context.t("cli.reportFile")}-${due}.xlsx`));
  await writeReport(context, { due, window }, file, "stunting");
  return file;
}
