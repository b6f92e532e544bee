import { formatNumber } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import { verifyStore } from "../../ledger/index.ts";
import type { Command } from "../context.ts";

const PARTS = ["realization", "budget", "satkers", "outputs", "achievements", "tags"] as const;

export const command: Command = {
  usage: "verify",
  options: {},
  run: async ({ terminal, t, language, json, withStore }) => {
    const { checks, findings, ledger } = await withStore(verifyStore);
    const ok = checks.every((check) => check.findings === 0);
    if (json) {
      terminal.print(toJson({ ok, hash: ledger.hash, contents: ledger.parts, checks, findings }));
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
    for (const part of PARTS) {
      const { entries, hash } = ledger.parts[part];
      const places = { part: t(`cli.part.${part}`), entries: formatNumber(entries, language), hash: hash.slice(0, 16) };
      terminal.print(`  ${terminal.dim(t("cli.partHash", places))}`);
    }
    terminal.print(`${t("cli.ledgerHash")} ${terminal.strong(ledger.hash)}`);
    terminal.print(ok ? terminal.good(t("cli.verifyClean")) : terminal.bad(t("cli.verifyFindings")));
    return ok ? 0 : 1;
  },
};
