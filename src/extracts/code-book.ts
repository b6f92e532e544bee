import {
  type ComposeError,
  codeProblem,
  composeCode,
  type KnownSegments,
  type LedgerCodeResult,
  parseLedgerCode,
} from "../coa/index.ts";
import type { References } from "../references/index.ts";
import type { Problem, RuleId } from "../rules.ts";
import { type CodeColumns, codeColumns } from "./code-columns.ts";
import { CodeTable, hash } from "./code-table.ts";
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

/** What is known of a printed text: the position of its code, or -1 with the problems. */
interface Known {
  index: number;
  warnings: readonly RuleId[];
  problems: readonly Problem[];
}

const NO_PROBLEMS: readonly Problem[] = [];

/** Longer texts are no codes; they are explained, not remembered. */
const LONGEST = 120;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** All codes of one import. Checks run once per distinct code and fiscal year, however often it is printed. */
export class CodeBook {
  readonly #references: References;
  readonly #checksOfYears = new Map<number, ReferenceChecks>();
  readonly #printed = new CodeTable();
  /** What is known of each printed text, by its number in the table. */
  readonly #known: Known[] = [];
  /** The printed text of each code, by position. */
  readonly #keys: number[] = [];
  readonly #scratch = Buffer.alloc(LONGEST);
  #last = -1;
  #lookedUp: { key: number; lookup: CodeLookup } | null = null;

  constructor(references: References) {
    this.#references = references;
  }

  /** How many distinct codes there are. */
  get size(): number {
    return this.#keys.length;
  }

  /** The code at a position, with its dots. */
  canonical(index: number): string {
    return this.#printed.text(this.#keys[index] ?? -1);
  }

  fiscalYear(index: number): number {
    return this.#printed.year(this.#keys[index] ?? -1);
  }

  /** What warns about every line that prints the code canonically. */
  warnings(index: number): readonly RuleId[] {
    return this.#known[this.#keys[index] ?? -1]?.warnings ?? [];
  }

  /** Position of a code printed canonically in these ASCII bytes; -1 for anything that needs a closer look. */
  positionOf(bytes: Buffer, start: number, end: number, fiscalYear: number): number {
    // Extracts are mostly sorted by code: the next line often has the code of this one.
    if (this.#last >= 0 && this.#printed.is(this.#last, bytes, start, end, fiscalYear)) {
      return this.#canonicalPosition(this.#last);
    }
    const code = hash(bytes, start, end, fiscalYear);
    const found = this.#printed.find(code, bytes, start, end, fiscalYear);
    const key = found >= 0 ? found : this.#add(code, bytes, start, end, fiscalYear);
    if (key < 0) return -1;
    this.#last = key;
    return this.#canonicalPosition(key);
  }

  /** Parses a printed code of a line of a fiscal year. Column names the place of a problem. */
  lookup(text: string, fiscalYear: number, column: string): CodeLookup {
    const key = this.#keyOf(text, fiscalYear);
    if (key >= 0 && key === this.#lookedUp?.key) return this.#lookedUp.lookup;
    const known = this.#known[key] ?? this.#check(text, fiscalYear, key, parseLedgerCode(text, fiscalYear));
    if (known.index < 0) return { problems: known.problems.map((problem) => ({ ...problem, column })) };
    const lookup = { entry: this.#entry(known.index), warnings: known.warnings };
    this.#lookedUp = { key, lookup };
    return lookup;
  }

  /**
   * The code of a line whose source states its pieces in columns of their own; pieces it does not state are unknown and
   * not checked. A code of which all is known is the same entry as the printed one.
   */
  compose(known: KnownSegments, fiscalYear: number): ComposedLookup {
    const composed = composeCode(known, fiscalYear);
    if (!composed.ok) return { errors: composed.errors };
    const { code } = composed;
    const key = this.#keyOf(code.canonical, fiscalYear);
    const found =
      this.#known[key] ?? this.#remember(key, this.#newCode(key, this.#checks(fiscalYear).ofComposed(code)));
    return { entry: this.#entry(found.index), warnings: found.warnings };
  }

  #entry(index: number): CodeEntry {
    const canonical = this.canonical(index);
    return { index, canonical, fiscalYear: this.fiscalYear(index), ...codeColumns(canonical) };
  }

  /** The number of a printed text; -1 for what is too long or too strange to be a code. */
  #keyOf(text: string, fiscalYear: number): number {
    if (text.length > LONGEST || !PRINTABLE.test(text)) return -1;
    return this.#printed.add(this.#scratch, 0, this.#scratch.write(text, "latin1"), fiscalYear);
  }

  #canonicalPosition(key: number): number {
    const index = this.#known[key]?.index ?? -1;
    return index >= 0 && this.#keys[index] === key ? index : -1;
  }

  /** A code that is new, when the bytes are one; -1 otherwise. */
  #add(code: number, bytes: Buffer, start: number, end: number, fiscalYear: number): number {
    const text = bytes.toString("latin1", start, end);
    const parsed = parseLedgerCode(text, fiscalYear);
    if (!parsed.ok || parsed.code.canonical !== text) return -1;
    const key = this.#printed.addNew(code, bytes, start, end, fiscalYear);
    this.#check(text, fiscalYear, key, parsed);
    return key;
  }

  /** Remembers what parsing and the code lists say about a printed text; `key` is its number, -1 is not remembered. */
  #check(text: string, fiscalYear: number, key: number, result: LedgerCodeResult): Known {
    if (!result.ok) {
      const value = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
      const problems = result.errors.map((error) => codeProblem(error, value, ""));
      return this.#remember(key, { index: -1, warnings: [], problems });
    }
    const { canonical } = result.code;
    if (canonical === text) return this.#remember(key, this.#newCode(key, this.#checks(fiscalYear).of(result.code)));
    // Other spellings of a code (without dots, with spaces) lead to the one entry of its canonical text.
    const own = this.#keyOf(canonical, fiscalYear);
    const known = this.#known[own] ?? this.#check(canonical, fiscalYear, own, parseLedgerCode(canonical, fiscalYear));
    return this.#remember(key, { ...known, warnings: [...result.warnings.map(({ code }) => code), ...known.warnings] });
  }

  #newCode(key: number, warnings: readonly RuleId[]): Known {
    this.#keys.push(key);
    return { index: this.#keys.length - 1, warnings, problems: NO_PROBLEMS };
  }

  #remember(key: number, known: Known): Known {
    if (key >= 0) this.#known[key] = known;
    return known;
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
