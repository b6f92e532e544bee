import { codeDocument, parseCode } from "../../coa/index.ts";
import { toJson } from "../../json.ts";
import { FIRST_YEAR, LAST_YEAR } from "../../periods.ts";
import { codeNames, loadReferences } from "../../references/index.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";

export const command: Command = {
  usage: "code <kode>… [--year TAHUN]",
  options: { year: { type: "string" } },
  run: async (context) => {
    if (context.positionals.length === 0) throw usageError(context.t("cli.needsCode"), `tandai ${command.usage}`);
    const year = yearOf(context);
    const documents = await context.withStore(async (db) => {
      const names = codeNames(await loadReferences(db));
      return context.positionals.map((text) =>
        codeDocument(parseCode(text, year === null ? {} : { fiscalYear: year }), names, context.t),
      );
    });
    if (context.json) context.terminal.print(toJson(documents.length === 1 ? documents[0] : documents));
    else for (const document of documents) printCode(document, context);
    return documents.every(({ valid }) => valid) ? 0 : 1;
  },
};

function yearOf({ text, t }: CommandContext): number | null {
  const value = text("year");
  if (value === undefined) return null;
  const year = Number(value);
  if (!/^\d{4}$/.test(value) || year < FIRST_YEAR || year > LAST_YEAR) throw usageError(t("cli.notYear", { value }));
  return year;
}

type Document = ReturnType<typeof codeDocument>;

function printCode(document: Document, { terminal, t }: CommandContext): void {
  terminal.print(
    `${document.valid ? terminal.good("✓") : terminal.bad("✗")} ${terminal.strong(document.canonical ?? document.input)}`,
  );
  if (document.valid) terminal.print(terminal.dim(`  ${document.kind} ${document.structure ?? ""}`.trimEnd()));
  for (const [segment, value] of Object.entries(document.segments)) {
    for (const line of segmentLines(segment, value as Segment, 1)) terminal.print(line);
  }
  for (const error of document.errors) {
    terminal.print(`  ${terminal.bad(error.code)} ${error.message}`);
    terminal.print(`    ${t("cli.cure")}: ${error.cure}`);
  }
  for (const warning of document.warnings) terminal.print(`  ${terminal.dim(warning.code)} ${warning.message}`);
}

interface Segment {
  code?: string;
  name?: string | null;
  [part: string]: unknown;
}

/** A segment with its name, and the parts inside it. */
function segmentLines(name: string, segment: Segment, depth: number): string[] {
  const label = `${"  ".repeat(depth)}${name}`.padEnd(20);
  const parts = Object.entries(segment).filter(([, value]) => typeof value === "object" && value !== null);
  return [
    `${label}${segment.code ?? ""}  ${segment.name ?? ""}`.trimEnd(),
    ...parts.flatMap(([part, value]) => segmentLines(part, value as Segment, depth + 1)),
  ];
}
