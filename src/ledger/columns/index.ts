export { checkColumns, checkTotals } from "./check-columns.ts";
export { type FreshColumns, freshColumns, memoryOf } from "./fresh-columns.ts";
export { type CodePart, SAFE_MAGNITUDE } from "./layout.ts";
export type { MonthAmounts } from "./month-amounts.ts";
export { type ChunkName, type Ministries, type PartChunk, YearColumns } from "./read-columns.ts";
export { addColumns, type BalanceKind, refreshColumns } from "./refresh-columns.ts";
export { expenditureTotals } from "./totals.ts";
export type { BalanceSource } from "./write-columns.ts";
