export { type BackupResult, backupStore } from "./backup.ts";
export { type RestoreResult, restoreStore } from "./restore.ts";
