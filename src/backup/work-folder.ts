import { mkdir, open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { AppError, isSystemError } from "../errors.ts";

/**
 * Does work in a folder beside a file, on the same disk, so that what is finished can move to its place in one step. The
 * folder is gone afterwards; those of programs that died are cleared away by the next.
 */
export async function withWorkFolder<T>(file: string, work: (folder: string) => Promise<T>): Promise<T> {
  const place = resolve(file);
  const prefix = `${basename(place)}.work-`;
  const folder = join(dirname(place), `${prefix}${process.pid}`);
  try {
    await clearAway(dirname(place), prefix);
    await mkdir(folder, { mode: 0o700 });
    return await work(folder);
  } catch (error) {
    // The codes of the operating system, not those of a database.
    if (!isSystemError(error) || error instanceof AppError || !/^E[A-Z]+$/.test(error.code)) throw error;
    const full = error.code === "ENOSPC";
    throw new AppError(
      full ? "STORE-FULL" : "BACKUP-WRITE",
      full ? 507 : 400,
      `${place}: tidak dapat ditulis / cannot be written (${error.code})`,
      "Periksa folder, hak akses, dan ruang kosong / check the folder, permissions and free space",
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function clearAway(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (/^\d+$/.test(pid) && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error) && error.code === "EPERM";
  }
}

/** Makes sure that a name in a folder outlives a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(resolve(path)));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
