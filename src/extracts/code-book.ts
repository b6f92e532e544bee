import { type ComposeError, codeProblem, composeCode, type KnownSegments, parseLedgerCode } from "../coa/index.ts";
import type { References } from "../references/index.ts";
import type { Problem, RuleId } from "../rules.ts";
import { type CodeColumns, codeColumns } from "./code-columns.ts";
import { ownText } from "./own-text.ts";
import { ReferenceChecks } from "./reference-checks.ts";

/** A distinct code of the file in one fiscal year, parsed and checked once. */
export interface CodeEntry extends CodeColumns {
  /** Position in the order of first appearance within this import, for tables on the side. */
  index: number;
  canonical: string;
  fiscalYear: number;
}

/** A code with the warnings about it (counted once per line that uses it), or why it is none. */
export type CodeLookup = { entry: CodeEntry; warnings: readonly RuleId[] } | { problems: Problem[] };

/** A composed code with the warnings about it, or its faulty pieces, which the layout leads back to columns. */
export type ComposedLookup = { entry: CodeEntry; warnings: readonly RuleId[] } | { errors: readonly ComposeError[] };

/** All codes of one import. Checks run once per distinct code and fiscal year, however often it is printed. */
export class CodeBook {
  readonly entries: CodeEntry[] = [];
  readonly #references: References;
  readonly #years = new Map<number, Map<string, CodeLookup>>();
  readonly #checksOfYears = new Map<number, ReferenceChecks>();
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

  /**
   * The code of a line whose source states its pieces in columns of their own; pieces it does not state are unknown and
   * not checked. A code of which all is known is the same entry as the printed one.
   */
  compose(known: KnownSegments, fiscalYear: number): ComposedLookup {
    const composed = composeCode(known, fiscalYear);
    if (!composed.ok) return { errors: composed.errors };
    const { code } = composed;
    const codes = this.#codesOf(fiscalYear);
    const seen = codes.get(code.canonical);
    if (seen && "entry" in seen) return seen;
    const entry = { index: this.entries.length, canonical: code.canonical, fiscalYear, ...codeColumns(code.canonical) };
    this.entries.push(entry);
    const found = { entry, warnings: this.#checks(fiscalYear).ofComposed(code) };
    codes.set(code.canonical, found);
    return found;
  }

  #codesOf(fiscalYear: number): Map<string, CodeLookup> {
    let codes = this.#years.get(fiscalYear);
    if (!codes) {
      codes = new Map();
      this.#years.set(fiscalYear, codes);
    }
    return codes;
  }

  #find(text: string, fiscalYear: number, column: string): CodeLookup {
    const codes = this.#codesOf(fiscalYear);
    const seen = codes.get(text);
    if (seen) return seen;
    const found = this.#parse(text, fiscalYear, column);
    // A slice of the file would keep the whole chunk alive; the canonical text of a new entry is a copy of its own.
    const key = "entry" in found && found.entry.canonical === text ? found.entry.canonical : ownText(text);
    codes.set(key, found);
    return found;
  }

  #parse(text: string, fiscalYear: number, column: string): CodeLookup {
    const result = parseLedgerCode(text, fiscalYear);
    if (!result.ok) {
      const value = text.length > 120 ? `${text.slice(0, 120)}…` : text;
      return { problems: result.errors.map((error) => codeProblem(error, value, column)) };
    }
    // Other spellings of a code (without dots, with spaces) lead to the one entry of its canonical text.
    if (result.code.canonical !== text) {
      const found = this.#find(result.code.canonical, fiscalYear, column);
      const spelling = result.warnings.map(({ code }) => code);
      return "entry" in found ? { entry: found.entry, warnings: [...spelling, ...found.warnings] } : found;
    }
    const canonical = ownText(text);
    const entry = { index: this.entries.length, canonical, fiscalYear, ...codeColumns(canonical) };
    this.entries.push(entry);
    return { entry, warnings: this.#checks(fiscalYear).of(result.code) };
  }

  #checks(fiscalYear: number): ReferenceChecks {
    let checks = this.#checksOfYears.get(fiscalYear);
    if (!checks) {
      checks = new ReferenceChecks(this.#references, fiscalYear);
      this.#checksOfYears.set(fiscalYear, checks);
    }
    return checks;
  }
}
