import { copyFile, mkdir, open, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { AppError } from "../errors.ts";
import { ledgerHash } from "../ledger/index.ts";
import {
  countRows,
  isPostgres,
  migrationsOf,
  openStore,
  readBackup,
  replaceStore,
  sqlitePath,
  stateOfStore,
  unsealBackup,
} from "../store/index.ts";
import { BACKUP_FORMAT, type BackupDocument } from "./document.ts";
import { syncFolder, withWorkFolder } from "./work-folder.ts";

/** A restored store. */
export interface RestoreResult extends BackupDocument {
  file: string;
  /** Whether the store held extracts or tags before, or could not be read. */
  replaced: boolean;
}

/**
 * Puts a backup in the place of a store, on either engine. First the file is checked (seal, pages, references, counts) and
 * brought up to date in a copy; only then, in one step, does it take the place of what was there, which stays untouched
 * if anything fails. A store with content is replaced only by force.
 *
 * @throws AppError BACKUP-MISSING, BACKUP-NONE, BACKUP-DAMAGED, STORE-VERSION (of a newer program), STORE-NOT-EMPTY,
 * STORE-IN-USE
 */
export async function restoreStore(location: string, file: string, force: boolean): Promise<RestoreResult> {
  const document = await documentOf(file);
  const state = await stateOfStore(location);
  const replaced = state === "filled" || state === "unreadable";
  if (replaced && !force) {
    throw new AppError(
      "STORE-NOT-EMPTY",
      409,
      state === "filled"
        ? "Penyimpanan tujuan sudah berisi ekstrak atau penandaan / the store already holds extracts or tags"
        : "Penyimpanan tujuan tidak dapat dibaca / the store cannot be read",
      "Pilih penyimpanan kosong, atau --force untuk menggantinya / choose an empty store, or --force to replace it",
    );
  }
  const place = isPostgres(location) ? join(tmpdir(), "tandai-restore") : sqlitePath(location);
  await mkdir(dirname(place), { recursive: true });
  await withWorkFolder(place, async (folder) => {
    const copy = join(folder, "store.db");
    await copyFile(file, copy);
    await makeCurrent(copy, document);
    await replaceStore(location, copy, sameLedger);
    await syncFolder(place);
  });
  return { ...document, file: basename(resolve(file)), replaced };
}

/** Checks the seal and reads what the backup says about itself. */
async function documentOf(file: string): Promise<BackupDocument> {
  if (!(await stat(file).catch(() => null))?.isFile()) {
    throw new AppError(
      "BACKUP-MISSING",
      404,
      `${file}: berkas tidak ditemukan / no such file`,
      "Periksa nama berkas dan foldernya / check the name and its folder",
    );
  }
  const found = await readBackup(file);
  if (found === "damaged") throw damaged(file, "SHA-256");
  const document = found === "unsealed" ? null : (JSON.parse(found.document) as BackupDocument);
  if (document?.format === BACKUP_FORMAT) return document;
  throw new AppError(
    "BACKUP-NONE",
    422,
    `${file}: bukan cadangan Tandai / not a backup of Tandai (${document?.format ?? "?"})`,
    "Gunakan berkas dari tandai backup / use a file that tandai backup wrote",
  );
}

/** Turns a copy of a backup into a store of this program's version and checks it. */
async function makeCurrent(copy: string, document: BackupDocument): Promise<void> {
  unsealBackup(copy);
  const db = await openStore(copy);
  try {
    const findings = await db.checkIntegrity();
    if (findings[0]) throw damaged(document.created_at, `${findings[0].check}: ${findings[0].detail}`);
    const counts = await countRows(db.read);
    // Later migrations may move rows about; that they lose none is checked when they run.
    const current = migrationsOf("sqlite").map(({ tag }) => tag);
    const comparable = current.join() === document.migrations.join();
    for (const [table, count] of Object.entries(comparable ? document.tables : {})) {
      if (counts[table] !== count) throw damaged(document.created_at, `${table}: ${counts[table]} ≠ ${count}`);
    }
  } finally {
    await db.close();
  }
  const file = await open(copy, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sameLedger(...readers: Parameters<Parameters<typeof replaceStore>[2]>): Promise<boolean> {
  const [before, after] = await Promise.all(readers.map((reader) => ledgerHash(reader)));
  return before?.hash === after?.hash;
}

function damaged(file: string, detail: string): AppError {
  return new AppError(
    "BACKUP-DAMAGED",
    422,
    `${file}: cadangan rusak / the backup is damaged (${detail})`,
    "Gunakan salinan lain dari cadangan ini / use another copy of this backup",
  );
}
