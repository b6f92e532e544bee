import type { ExtractKind, ScopeOption, Table } from "../extracts/index.ts";
import type { RuleId } from "../rules.ts";
import type { Statement } from "./extract-records.ts";
import type { Reading } from "./reading.ts";
import type { ImportOptions } from "./types.ts";

/** What a file states under the options it is read with: a file that states the same again changes nothing. */
export function statementOf({ file, table, options, chain }: Reading, sha256: string): Statement {
  const { scope, agreement } = options;
  return {
    kind: table.layout.kind,
    layout: table.layout.id,
    file: file.name,
    sha256,
    options: { scope, agreement, year: yearSaid(table, options), completes: chain[0] ?? null },
    usesSatkers: table.layout.usesSatkers ?? false,
    header: table.header,
    at: options.at,
  };
}

/** The year that shapes what is read and does not stand in the file. */
function yearSaid({ facts, yearFromName }: Table, { year }: ImportOptions): number | null {
  return yearFromName ? facts.fiscalYear : year;
}

/** Whether the lines of a kind follow from the file and from what is in force, and not from the file alone. */
export function isRelative(kind: ExtractKind): boolean {
  return kind === "budget-and-realization";
}

/**
 * Whether a part of `--scope` has no meaning for a file: lists and tags have no cells, budget cells have no months, and a
 * statement to date needs its month only when it does not say it.
 */
function isUnused({ months, ministries, satkers }: ScopeOption, { layout: { kind }, facts }: Table): boolean {
  if (kind === "realization" || kind === "achievements") return false;
  if (kind === "budget-and-realization") return months.length > 0 && (facts.period ?? facts.printed) !== null;
  return months.length > 0 || (kind !== "budget" && ministries.length + satkers.length > 0);
}

/** What is to be said of a file before its first line is read: what of it, and of the options, has no use. */
export function headWarnings(table: Table, scope: ScopeOption, { year }: ImportOptions): RuleId[] {
  const warnings: RuleId[] = table.ignored.map(() => "FILE-101");
  if (table.sheet !== undefined) warnings.push("FILE-131");
  if (isUnused(scope, table)) warnings.push("FILE-102");
  if (year !== null && table.layout.yearIn !== "titles") warnings.push("FILE-103");
  if (table.yearFromName) warnings.push("FILE-130");
  return warnings;
}
