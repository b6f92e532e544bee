export { reconcile } from "./reconcile.ts";
export { type ReconciliationTable, reconciliationTable } from "./table.ts";
export {
  type Basis,
  DIMENSIONS,
  type Dimension,
  type Measures,
  type Reconciliation,
  type ReconciliationRequest,
  type ReconciliationRow,
  type Unallocated,
} from "./types.ts";
