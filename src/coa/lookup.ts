import type { CodeWarning, ParsedCode, ShortField } from "./code.ts";
import type { CodeNames, ReferenceList } from "./names.ts";
import { RSPP_FIRST_YEAR, type SegmentId } from "./structures.ts";

/** A piece of a code and where it stands in the input. */
export interface Place {
  segment: SegmentId | ShortField;
  position: number;
  code: string;
}

/** A segment of a code, or a slice of it; undefined when the code does not have it. */
export function place(
  parsed: ParsedCode,
  segment: SegmentId | ShortField,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): Place | undefined {
  const code = parsed.segments[segment]?.slice(from, to);
  return code === undefined ? undefined : { segment, position: (parsed.positions[segment] ?? 0) + from, code };
}

/** Looks names up in the year of one code and collects what the lists contradict. */
export class Lookup {
  readonly warnings: CodeWarning[] = [];
  /** Before the redesign only the structure of program and output is known, no list. */
  readonly beforeRspp: boolean;
  /** A code of the old structure without a year is looked up in the last year of that structure. */
  readonly year: number | null;
  private readonly names: CodeNames;
  private readonly yearShown: string | number;

  constructor(parsed: ParsedCode, names: CodeNames) {
    this.names = names;
    this.beforeRspp = parsed.structure === "bas-2013";
    this.year = parsed.fiscalYear ?? (this.beforeRspp ? RSPP_FIRST_YEAR - 1 : null);
    this.yearShown = this.year ?? `≥ ${RSPP_FIRST_YEAR}`;
  }

  /** The name of a key; REF-001 at the place when there is a list for the year and the key is not on it. */
  name(list: ReferenceList, key: string, at: Place): string | null {
    const found = this.quietName(list, key);
    if (found === null) this.absent(list, key, at);
    return found;
  }

  /** The name of a key where absence is no finding. */
  quietName(list: ReferenceList, key: string): string | null {
    return this.names.name(list, key, this.year);
  }

  /** The newest name of a key, whatever the year. */
  newestName(list: ReferenceList, key: string): string | null {
    return this.names.name(list, key, null);
  }

  absent(list: ReferenceList, key: string, at: Place): void {
    if (this.has(list)) this.warn(at, "REF-001", { part: key, list, year: this.yearShown });
  }

  has(list: ReferenceList): boolean {
    return this.names.has(list, this.year);
  }

  /** `024.05.DG` of an activity, as deep as `depth` says; null when the list does not know it. */
  owner(activity: string, depth: number): string | null {
    const owner = this.names.activityOwner(activity, this.year);
    return owner && [owner.ministry, owner.unit, owner.program].slice(0, depth).join(".");
  }

  spanFundSource(planningCode: string): string | null {
    return this.names.fundSource(planningCode);
  }

  warn(at: Place, code: CodeWarning["code"], params: CodeWarning["params"]): void {
    this.warnings.push({ segment: at.segment, position: at.position, code, params });
  }
}
