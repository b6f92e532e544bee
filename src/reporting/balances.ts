import { type Basis, type Dimension, type Measures, type Reconciliation, reconcile } from "../reconciliation/index.ts";
import type { Db } from "../store/index.ts";
import type { Figures, ReportRequest } from "./types.ts";

/** The reconciliations behind the sheets of a report. */
export interface Balances {
  ministries: BothReconciliations;
  interventions: BothReconciliations;
  districts: Reconciliation;
  months: Reconciliation;
  satkers: Reconciliation;
  accountGroups: Reconciliation;
  funds: Reconciliation;
}

export type BothReconciliations = Record<Basis, Reconciliation>;

/** Asks the reconciliation for every sheet. */
export async function readBalances(db: Db, { window, theme, language }: ReportRequest): Promise<Balances> {
  const ask = (basis: Basis, ...by: Dimension[]): Promise<Reconciliation> =>
    reconcile(db, { by, window, theme, basis, where: {} }, language);
  const both = async (...by: Dimension[]): Promise<BothReconciliations> => ({
    whole: await ask("whole", ...by),
    weighted: await ask("weighted", ...by),
  });
  return {
    ministries: await both("ministry"),
    interventions: await both("intervention"),
    districts: await ask("whole", "district"),
    months: await ask("whole", "month"),
    satkers: await ask("whole", "satker"),
    accountGroups: await ask("whole", "account_group"),
    funds: await ask("whole", "fund"),
  };
}

/** The measures that a report prints; annual ones are absent only where months are a dimension. */
export function figuresOf({ original, revised, blocked, budget, realization }: Measures): Figures {
  return { original: original ?? 0n, revised: revised ?? 0n, blocked: blocked ?? 0n, budget, realization };
}
