import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { AppError, isSystemError } from "../../errors.ts";
import { UnreadableFile } from "./csv-parser.ts";

/** Largest content a compressed file may unfold to, and how many times its own size: beyond that it is a bomb. */
const MAX_UNPACKED_BYTES = 8 * 2 ** 30;
const MAX_RATIO = 200;

const READ_SIZE = 256 * 1024;

/** What the first bytes of a file say it is. */
export type Container = "plain" | "gzip" | "zip" | "xlsx";

/** A file to be read: its name, hash and kind of container. */
export interface Source {
  path: string;
  name: string;
  sha256: string;
  bytes: number;
  container: Container;
  /** How much of the file has been read; for progress. */
  progress: { bytesRead: number };
}

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Formats that people rename to .csv; each gets the sentence that says what to do. */
const FOREIGN: readonly [Buffer, string][] = [
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "xls"],
  [Buffer.from("%PDF"), "PDF"],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), "PNG"],
  [Buffer.from("SQLite f"), "SQLite"],
];

/**
 * Looks at a file and hashes it.
 *
 * @throws AppError when the file cannot be opened; UnreadableFile FILE-001/012/013 when its first bytes say that it
 * cannot be an extract.
 */
export async function openSource(path: string): Promise<Source> {
  const { head, bytes } = await readHead(path);
  return {
    path,
    name: basename(path),
    sha256: await hashFile(path),
    bytes,
    container: await containerOf(path, head),
    progress: { bytesRead: 0 },
  };
}

async function readHead(path: string): Promise<{ head: Buffer; bytes: number }> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new AppError("FILE-NOT-FILE", 400, `${path}: bukan berkas / not a file`);
    const handle = await open(path);
    try {
      const head = Buffer.alloc(8);
      const { bytesRead } = await handle.read(head, 0, 8, 0);
      return { head: head.subarray(0, bytesRead), bytes: info.size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isSystemError(error) || error instanceof AppError) throw error;
    const reason =
      error.code === "ENOENT"
        ? "berkas tidak ditemukan / no such file"
        : `tidak dapat dibaca / cannot be read (${error.code})`;
    throw new AppError(
      "FILE-NOT-FOUND",
      404,
      `${path}: ${reason}`,
      "Periksa nama berkas dan foldernya / check the name and its folder",
    );
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

async function containerOf(path: string, head: Buffer): Promise<Container> {
  const startsWith = (magic: Buffer) => head.subarray(0, magic.length).equals(magic);
  for (const [magic, name] of FOREIGN) {
    if (startsWith(magic)) throw new UnreadableFile("FILE-013", 1, name);
  }
  if (startsWith(GZIP)) return "gzip";
  if (!startsWith(ZIP)) return "plain";
  const zip = await openZip(path);
  try {
    return (await entriesOf(zip)).some(({ fileName }) => fileName === "[Content_Types].xml") ? "xlsx" : "zip";
  } finally {
    zip.close();
  }
}

/** The bytes of a plain, gzipped or zipped table, unpacked while they are read. */
export function contentOf(source: Source): AsyncIterable<Buffer> {
  if (source.container === "zip") return zipContent(source);
  const file = createReadStream(source.path, { highWaterMark: READ_SIZE });
  file.on("data", (chunk) => {
    source.progress.bytesRead += chunk.length;
  });
  return source.container === "gzip" ? unpacked(file.pipe(createGunzip()), source.bytes) : file;
}

async function* unpacked(stream: AsyncIterable<Buffer>, packedSize: number): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for await (const chunk of stream) {
      total += chunk.length;
      if (total > MAX_UNPACKED_BYTES || (total > 2 ** 24 && total > packedSize * MAX_RATIO)) {
        throw new UnreadableFile("FILE-012", 1, `> ${MAX_RATIO}×`);
      }
      yield chunk;
    }
  } catch (error) {
    throw damaged(error);
  }
}

async function* zipContent(source: Source): AsyncGenerator<Buffer> {
  const zip = await openZip(source.path);
  try {
    const files = (await entriesOf(zip)).filter(({ fileName }) => !fileName.endsWith("/"));
    const [only, second] = files;
    if (!only || second) throw new UnreadableFile("FILE-012", 1, `${files.length} berkas/files`);
    if (only.isEncrypted()) throw new UnreadableFile("FILE-012", 1, "password");
    yield* unpacked(await zip.openReadStreamPromise(only), source.bytes);
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  const { openPromise } = await import("yauzl");
  return openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw damaged(error);
  });
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries;
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  return new UnreadableFile("FILE-012", 1, error instanceof Error ? error.message : String(error));
}
