import { AppError } from "../errors.ts";
import { type Language, translator } from "../i18n/index.ts";
import { monthsByYear, monthsOf } from "../periods.ts";
import { loadReferences, loadThemes, type Theme } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";

import { partOf, wholeOf } from "./amounts.ts";
import { loadCohorts } from "./cohorts.ts";
import { TAG_DIMENSIONS } from "./dimensions.ts";
import { distance, filled, minus, plus, ratios, zero } from "./measures.ts";
import { type DimensionNames, dimensionNames, outputNames } from "./names.ts";
import { provenance } from "./provenance.ts";
import { addUp, type Sum, type SumRow } from "./queries.ts";
import { matchTags, type TagMatches } from "./tag-matches.ts";
import type {
  Dimension,
  Measures,
  Reconciliation,
  ReconciliationRequest,
  ReconciliationRow,
  Unallocated,
} from "./types.ts";
import { partConditions, universeOf } from "./universe.ts";

const M_JOIN = "m.fiscal_year = b.fiscal_year AND m.node = c.node";
const N_JOIN = "n.fiscal_year = b.fiscal_year AND n.node = c.node";

/**
 * Adds budget and realization up by any dimensions over any window, with or without a theme. Every rupiah of the
 * ledger's expenditure in the window is in a row, in `unallocated`, in `untagged` or in `filteredOut`; `residual`
 * proves it against a sum that knows nothing of tags.
 *
 * @throws AppError when the theme is unknown or a dimension needs one.
 */
export async function reconcile(db: Db, request: ReconciliationRequest, language: Language): Promise<Reconciliation> {
  return db.snapshot(async (reader) => {
    const theme = await themeOf(db, reader, request, language);
    const months = monthsOf(request.window).filter((month) => request.where.month?.includes(month) ?? true);
    const years = [...monthsByYear(months).keys()];
    if (years.length === 0) throw new AppError("RECONCILE-EMPTY", 400, translator(language)("reconcile.noMonths"));
    const base: Sum = {
      months,
      universe: universeOf(reader, request, await loadCohorts(db, reader)),
      joins: [],
      conditions: [],
      apply: wholeOf,
      by: request.by,
    };
    const adder = new Adder(reader, base, request.by.includes("month"));
    const ledger = await adder.total({});
    const shown = theme
      ? await sumTheme(adder, request, await matchTags(db, reader, request, theme, years))
      : await sumEverything(adder);
    const total = shown.rows.map(({ measures }) => adder.filled(measures)).reduce(plus, adder.zero);
    const names = dimensionNames(
      await loadReferences(db, reader),
      theme,
      await outputNames(db, reader, years),
      years.at(-1) ?? 0,
      language,
    );
    return {
      request,
      rows: shown.rows.map(({ keys, measures }) => toRow(request.by, keys, adder.filled(measures), names)),
      total: { ...total, ...ratios(total) },
      unallocated: shown.unallocated,
      untagged: shown.untagged,
      filteredOut: shown.filteredOut,
      residual: distance(ledger, [total, ...shown.unallocated, shown.untagged, shown.filteredOut]),
      ...(await provenance(db, reader, months)),
    };
  });
}

/** Runs sums over the same universe. */
class Adder {
  readonly zero: Measures;
  readonly #reader: Reader;
  readonly #base: Sum;
  readonly #byMonth: boolean;

  constructor(reader: Reader, base: Sum, byMonth: boolean) {
    this.#reader = reader;
    this.#base = base;
    this.#byMonth = byMonth;
    this.zero = zero(byMonth);
  }

  rows(change: Partial<Sum>): Promise<SumRow[]> {
    return addUp(this.#reader, { ...this.#base, ...change });
  }

  async total(change: Partial<Sum>): Promise<Measures> {
    const [row] = await this.rows({ ...change, by: [] });
    return row ? this.filled(row.measures) : this.zero;
  }

  filled(measures: SumRow["measures"]): Measures {
    return filled(measures, this.#byMonth);
  }
}

interface Shown {
  rows: SumRow[];
  unallocated: Unallocated[];
  untagged: Measures;
  filteredOut: Measures;
}

async function sumEverything(adder: Adder): Promise<Shown> {
  return { rows: await adder.rows({}), unallocated: [], untagged: adder.zero, filteredOut: adder.zero };
}

async function sumTheme(adder: Adder, request: ReconciliationRequest, matches: TagMatches): Promise<Shown> {
  const parts = { joins: [{ table: matches.parts, on: M_JOIN }], apply: partOf };
  const nodes = { joins: [{ table: matches.nodes, on: M_JOIN }] };
  const conditions = partConditions(request);
  const needsRo = await adder.total({ joins: [{ table: matches.needsRo, on: N_JOIN }] });
  const untouched = await adder.total({ joins: [{ table: matches.untagged, on: N_JOIN }] });
  // In further analysis the rest of a tagged node is money that the theme does not touch.
  const rest =
    request.basis === "weighted"
      ? minus(await adder.total(nodes), await adder.total({ ...nodes, apply: partOf }))
      : adder.zero;
  return {
    rows: await adder.rows({ ...parts, conditions }),
    unallocated: isNothing(needsRo) ? [] : [{ reason: "needs-ro", ...needsRo }],
    untagged: plus(untouched, rest),
    filteredOut:
      conditions.length > 0 ? minus(await adder.total(parts), await adder.total({ ...parts, conditions })) : adder.zero,
  };
}

function isNothing(measures: Measures): boolean {
  return Object.values(measures).every((value) => value === 0n || value === null);
}

function toRow(by: Dimension[], keys: (string | null)[], measures: Measures, names: DimensionNames): ReconciliationRow {
  const pairs = by.map((dimension, index) => [dimension, keys[index] ?? null] as const);
  return {
    keys: Object.fromEntries(pairs),
    names: Object.fromEntries(
      pairs.map(([dimension, key]) => [dimension, key === null ? null : names(dimension, key)]),
    ),
    ...measures,
    ...ratios(measures),
  };
}

async function themeOf(
  db: Db,
  reader: Reader,
  request: ReconciliationRequest,
  language: Language,
): Promise<Theme | null> {
  const t = translator(language);
  if (request.theme === null) {
    const used = [...request.by, ...Object.keys(request.where)];
    const lost = TAG_DIMENSIONS.find((dimension) => used.includes(dimension));
    if (lost)
      throw new AppError(
        "RECONCILE-THEME",
        400,
        t("reconcile.needsTheme", { dimension: lost }),
        t("reconcile.needsThemeHint"),
      );
    return null;
  }
  const themes = await loadThemes(db, reader);
  const theme = themes.get(request.theme);
  if (theme) return theme;
  throw new AppError(
    "RECONCILE-THEME",
    400,
    t("reconcile.unknownTheme", { theme: request.theme }),
    t("reconcile.unknownThemeHint", { themes: [...themes.keys()].join(", ") }),
  );
}
