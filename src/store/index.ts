export { readBackup, sealBackup, unsealBackup } from "./backup-file.ts";
export { countRows } from "./copy-tables.ts";
export type {
  Db,
  IntegrityFinding,
  JobTables,
  Reader,
  RowWriter,
  StoredValue,
  Tables,
  Transaction,
  Value,
} from "./db.ts";
export { copyStore, replaceStore, type StoreState, stateOfStore } from "./exchange.ts";
export { migrationsOf } from "./migrations.ts";
export { filesBeside, isPostgres, openJobStore, openStore } from "./open.ts";
export { sqlitePath } from "./sqlite-path.ts";
