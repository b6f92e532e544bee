import type { CodeWarning, ParsedCode } from "./code.ts";
import { Lookup, type Place, place } from "./lookup.ts";
import type { CodeNames, Named } from "./names.ts";
import { describeTree, type TreeNames } from "./tree.ts";

/** The contract's `segments` of a ledger code: twelve keys, or sixteen. An invalid code lacks what did not hold. */
export interface LedgerSegments {
  satker?: Named;
  kppn?: Named;
  account?: Named & { group: Named };
  program?: { code: string; ministry: Named; unit: Named; program: Named };
  output?: { code: string; activity: Named; output: Named };
  fund?: { code: string; source: Named; method: Named; register: Named };
  bank?: { code: string; type: string; number: string };
  authority?: Named;
  location?: { code: string; province: Named; district: Named };
  budget_type?: Named;
  inter_entity?: Named;
  reserve?: Named;
  ro?: Named;
  component?: Named;
  subcomponent?: Named;
  item?: Named;
}

/** `segments` of a short notation: what it states, each by itself. */
export interface ShortSegments extends TreeNames {
  /** The planning code of two digits with the SPAN letter it stands for. */
  fund_source?: Named & { span_code: string | null };
  ro?: Named;
  component?: Named;
  subcomponent?: Named;
  account?: Named & { group: Named };
  item?: Named;
}

export interface Description {
  segments: LedgerSegments | ShortSegments;
  /** REF-001 not on the list of its year, REF-002 activity of another owner, REF-003 satker unknown. */
  warnings: CodeWarning[];
}

/**
 * Gives the segments of a code their names in the year it was parsed for, and warns of what the lists contradict.
 * Works on invalid codes too, with the segments that held.
 */
export function describeCode(parsed: ParsedCode, names: CodeNames): Description {
  const lookup = new Lookup(parsed, names);
  const segments = parsed.kind === "short" ? shortSegments(parsed, lookup) : ledgerSegments(parsed, lookup);
  return { segments, warnings: lookup.warnings };
}

function ledgerSegments(parsed: ParsedCode, lookup: Lookup): LedgerSegments {
  const { program: programCode, output: outputCode } = parsed.segments;
  const at = (segment: Place["segment"]): Place | undefined => place(parsed, segment);
  const [satker, kppn, account, fund] = [at("satker"), at("kppn"), at("account"), at("fund")];
  const [bank, authority, location, budgetType] = [at("bank"), at("authority"), at("location"), at("budget_type")];
  const { ministry, unit, program, activity, output } = describeTree(parsed, lookup);
  return {
    ...(satker && { satker: { code: satker.code, name: satkerName(satker, lookup) } }),
    ...(kppn && { kppn: { code: kppn.code, name: lookup.name("treasury_offices", kppn.code, kppn) } }),
    ...(account && { account: describeAccount(account, lookup) }),
    ...(programCode && ministry && unit && program && { program: { code: programCode, ministry, unit, program } }),
    ...(outputCode && activity && output && { output: { code: outputCode, activity, output } }),
    ...(fund && { fund: describeFund(fund, lookup) }),
    ...(bank && { bank: { code: bank.code, type: bank.code.slice(0, 1), number: bank.code.slice(1) } }),
    ...(authority && {
      authority: { code: authority.code, name: lookup.name("authorities", authority.code, authority) },
    }),
    ...(location && { location: describeLocation(location, lookup) }),
    ...(budgetType && {
      budget_type: { code: budgetType.code, name: lookup.name("budget_types", budgetType.code, budgetType) },
    }),
    ...unnamed(parsed, ["inter_entity", "reserve", "ro", "component", "subcomponent", "item"]),
  };
}

function shortSegments(parsed: ParsedCode, lookup: Lookup): ShortSegments {
  const fundSource = place(parsed, "fund_source");
  const account = place(parsed, "account");
  return {
    ...describeTree(parsed, lookup),
    ...(fundSource && { fund_source: describeFundSource(fundSource, lookup) }),
    ...unnamed(parsed, ["ro", "component", "subcomponent"]),
    ...(account && { account: describeAccount(account, lookup) }),
    ...unnamed(parsed, ["item"]),
  };
}

/** Segments that no list names. */
function unnamed<S extends Place["segment"]>(parsed: ParsedCode, segments: readonly S[]): Partial<Record<S, Named>> {
  const out: Partial<Record<S, Named>> = {};
  for (const segment of segments) {
    const code = parsed.segments[segment];
    if (code !== undefined) out[segment] = { code, name: null };
  }
  return out;
}

function satkerName(at: Place, lookup: Lookup): string | null {
  const name = lookup.quietName("satkers", at.code);
  if (name === null && lookup.has("satkers")) lookup.warn(at, "REF-003", { part: at.code });
  return name;
}

function describeAccount(at: Place, lookup: Lookup): Named & { group: Named } {
  const group = at.code.slice(0, 2);
  return {
    code: at.code,
    name: lookup.name("accounts", at.code, at),
    group: { code: group, name: lookup.quietName("account_groups", group) },
  };
}

function describeFund(at: Place, lookup: Lookup): NonNullable<LedgerSegments["fund"]> {
  const source = at.code.slice(0, 1);
  return {
    code: at.code,
    source: { code: source, name: lookup.name("fund_sources", source, at) },
    method: { code: at.code.slice(1, 2), name: null },
    register: { code: at.code.slice(2), name: null },
  };
}

function describeFundSource(at: Place, lookup: Lookup): Named & { span_code: string | null } {
  const letter = lookup.spanFundSource(at.code);
  if (letter === null) lookup.absent("fund_sources", at.code, at);
  const name = letter === null ? null : lookup.quietName("fund_sources", letter);
  return { code: at.code, name, span_code: letter };
}

/** Province 2 + district 2; district `00` is the province itself. */
function describeLocation(at: Place, lookup: Lookup): NonNullable<LedgerSegments["location"]> {
  const province = at.code.slice(0, 2);
  return {
    code: at.code,
    province: { code: province, name: lookup.quietName("locations", `${province}00`) },
    district: { code: at.code.slice(2), name: lookup.name("locations", at.code, at) },
  };
}
