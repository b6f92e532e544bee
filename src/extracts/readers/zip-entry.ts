import { pipeline, type Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";

const STORED = 0;
const DEFLATED = 8;
const INFLATE_CHUNK = 128 * 1024;

/**
 * Refuses an entry by how much has come out of how much so far; asked first with the sizes that the zip states, before
 * anything is unpacked.
 */
export type CheckSize = (size: number, packedSize: number) => void;

/**
 * The unpacked bytes of an entry, checked against its size and CRC-32. Damage may show only at the end, so what was given
 * out counts only when the stream ends without an error.
 *
 * @param packed told how many packed bytes were read, piece by piece
 */
export async function* entryBytes(
  zip: ZipFile,
  entry: Entry,
  checkSize: CheckSize,
  packed: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  checkSize(entry.uncompressedSize, entry.compressedSize);
  let size = 0;
  let crc = 0;
  const { content, consumed } = await openEntry(zip, entry, packed);
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length;
      // What states less than it holds is damaged, or made to slip through.
      if (size > entry.uncompressedSize) throw new Error("size");
      checkSize(size, consumed() ?? size);
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } finally {
    content.destroy();
  }
  if (size !== entry.uncompressedSize || crc !== entry.crc32) throw new Error("CRC");
}

interface Opened {
  content: Readable;
  /** How many packed bytes have gone into what came out so far; null when nothing is packed. */
  consumed(): number | null;
}

/** The inflating is ours, not yauzl's: larger chunks, and a destroyed stream takes its source down with it. */
async function openEntry(zip: ZipFile, entry: Entry, packed: (bytes: number) => void): Promise<Opened> {
  const method = entry.compressionMethod;
  if (method !== STORED && method !== DEFLATED) throw new Error(`method ${method}`);
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  raw.on("data", (chunk: Buffer) => packed(chunk.length));
  if (method === STORED) return { content: raw, consumed: () => null };
  const inflate = createInflateRaw({ chunkSize: INFLATE_CHUNK });
  pipeline(raw, inflate, () => {
    // The error, if any, reaches the reader of the inflated stream; pipeline only closes both ends.
  });
  return { content: inflate, consumed: () => inflate.bytesWritten };
}
