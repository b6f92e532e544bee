import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApiDocument } from "../http/index.ts";
import { isTextKey, translator } from "../i18n/index.ts";
import { projectRoot } from "../paths.ts";
import { QA_RULES } from "../reporting/index.ts";
import { RULES } from "../rules.ts";
import { COMMANDS } from "./commands.ts";
import { overview } from "./overview.ts";

/**
 * Writes what follows from the code and is read as documentation: the rule catalogue, the help of the command line and
 * the OpenAPI document. With `--check` it only compares, and fails when one is stale.
 */
const FILES: Record<string, () => Promise<string>> = {
  "docs/rules.md": async () => rulesPage(),
  "docs/cli.md": async () => cliPage(),
  "docs/openapi.json": openApiDocument,
};

const [ID, EN] = [translator("id"), translator("en")];

function rulesPage(): string {
  const imports = Object.entries(RULES).map(([rule, { area, severity }]) => [
    rule,
    area,
    severity,
    ...sentences(`rule.${rule}`, "message"),
  ]);
  const quality = Object.entries(QA_RULES).map(([rule, severity]) => [
    rule,
    "report",
    severity,
    ...sentences(`report.qa.${rule}`, "what"),
  ]);
  return [
    "# Aturan / Rules",
    "",
    "Made by `npm run generate` from src/rules.ts, src/reporting/quality-rules.ts and src/i18n.",
    "",
    "## Impor / Import",
    "",
    "An error rejects the row or the file; a warning is counted and the row is posted.",
    "",
    ...tableOf(imports),
    "",
    "## Mutu laporan / Quality of reports",
    "",
    "A failed check makes the report wrong; a note is a fact to be read along with it.",
    "",
    ...tableOf(quality),
    "",
  ].join("\n");
}

/** What the rule says and what to do, in both languages, with the places for values left open. */
function sentences(key: string, message: string): string[] {
  return [ID, EN].map((t) =>
    [`${key}.${message}`, `${key}.cure`].map((part) => (isTextKey(part) ? t.raw(part) : "")).join(" "),
  );
}

function tableOf(rows: readonly string[][]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(["id", "about", "severity", "Indonesia", "English"]), "|---|---|---|---|---|", ...rows.map(line)];
}

async function cliPage(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).command));
  return [
    "# Perintah / Command line",
    "",
    "Made by `npm run generate`.",
    "",
    "```",
    ...overview(commands),
    "```",
    "",
  ].join("\n");
}

const check = process.argv.includes("--check");
let stale = 0;
for (const [file, make] of Object.entries(FILES)) {
  const path = join(projectRoot(), file);
  const fresh = await make();
  const current = readOrNull(path);
  if (current === fresh) continue;
  if (check) {
    console.error(`${file} is stale: run npm run generate`);
    stale++;
  } else {
    writeFileSync(path, fresh);
    console.log(`${file} written`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
