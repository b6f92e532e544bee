import type { Basis, Dimension, Measures, Reconciliation, ReconciliationRow, Unallocated } from "./types.ts";

type Ratios = Pick<ReconciliationRow, "remaining" | "absorption">;

/** A row: one key per dimension asked for (`"ministry": "024"`), names, measures. */
export type RowDocument = Measures &
  Ratios & {
    /** Name of the first dimension's key; null where no list knows it. */
    name: string | null;
    /** Name per dimension, there only when several were asked for. */
    names?: Partial<Record<Dimension, string | null>>;
  } & Partial<Record<Dimension, string | null>>;

/** A reconciliation exactly as the contract prints it (`tandai reconcile --json`). Amounts are whole rupiah. */
export interface ReconciliationDocument {
  from: string;
  to: string;
  by: Dimension[];
  theme: string | null;
  basis: Basis;
  /** Moment of the ledger and the tags, only when one was asked for. */
  as_of?: string;
  where: Partial<Record<Dimension, string[]>>;
  rows: RowDocument[];
  total: Measures & Ratios;
  unallocated: Unallocated[];
  untagged: Measures;
  /** Tagged parts that a filter on class or intervention leaves out. */
  filtered_out: Measures;
  residual: bigint;
  /** Date of the newest payment in force, `YYYY-MM-DD`. */
  data_as_of: string | null;
  extracts: number[];
}

/** Prints a reconciliation. The annual measures are null when months are a dimension. */
export function reconciliationDocument(reconciliation: Reconciliation): ReconciliationDocument {
  const { request, rows, total, unallocated, untagged, filteredOut, residual, dataAsOf, extracts } = reconciliation;
  const { by, window, theme, basis, where, asOf } = request;
  return {
    from: window.from,
    to: window.to,
    by,
    theme,
    basis,
    ...(asOf !== undefined && { as_of: asOf }),
    where,
    rows: rows.map((row) => rowDocument(row, by)),
    total: { ...measures(total), ...ratios(total) },
    unallocated: unallocated.map((item) => ({ reason: item.reason, ...measures(item) })),
    untagged: measures(untagged),
    filtered_out: measures(filteredOut),
    residual,
    data_as_of: dataAsOf,
    extracts,
  };
}

function rowDocument(row: ReconciliationRow, by: readonly Dimension[]): RowDocument {
  const [first] = by;
  return {
    ...Object.fromEntries(by.map((dimension) => [dimension, row.keys[dimension] ?? null])),
    name: first === undefined ? null : (row.names[first] ?? null),
    ...(by.length > 1 && { names: row.names }),
    ...measures(row),
    ...ratios(row),
  };
}

/** The measures alone and in the order of the contract, whatever else the object carries. */
function measures({ original, revised, blocked, budget, twelfths, realization }: Measures): Measures {
  return { original, revised, blocked, budget, twelfths, realization };
}

function ratios({ remaining, absorption }: Ratios): Ratios {
  return { remaining, absorption };
}
