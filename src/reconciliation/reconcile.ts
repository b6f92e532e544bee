import { AppError } from "../errors.ts";
import { type Language, translator } from "../i18n/index.ts";
import { asOf } from "../ledger/index.ts";
import { loadThemes, type Theme } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { answerByCodes, expenditureByCodes } from "./by-codes.ts";
import { answerByColumns, expenditureByTotals } from "./columns/index.ts";
import { TAG_DIMENSIONS } from "./dimensions.ts";
import { addedUp, distance, filled, ratios } from "./measures.ts";
import { type DimensionNames, loadNames } from "./names.ts";
import { provenance } from "./provenance.ts";
import { type Question, questionOf } from "./question.ts";
import type { Shown } from "./shown.ts";
import type { Dimension, Measures, Reconciliation, ReconciliationRequest, ReconciliationRow } from "./types.ts";

/**
 * Adds budget and realization up by any dimensions over any window, with or without a theme. Every rupiah of the
 * ledger's expenditure in the window is in a row, in `unallocated`, in `untagged` or in `filteredOut`; `residual`
 * proves it against a sum that knows nothing of tags and comes from another place than the rows.
 *
 * @throws AppError when the theme is unknown or a dimension needs one.
 */
export async function reconcile(db: Db, request: ReconciliationRequest, language: Language): Promise<Reconciliation> {
  const { asOf: moment, ...now } = request;
  if (moment === undefined) return reconcileNow(db, now, language);
  const result = await asOf(db, moment, (view) => reconcileNow(view, now, language));
  return { ...result, request };
}

async function reconcileNow(db: Db, request: ReconciliationRequest, language: Language): Promise<Reconciliation> {
  return db.snapshot(async (reader) => {
    const theme = await themeOf(db, reader, request, language);
    const question = await questionOf(db, reader, request, theme);
    if (question.years.length === 0)
      throw new AppError("RECONCILE-EMPTY", 400, translator(language)("reconcile.noMonths"));
    const { shown, ledger } = await answer(reader, question);
    const byMonth = request.by.includes("month");
    const total = addedUp(shown.rows, byMonth);
    const names = await loadNames(db, reader, question, theme, language);
    return {
      request,
      rows: shown.rows.map(({ keys, measures }) => toRow(request.by, keys, filled(measures, byMonth), names)),
      total: { ...total, ...ratios(total) },
      unallocated: isNothing(shown.needsRo) ? [] : [{ reason: "needs-ro", ...shown.needsRo }],
      untagged: shown.untagged,
      filteredOut: shown.filteredOut,
      residual: distance(ledger, [total, shown.needsRo, shown.untagged, shown.filteredOut]),
      ...(await provenance(db, reader, question.months)),
    };
  });
}

/** The answer, and the ledger's own sum that it is held against; see `answerByColumns` for when codes are asked. */
async function answer(reader: Reader, question: Question): Promise<{ shown: Shown; ledger: Measures }> {
  const shown = await answerByColumns(reader, question);
  if (!shown) {
    return { shown: await answerByCodes(reader, question), ledger: await expenditureByCodes(reader, question) };
  }
  const ledger = (await expenditureByTotals(reader, question)) ?? (await expenditureByCodes(reader, question));
  return { shown, ledger };
}

function isNothing(measures: Measures): boolean {
  return Object.values(measures).every((value) => value === 0n || value === null);
}

function toRow(by: Dimension[], keys: (string | null)[], measures: Measures, names: DimensionNames): ReconciliationRow {
  const row: ReconciliationRow = { keys: {}, names: {}, ...measures, ...ratios(measures) };
  for (const [index, dimension] of by.entries()) {
    const key = keys[index] ?? null;
    row.keys[dimension] = key;
    row.names[dimension] = names(dimension, key);
  }
  return row;
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
