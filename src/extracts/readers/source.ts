import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError, isSystemError } from "../../errors.ts";
import { refuseCompoundFile } from "./compound-file.ts";
import { SNIFF_BYTES, sniff } from "./containers.ts";
import { UnreadableFile } from "./csv-parser.ts";
import { asUtf8, type Encoding } from "./text/index.ts";
import { unpackedEntry, unzipped, upTo } from "./unpack.ts";
import { contentOfZip, headOf, headOfStream, openZip } from "./zip.ts";

/** A workbook inside a .gz or .zip is unpacked to a file of its own; none is larger. */
const MAX_WORKBOOK_BYTES = 2 ** 30;

const READ_SIZE = 256 * 1024;

/** How a file is to be read: text as it is, text that is packed, or a workbook. */
export type Container = "plain" | "gzip" | "zip" | "xlsx";

/** A file to be read: its name and kind of container. Plain data, so that it can be handed to another thread. */
export interface Source {
  /** What is to be read: the file itself, or the workbook that was unpacked from it. */
  path: string;
  name: string;
  bytes: number;
  container: Container;
  /** `path` is a copy that `closeSource` removes. */
  temporary: boolean;
  /** How much of the file has been read; for progress. */
  progress: { bytesRead: number };
  /**
   * What reading has shown so far. The encoding is certain at the end, and null for a workbook; `date1904` is known with the
   * first row: bare numbers that are dates count the days of a workbook from 1904 on.
   */
  found: { encoding: Encoding | null; date1904: boolean };
  /** Rows to be read in place of those that the file has. */
  corrections?: ReadonlyMap<number, readonly string[]>;
}

/**
 * Looks at a file. The caller closes it with `closeSource`.
 *
 * @throws AppError when the file cannot be opened; UnreadableFile FILE-012, 013, 021–029 when its bytes say that it cannot
 * be an extract.
 */
export async function openSource(path: string): Promise<Source> {
  const { head, bytes } = await readHead(path);
  const content = await lookInside(path, head);
  return {
    path: content.path,
    name: basename(path),
    bytes,
    container: content.container,
    temporary: content.path !== path,
    progress: { bytesRead: 0 },
    found: { encoding: null, date1904: false },
  };
}

/** Removes what `openSource` had to unpack. */
export async function closeSource({ path, temporary }: Source): Promise<void> {
  if (temporary) await rm(dirname(path), { recursive: true, force: true });
}

async function readHead(path: string): Promise<{ head: Buffer; bytes: number }> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new AppError("FILE-NOT-FILE", 400, `${path}: bukan berkas / not a file`);
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
      return { head: buffer.subarray(0, bytesRead), bytes: info.size };
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

/** SHA-256 of a file in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** How to read a file, and where the workbook is if one had to be unpacked. */
interface Inside {
  container: Container;
  path: string;
}

async function lookInside(path: string, head: Buffer): Promise<Inside> {
  switch (sniff(head)) {
    case "text":
      return { container: "plain", path };
    case "document":
      return refuseCompoundFile(path);
    case "gzip":
      return lookInsideGzip(path);
    case "zip":
      return lookInsideZip(path);
  }
}

async function lookInsideGzip(path: string): Promise<Inside> {
  const content = () => unzipped(createReadStream(path));
  return lookAtPacked("gzip", path, await headOfStream(content()), content);
}

async function lookInsideZip(path: string): Promise<Inside> {
  const zip = await openZip(path);
  try {
    const inside = await contentOfZip(zip);
    if (inside.kind === "xlsx") return { container: "xlsx", path };
    const { entry } = inside;
    const content = () => unpackedEntry(zip, entry);
    return await lookAtPacked("zip", path, await headOf(zip, entry), content);
  } finally {
    zip.close();
  }
}

/** Packed text is read while it is unpacked; a workbook needs a file of its own; archives in archives are refused. */
async function lookAtPacked(
  container: "gzip" | "zip",
  path: string,
  head: Buffer,
  content: () => AsyncIterable<Buffer>,
): Promise<Inside> {
  const sniffed = sniffPacked(head);
  if (sniffed === "text") return { container, path };
  if (sniffed === "gzip") throw new UnreadableFile("FILE-022", 1, "gz");
  const folder = await mkdtemp(join(tmpdir(), "tandai-unpacked-"));
  try {
    const copy = join(folder, "workbook");
    await pipeline(upTo(MAX_WORKBOOK_BYTES, content()), createWriteStream(copy, { mode: 0o600 }));
    if (sniffed === "document") return await refuseCompoundFile(copy);
    await expectWorkbook(copy);
    return { container: "xlsx", path: copy };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function sniffPacked(head: Buffer): ReturnType<typeof sniff> {
  try {
    return sniff(head);
  } catch (error) {
    if (error instanceof UnreadableFile && error.rule === "FILE-028")
      throw new UnreadableFile("FILE-022", 1, error.value);
    throw error;
  }
}

async function expectWorkbook(path: string): Promise<void> {
  const zip = await openZip(path);
  try {
    const inside = await contentOfZip(zip).catch((error: unknown) => {
      throw error instanceof UnreadableFile && error.rule === "FILE-021"
        ? new UnreadableFile("FILE-022", 1, "zip")
        : error;
    });
    if (inside.kind === "file") throw new UnreadableFile("FILE-022", 1, "zip");
  } finally {
    zip.close();
  }
}

/**
 * The text of a plain, gzipped or zipped table as UTF-8, unpacked while it is read, in pieces of whole characters.
 *
 * @throws NotText where the bytes are no text; UnreadableFile FILE-012 where the packing is damaged
 */
export function contentOf(source: Source): AsyncIterable<Buffer> {
  return asUtf8(bytesOf(source), source.found);
}

function bytesOf(source: Source): AsyncIterable<Buffer> {
  if (source.container === "zip") return zipContent(source);
  const file = createReadStream(source.path, { highWaterMark: READ_SIZE });
  file.on("data", (chunk) => {
    source.progress.bytesRead += chunk.length;
  });
  return source.container === "plain" ? file : unzipped(file);
}

async function* zipContent(source: Source): AsyncGenerator<Buffer> {
  const zip = await openZip(source.path);
  try {
    const inside = await contentOfZip(zip);
    if (inside.kind !== "file") return;
    yield* unpackedEntry(zip, inside.entry, (bytes) => {
      source.progress.bytesRead += bytes;
    });
  } finally {
    zip.close();
  }
}
