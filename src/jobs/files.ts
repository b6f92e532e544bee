import { randomUUID } from "node:crypto";
import { chmod, link, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isSystemError } from "../errors.ts";

/** Only the user under whom the service runs may look at what was sent. */
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/** Left behind by a crash when older than this, in milliseconds: no upload takes so long. */
const STALE = 24 * 60 * 60 * 1000;

/**
 * The files the service works on: uploads until they are imported, reports until they are fetched. Several servers of
 * one store may share the folder; its id tells jobs whose files lie here from those of other servers.
 */
export class StoredFiles {
  readonly id: string;
  readonly uploads: string;
  readonly reports: string;

  /** Opens the folder and creates what is missing. */
  static async open(root: string): Promise<StoredFiles> {
    for (const folder of ["uploads", "reports"]) {
      await mkdir(join(root, folder), { recursive: true, mode: PRIVATE_FOLDER });
      await chmod(join(root, folder), PRIVATE_FOLDER);
    }
    return new StoredFiles(root, await idOf(root));
  }

  private constructor(root: string, id: string) {
    this.id = id;
    this.uploads = join(root, "uploads");
    this.reports = join(root, "reports");
  }

  /** Deletes an upload and the folder it has to itself. */
  discardUpload(upload: string): Promise<void> {
    return rm(join(this.uploads, folderOf(upload)), { recursive: true, force: true });
  }

  /** Deletes a report. */
  discardReport(path: string): Promise<void> {
    return rm(join(this.reports, path), { force: true });
  }

  /** Deletes what a crash left behind: what no job needs, as soon as it is too old to be on its way to one. */
  async removeStale(needed: readonly string[], now: Date): Promise<void> {
    const kept = new Set(needed.map(folderOf));
    for (const folder of [this.uploads, this.reports]) {
      for (const name of await readdir(folder)) {
        if (!kept.has(name) && (await isOlder(join(folder, name), now.getTime() - STALE))) {
          await rm(join(folder, name), { recursive: true, force: true });
        }
      }
    }
  }
}

/** The first part of a path: uploads lie in a folder of their own, so that they can keep their names. */
function folderOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

async function isOlder(path: string, than: number): Promise<boolean> {
  // Another process may have deleted it since.
  const info = await stat(path).catch(() => null);
  return info !== null && info.mtimeMs < than;
}

/** The id of a folder: a name of its own that the first process gives it. */
async function idOf(root: string): Promise<string> {
  const path = join(root, "folder-id");
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, randomUUID(), { mode: PRIVATE_FILE });
  try {
    // Whole or not at all, and only by the first.
    await link(own, path);
  } catch (error) {
    if (!isSystemError(error) || error.code !== "EEXIST") throw error;
  } finally {
    await rm(own, { force: true });
  }
  return readFile(path, "utf8");
}
