import { backupStore } from "../../backup/index.ts";
import { formatNumber } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import { version } from "../../version.ts";
import { type Command, usageError } from "../context.ts";

export const command: Command = {
  usage: "backup BERKAS",
  options: {},
  run: async ({ terminal, t, language, json, positionals, withStore }) => {
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw usageError(t("cli.needsBackup"), `tandai ${command.usage}`);
    const backup = await withStore((db) => backupStore(db, file, new Date().toISOString(), version()));
    if (json) {
      terminal.print(toJson(backup));
      return 0;
    }
    const rows = Object.values(backup.tables).reduce((sum, count) => sum + count, 0);
    const size = { rows: formatNumber(rows, language), bytes: formatNumber(backup.bytes, language) };
    terminal.print(`${terminal.good("✓")} ${t("cli.backedUp", { file, ...size })}`);
    terminal.print(`  ${t("cli.ledgerHash")} ${backup.ledger}`);
    terminal.print(`  SHA-256 ${backup.sha256}`);
    return 0;
  },
};
