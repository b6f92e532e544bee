/** Code lists of the store. Composite codes are written in full: unit `02403`, program `02403DG`, location `3051`. */
export type ReferenceList =
  | "ministries"
  | "units"
  | "programs"
  | "activities"
  | "output_classes"
  | "accounts"
  | "account_groups"
  | "treasury_offices"
  | "fund_sources"
  | "fund_planning_codes"
  | "authorities"
  | "budget_types"
  | "locations"
  | "functions"
  | "subfunctions"
  | "planning_themes"
  | "satkers";

interface Entry {
  name: string;
  parent: string | null;
  validFrom: number;
  validTo: number;
}

/** What a satker list says about a spending unit. */
export interface Satker {
  code: string;
  name: string;
  ministry: string;
  unit: string | null;
  location: string | null;
  authority: string | null;
  kppn: string | null;
}

/** The code lists as plain data. */
export interface ReferenceData {
  /** Versions of every code by list. */
  entries: Map<string, Map<string, Entry[]>>;
  /** First fiscal year that a list speaks for. */
  firstYear: Map<string, number>;
  /** Successors by list and code, `locations 2507`. */
  successors: Map<string, { code: string; fromYear: number | null }[]>;
  satkers: Map<string, Satker>;
}

/**
 * The code lists in memory: names and validity of any code in any fiscal year. Lists of 2020 and before are not to hand
 * for programs, units and outputs; there a name of a later year is given, and no code is called unknown.
 */
export class References {
  readonly #entries: ReferenceData["entries"];
  readonly #firstYear: ReferenceData["firstYear"];
  readonly #successors: ReferenceData["successors"];
  readonly #satkers: ReferenceData["satkers"];

  constructor(
    data: ReferenceData = { entries: new Map(), firstYear: new Map(), successors: new Map(), satkers: new Map() },
  ) {
    this.#entries = data.entries;
    this.#firstYear = data.firstYear;
    this.#successors = data.successors;
    this.#satkers = data.satkers;
  }

  /** All of it as plain data, as another thread can take it over. */
  data(): ReferenceData {
    return {
      entries: this.#entries,
      firstYear: this.#firstYear,
      successors: this.#successors,
      satkers: this.#satkers,
    };
  }

  addList(list: string, firstYear: number): void {
    this.#firstYear.set(list, firstYear);
    this.#entries.set(list, new Map());
  }

  addEntry(list: string, code: string, entry: Entry): void {
    const codes = this.#entries.get(list);
    const versions = codes?.get(code);
    if (versions) versions.push(entry);
    else codes?.set(code, [entry]);
  }

  addSuccessor(list: string, oldCode: string, newCode: string, fromYear: number | null): void {
    const key = `${list} ${oldCode}`;
    this.#successors.set(key, [...(this.#successors.get(key) ?? []), { code: newCode, fromYear }]);
  }

  addSatker(satker: Satker): void {
    this.#satkers.set(satker.code, satker);
  }

  /** The name of a code: of its version in that year, else of the nearest version; null when no version is known. */
  name(list: ReferenceList, code: string, year: number | null = null): string | null {
    if (list === "satkers") return this.#satkers.get(code)?.name ?? null;
    return this.#version(list, code, year)?.name ?? null;
  }

  /** What a code belongs to, such as the program of an activity; null when unknown. */
  parent(list: ReferenceList, code: string, year: number | null = null): string | null {
    return this.#version(list, code, year)?.parent ?? null;
  }

  /** Whether the list speaks for a year at all (null: for any year). */
  covers(list: ReferenceList, year: number | null): boolean {
    if (list === "satkers") return this.#satkers.size > 0;
    const first = this.#firstYear.get(list);
    return first !== undefined && (year === null || year >= first);
  }

  /** Whether a code is valid in a year (null: in any year). */
  isValid(list: ReferenceList, code: string, year: number | null): boolean {
    if (list === "satkers") return this.#satkers.has(code);
    const versions = this.#entries.get(list)?.get(code) ?? [];
    return versions.some(({ validFrom, validTo }) => year === null || (validFrom <= year && year <= validTo));
  }

  /** The codes that took the place of a superseded one. */
  successors(list: ReferenceList, code: string): string[] {
    return (this.#successors.get(`${list} ${code}`) ?? []).map((successor) => successor.code);
  }

  /**
   * The program (7 characters) an activity belongs to in a year. Null when the activity is not on the list, or when its
   * ministry did not exist yet in that year: the list only knows the owner after the reorganisation.
   */
  activityOwner(activity: string, year: number | null): string | null {
    const owner = this.parent("activities", activity, year);
    return owner !== null && this.isValid("ministries", owner.slice(0, 3), year) ? owner : null;
  }

  satker(code: string): Satker | null {
    return this.#satkers.get(code) ?? null;
  }

  satkersOf(ministry: string): string[] {
    return [...this.#satkers.values()].filter((satker) => satker.ministry === ministry).map(({ code }) => code);
  }

  #version(list: string, code: string, year: number | null): Entry | undefined {
    const versions = this.#entries.get(list)?.get(code);
    if (!versions) return undefined;
    const valid = year === null ? undefined : versions.find((v) => v.validFrom <= year && year <= v.validTo);
    return valid ?? versions.at(-1);
  }
}
