import { formatNumber } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import { verifyStore } from "../../ledger/index.ts";
import type { Command } from "../context.ts";

export const command: Command = {
  usage: "verify",
  options: {},
  run: async ({ terminal, t, language, json, withStore }) => {
    const { checks, findings } = await withStore(verifyStore);
    const ok = checks.every((check) => check.findings === 0);
    if (json) {
      terminal.print(toJson({ ok, checks, findings }));
      return ok ? 0 : 1;
    }
    for (const check of checks) {
      const mark = check.findings === 0 ? terminal.good("✓") : terminal.bad("✗");
      const counts = {
        examined: formatNumber(check.examined, language),
        findings: formatNumber(check.findings, language),
      };
      terminal.print(`${mark} ${t("cli.verified", { check: check.check, ...counts })}`);
    }
    for (const { check, subject, detail } of findings) terminal.print(`  ${check} ${subject}: ${detail}`);
    terminal.print(ok ? terminal.good(t("cli.verifyClean")) : terminal.bad(t("cli.verifyFindings")));
    return ok ? 0 : 1;
  },
};
