import { restoreStore } from "../../backup/index.ts";
import { AppError } from "../../errors.ts";
import { formatNumber } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import { type Command, usageError } from "../context.ts";

/** The checks of the file; that one fails is the answer "no". */
const CHECKS: ReadonlySet<string> = new Set(["BACKUP-NONE", "BACKUP-DAMAGED"]);

export const command: Command = {
  usage: "restore BERKAS [--force]",
  options: { force: { type: "boolean" } },
  run: async ({ terminal, t, language, json, positionals, flag, location }) => {
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw usageError(t("cli.needsBackup"), `tandai ${command.usage}`);
    try {
      const restored = await restoreStore(location, file, flag("force"));
      if (json) {
        terminal.print(toJson(restored));
        return 0;
      }
      const rows = Object.values(restored.tables).reduce((sum, count) => sum + count, 0);
      const at = restored.created_at.slice(0, 16).replace("T", " ");
      terminal.print(`${terminal.good("✓")} ${t("cli.restored", { file, at, rows: formatNumber(rows, language) })}`);
      terminal.print(`  ${t("cli.ledgerHash")} ${restored.ledger}`);
      return 0;
    } catch (error) {
      if (!(error instanceof AppError) || !CHECKS.has(error.code)) throw error;
      const { code, message, hint } = error;
      if (json) terminal.print(toJson({ error: { code, message, hint } }));
      terminal.note(`${terminal.bad("✗")} ${message}`);
      if (hint) terminal.note(`  ${hint}`);
      return 1;
    }
  },
};
