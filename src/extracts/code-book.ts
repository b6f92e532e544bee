import { codeProblem, type LedgerCode, parseLedgerCode } from "../coa/index.ts";
import type { ReferenceList, References } from "../references/index.ts";
import type { Problem, RuleId } from "../rules.ts";

/** A distinct code of the file in one fiscal year, parsed and checked once. */
export interface CodeEntry {
  /** Position in the order of first appearance within this import, for tables on the side. */
  index: number;
  canonical: string;
  fiscalYear: number;
  ministry: string;
  satker: string;
  program: string;
  account: string;
  fund: string;
  authority: string;
  location: string;
  /** `2080.QEA` or `2080.QEA.003.051`. */
  node: string;
  /** Warnings of the reference lists; counted once per line that uses the code. */
  warnings: readonly RuleId[];
}

export type CodeLookup = { entry: CodeEntry } | { problems: Problem[] };

/** All codes of one import. Checks run once per distinct code and fiscal year, however often it is printed. */
export class CodeBook {
  readonly entries: CodeEntry[] = [];
  readonly #references: References;
  readonly #years = new Map<number, Map<string, CodeLookup>>();
  readonly #canonical = new Map<string, CodeEntry>();
  readonly #known = new Map<string, boolean>();
  #lastText = "";
  #lastYear = 0;
  #last: CodeLookup | null = null;

  constructor(references: References) {
    this.#references = references;
  }

  /** Parses a printed code of a line of a fiscal year. Column names the place of a problem. */
  lookup(text: string, fiscalYear: number, column: string): CodeLookup {
    // Extracts are mostly sorted by code: the next line often has the code of this one.
    if (text === this.#lastText && fiscalYear === this.#lastYear && this.#last) return this.#last;
    const found = this.#find(text, fiscalYear, column);
    this.#lastText = text;
    this.#lastYear = fiscalYear;
    this.#last = found;
    return found;
  }

  #find(text: string, fiscalYear: number, column: string): CodeLookup {
    let codes = this.#years.get(fiscalYear);
    if (!codes) {
      codes = new Map();
      this.#years.set(fiscalYear, codes);
    }
    const seen = codes.get(text);
    if (seen) return seen;
    const found = this.#parse(text, fiscalYear, column);
    // A slice of the file would keep the whole chunk alive; the canonical text of a new entry is a copy of its own.
    const key = "entry" in found && found.entry.canonical === text ? found.entry.canonical : copy(text);
    codes.set(key, found);
    return found;
  }

  #parse(text: string, fiscalYear: number, column: string): CodeLookup {
    const result = parseLedgerCode(text, fiscalYear);
    if (!result.ok) {
      const value = text.length > 120 ? `${text.slice(0, 120)}…` : text;
      return { problems: result.errors.map((error) => codeProblem(error, value, column)) };
    }
    const canonical = copy(result.code.canonical);
    const key = `${fiscalYear} ${canonical}`;
    const existing = this.#canonical.get(key);
    if (existing) return { entry: existing };
    const entry = this.#entry(
      canonical,
      result.code,
      fiscalYear,
      result.warnings.map(({ code }) => code),
    );
    this.entries.push(entry);
    this.#canonical.set(key, entry);
    return { entry };
  }

  #entry(canonical: string, code: LedgerCode, fiscalYear: number, warnings: RuleId[]): CodeEntry {
    const at = (start: number, end: number) => canonical.slice(start, end);
    const detail = code.ro === null ? "" : `.${code.ro}.${code.component}`;
    return {
      index: this.entries.length,
      canonical,
      fiscalYear,
      ministry: at(18, 21),
      satker: code.satker,
      program: code.program,
      account: code.account,
      fund: code.fund,
      authority: code.authority,
      location: code.location,
      node: `${code.output.slice(0, 4)}.${code.output.slice(4)}${detail}`,
      warnings: [...warnings, ...this.#referenceWarnings(code, fiscalYear)],
    };
  }

  /** REF-001 a part is not on the list of its year, REF-002 the activity belongs elsewhere, REF-003 satker unknown. */
  #referenceWarnings(code: LedgerCode, year: number): RuleId[] {
    const ministry = code.program.slice(0, 3);
    const activity = code.output.slice(0, 4);
    const warnings: RuleId[] = [];
    const parts: [ReferenceList, string][] = [
      ["ministries", ministry],
      ["units", code.program.slice(0, 5)],
      ["activities", activity],
      ["output_classes", code.output.slice(4)],
      ["accounts", code.account],
      ["treasury_offices", code.kppn],
      ["fund_sources", code.fund.slice(0, 1)],
      ["authorities", code.authority],
      ["locations", code.location],
    ];
    for (const [list, part] of parts) if (!this.#isKnown(list, part, year)) warnings.push("REF-001");
    if (
      !this.#isKnown("programs", code.program, year) &&
      !this.#isKnown("programs", ministry + code.program.slice(5), year)
    ) {
      warnings.push("REF-001");
    }
    if (!this.#ownsActivity(code.program, activity, year)) warnings.push("REF-002");
    if (!this.#isKnown("satkers", code.satker, year)) warnings.push("REF-003");
    return warnings;
  }

  #isKnown(list: ReferenceList, part: string, year: number): boolean {
    const key = `${list} ${year} ${part}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = !this.#references.covers(list, year) || this.#references.isValid(list, part, year);
      this.#known.set(key, known);
    }
    return known;
  }

  #ownsActivity(program: string, activity: string, year: number): boolean {
    const key = `owner ${year} ${program} ${activity}`;
    let owns = this.#known.get(key);
    if (owns === undefined) {
      const owner = this.#references.activityOwner(activity, year);
      // Until 2020 programs had other codes; there only the ministry can be compared.
      const width = this.#references.covers("programs", year) ? 7 : 3;
      owns = owner === null || owner.slice(0, width) === program.slice(0, width);
      this.#known.set(key, owns);
    }
    return owns;
  }
}

/** A string with memory of its own. */
function copy(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
