import { type ComposedCode, type LedgerCode, UNKNOWN_SIGN } from "../coa/index.ts";
import type { ReferenceList, References } from "../references/index.ts";
import type { RuleId } from "../rules.ts";

type Warnings = readonly RuleId[];

const NONE: Warnings = [];

/** A check of one part of a code whose answers are remembered: parts repeat far more often than codes. */
class Remembered {
  readonly #answers = new Map<string, Warnings>();
  readonly #check: (part: string) => Warnings;
  // Codes come sorted more often than not: the next one has most parts of this one.
  #last: string | null = null;
  #lastAnswer = NONE;

  constructor(check: (part: string) => Warnings) {
    this.#check = check;
  }

  of(part: string): Warnings {
    if (part === this.#last) return this.#lastAnswer;
    let answer = this.#answers.get(part);
    if (answer === undefined) {
      answer = this.#check(part);
      this.#answers.set(part, answer);
    }
    this.#last = part;
    this.#lastAnswer = answer;
    return answer;
  }
}

/**
 * What the code lists of one fiscal year say about codes: REF-001 a part is not on its list, REF-002 the activity belongs
 * elsewhere, REF-003 the satker is not on the satker list, REF-004 nothing says which ministry the line belongs to.
 */
export class ReferenceChecks {
  readonly #references: References;
  readonly #year: number;
  readonly #program = new Remembered((part) => this.#programWarnings(part));
  readonly #output = new Remembered((part) => [
    ...this.#unknown("activities", part.slice(0, 4)),
    ...this.#unknown("output_classes", part.slice(4)),
  ]);
  readonly #owner = new Remembered((part) => this.#ownerWarnings(part.slice(0, 7), part.slice(7)));
  readonly #satker = new Remembered((part) => (this.#unknown("satkers", part).length > 0 ? ["REF-003"] : NONE));
  readonly #account = this.#list("accounts");
  readonly #kppn = this.#list("treasury_offices");
  readonly #fund = this.#list("fund_sources");
  readonly #authority = this.#list("authorities");
  readonly #location = this.#list("locations");

  constructor(references: References, year: number) {
    this.#references = references;
    this.#year = year;
  }

  /** The warnings of a code, one per finding. */
  of(code: LedgerCode): Warnings {
    const found = [
      this.#program.of(code.program),
      this.#output.of(code.output),
      this.#owner.of(code.program + code.output.slice(0, 4)),
      this.#account.of(code.account),
      this.#kppn.of(code.kppn),
      this.#fund.of(code.fund.slice(0, 1)),
      this.#authority.of(code.authority),
      this.#location.of(code.location),
      this.#satker.of(code.satker),
    ];
    return found.every((warnings) => warnings.length === 0) ? NONE : found.flat();
  }

  /** The warnings of a composed code: only what is known is checked; REF-004 when its ministry is not. */
  ofComposed({ canonical, known }: ComposedCode): Warnings {
    const [, , , program = "", output = ""] = canonical.split(".");
    const checks: [Remembered, string | null][] = [
      [this.#program, program],
      [this.#output, output],
      [this.#owner, program + output.slice(0, 4)],
      [this.#account, known.account],
      [this.#kppn, known.kppn],
      [this.#fund, known.fund_source],
      [this.#authority, known.authority],
      [this.#location, known.location],
      [this.#satker, known.satker],
    ];
    const found = checks.flatMap(([check, part]) => (part === null ? NONE : check.of(part)));
    return known.ministry === null ? [...found, "REF-004"] : found;
  }

  #list(list: ReferenceList): Remembered {
    return new Remembered((part) => this.#unknown(list, part));
  }

  #unknown(list: ReferenceList, part: string): Warnings {
    if (part.includes(UNKNOWN_SIGN)) return NONE;
    const known = !this.#references.covers(list, this.#year) || this.#references.isValid(list, part, this.#year);
    return known ? NONE : ["REF-001"];
  }

  /** Ministry, unit, and the program of the unit or of the whole ministry. */
  #programWarnings(program: string): Warnings {
    const ministry = program.slice(0, 3);
    const ofUnit = this.#unknown("programs", program);
    return [
      ...this.#unknown("ministries", ministry),
      ...this.#unknown("units", program.slice(0, 5)),
      ...(ofUnit.length > 0 ? this.#unknown("programs", ministry + program.slice(5)) : NONE),
    ];
  }

  #ownerWarnings(program: string, activity: string): Warnings {
    const owner = this.#references.activityOwner(activity, this.#year);
    // Until 2020 programs had other codes; there only the ministry can be compared.
    const width = this.#references.covers("programs", this.#year) ? 7 : 3;
    const differs = [...(owner ?? "")].slice(0, width).some((character, at) => {
      return program[at] !== character && program[at] !== UNKNOWN_SIGN;
    });
    return differs ? ["REF-002"] : NONE;
  }
}
