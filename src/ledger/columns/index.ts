export type { Amount } from "./amounts.ts";
export { addColumns, type BalanceKind, refreshColumns } from "./refresh-columns.ts";
export type { BalanceSource } from "./write-columns.ts";
