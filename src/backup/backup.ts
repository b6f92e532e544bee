import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppError } from "../errors.ts";
import { ledgerHash } from "../ledger/index.ts";
import {
  copyStore,
  countRows,
  type Db,
  isPostgres,
  migrationsOf,
  openStore,
  readBackup,
  sealBackup,
} from "../store/index.ts";
import { BACKUP_FORMAT, type BackupDocument } from "./document.ts";
import { syncFolder, withWorkFolder } from "./work-folder.ts";

/** What a finished backup is. */
export interface BackupResult extends BackupDocument {
  file: string;
  bytes: number;
  /** SHA-256 of the file, for whoever carries it elsewhere. */
  sha256: string;
}

/**
 * Writes a consistent copy of the store to a file while it is in use: a sealed SQLite store, whatever engine it came from.
 * The file appears whole or not at all; an earlier backup of that name is replaced, any other file is not.
 *
 * @throws AppError BACKUP-EXISTS when the file is something else than a backup
 */
export async function backupStore(db: Db, file: string, at: string, program: string): Promise<BackupResult> {
  await refuseToOverwrite(file);
  return withWorkFolder(file, async (folder) => {
    const copy = join(folder, "store.db");
    await copyStore(db, copy);
    const document: BackupDocument = {
      format: BACKUP_FORMAT,
      created_at: at,
      program,
      engine: isPostgres(db.location) ? "postgres" : "sqlite",
      migrations: migrationsOf("sqlite").map(({ tag }) => tag),
      ...(await contentOf(copy)),
    };
    await sealBackup(copy, JSON.stringify(document));
    const sha256 = await hashOf(copy);
    const { size } = await stat(copy);
    await rename(copy, file);
    await syncFolder(file);
    return { file: basename(file), bytes: size, sha256, ...document };
  });
}

/** A backup may take the place of an earlier one or of an empty file. */
async function refuseToOverwrite(file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there === null || (there.isFile() && there.size === 0)) return;
  if (there.isFile() && (await readBackup(file)) !== "unsealed") return;
  throw new AppError(
    "BACKUP-EXISTS",
    409,
    `${file}: sudah ada dan bukan cadangan Tandai / exists and is no backup of Tandai`,
    "Pilih nama berkas lain / choose another file name",
  );
}

/** Counts and hash of a store that nobody else has open. */
async function contentOf(path: string): Promise<Pick<BackupDocument, "tables" | "ledger">> {
  const db = await openStore(path);
  try {
    return await db.snapshot(async (reader) => ({
      tables: await countRows(reader),
      ledger: (await ledgerHash(reader)).hash,
    }));
  } finally {
    await db.close();
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
