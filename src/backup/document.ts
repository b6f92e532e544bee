/** What a backup says about itself. */
export interface BackupDocument {
  format: typeof BACKUP_FORMAT;
  /** ISO text in UTC. */
  created_at: string;
  /** Version of the program that wrote it. */
  program: string;
  /** Engine of the store it was taken from; it can be restored into either. */
  engine: "sqlite" | "postgres";
  /** Migrations of the store it holds, the last one last. */
  migrations: string[];
  /** Rows per table. */
  tables: Record<string, number>;
  /** The hash that `tandai verify` prints. */
  ledger: string;
}

export const BACKUP_FORMAT = "tandai-backup-1";
