import { monthsOf, type Window } from "../periods.ts";
import type { Dimension, Reconciliation, ReconciliationRow } from "../reconciliation/index.ts";
import type { Theme } from "../references/index.ts";
import { type Balances, type BothReconciliations, figuresOf } from "./balances.ts";
import { noFigures, sumFigures } from "./figures.ts";
import { type Names, NO_CODE } from "./names.ts";
import type { TagRow } from "./queries.ts";
import { rankSatkers } from "./ranking.ts";
import type {
  BothBases,
  BreakdownRow,
  DistrictRow,
  InterventionRow,
  MonthRow,
  Named,
  PerformanceExecution,
  SatkerRow,
} from "./types.ts";

type SheetRows = Pick<
  PerformanceExecution,
  | "total"
  | "needsRo"
  | "untagged"
  | "residual"
  | "twelfths"
  | "ministries"
  | "classes"
  | "interventions"
  | "withoutTags"
  | "districts"
  | "months"
  | "satkers"
  | "ranking"
  | "accountGroups"
  | "funds"
>;

/**
 * Turns the reconciliations into the rows of the sheets, with names, in the order they are printed.
 *
 * @param ministryOf the ministry that a satker's lines are printed under
 */
export function reportRows(
  balances: Balances,
  names: Names,
  theme: Theme,
  tags: readonly TagRow[],
  window: Window,
  ministryOf: (satker: string) => string,
): SheetRows {
  const { whole, weighted } = balances.ministries;
  const satkers = satkerRows(balances.satkers, names, ministryOf);
  return {
    total: { whole: figuresOf(whole.total), weighted: figuresOf(weighted.total) },
    needsRo: sumFigures(whole.unallocated.map(figuresOf)),
    untagged: figuresOf(whole.untagged),
    residual: { whole: whole.residual, weighted: weighted.residual },
    twelfths: whole.total.twelfths,
    ministries: both(balances.ministries, "ministry").map(([code, bases]) => ({
      ...names.of("ministries", code),
      ...bases,
    })),
    classes: theme.classes.map(({ code }) => names.class(code)),
    interventions: interventionRows(balances.interventions, names, theme),
    withoutTags: theme.interventions
      .filter(({ code }) => !tags.some(({ intervention }) => intervention === code))
      .map(({ code }) => names.intervention(code)),
    districts: balances.districts.rows.map((row): DistrictRow => {
      const code = keyOf(row, "district");
      const named = names.of("locations", code);
      const province = names.province(code === NO_CODE ? code : code.slice(0, 2));
      return { ...named, province, figures: figuresOf(row) };
    }),
    months: monthRows(balances.months, window),
    satkers,
    ranking: rankSatkers(satkers),
    accountGroups: breakdown(balances.accountGroups, "account_group", (code) => names.of("account-groups", code)),
    funds: breakdown(balances.funds, "fund", (code) => names.of("funds", code)),
  };
}

function satkerRows({ rows }: Reconciliation, names: Names, ministryOf: (satker: string) => string): SatkerRow[] {
  return rows.map((row) => {
    const code = keyOf(row, "satker");
    const ministry = names.of("ministries", ministryOf(code));
    return { ...names.of("satkers", code), ministry, figures: figuresOf(row) };
  });
}

/** The key of a row; NO_CODE where its lines do not state the code. */
function keyOf(row: ReconciliationRow, dimension: Dimension): string {
  const key = row.keys[dimension];
  if (key === undefined) throw new Error(`reconciliation row without ${dimension}`);
  return key ?? NO_CODE;
}

/** Rows of both bases by key; a key that one basis lacks has nothing there. */
function both(balances: BothReconciliations, dimension: Dimension): [string, BothBases][] {
  const rows = new Map<string, BothBases>();
  for (const basis of ["whole", "weighted"] as const) {
    for (const row of balances[basis].rows) {
      const key = keyOf(row, dimension);
      const bases = rows.get(key) ?? { whole: noFigures(), weighted: noFigures() };
      rows.set(key, { ...bases, [basis]: figuresOf(row) });
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** In the order of the theme: class by class. */
function interventionRows(balances: BothReconciliations, names: Names, theme: Theme): InterventionRow[] {
  const rows = new Map(both(balances, "intervention"));
  return theme.interventions.flatMap(({ code }) => {
    const bases = rows.get(code);
    return bases ? [{ ...names.intervention(code), class: names.classOf(code), ...bases }] : [];
  });
}

/** Every month of the window; one in which nothing happened is a fact too. */
function monthRows({ rows }: Reconciliation, window: Window): MonthRow[] {
  const byMonth = new Map(rows.map((row) => [keyOf(row, "month"), row]));
  return monthsOf(window).map((month) => {
    const { budget = 0n, twelfths = 0n, realization = 0n } = byMonth.get(month) ?? {};
    return { month, budget, twelfths, realization };
  });
}

function breakdown({ rows }: Reconciliation, by: Dimension, name: (code: string) => Named): BreakdownRow[] {
  return rows.map((row) => {
    return { ...name(keyOf(row, by)), figures: figuresOf(row) };
  });
}
