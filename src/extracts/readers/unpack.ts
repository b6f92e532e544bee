import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { UnreadableFile } from "./csv-parser.ts";
import { damaged } from "./zip.ts";
import { entryBytes } from "./zip-entry.ts";

/** Largest content a compressed file may unfold to, and how many times its own size so far: beyond that it is a
 * bomb, and it shows as soon as the content is large enough to be sure. */
const MAX_UNPACKED_BYTES = 8 * 2 ** 30;
const MAX_RATIO = 200;
const RATIO_FROM = 2 ** 24;

const INFLATE_CHUNK = 128 * 1024;

/** What a gzip file unfolds to. @throws UnreadableFile FILE-012 (damaged, or a bomb) */
export async function* unzipped(file: Readable): AsyncGenerator<Buffer> {
  const content = createGunzip({ chunkSize: INFLATE_CHUNK });
  pipeline(file, content, () => {
    // The error, if any, reaches the reader of the unzipped stream; pipeline only closes both ends.
  });
  let size = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length;
      refuseBomb(size, content.bytesWritten);
      yield chunk;
    }
  } catch (error) {
    throw damaged(error);
  }
}

/** What the entry of a zip unfolds to. @throws UnreadableFile FILE-012 (damaged, or a bomb) */
export async function* unpackedEntry(
  zip: ZipFile,
  entry: Entry,
  packed?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  try {
    yield* entryBytes(zip, entry, refuseBomb, packed);
  } catch (error) {
    throw damaged(error);
  }
}

function refuseBomb(size: number, packedSize: number): void {
  if (size > MAX_UNPACKED_BYTES || (size > RATIO_FROM && size > packedSize * MAX_RATIO)) {
    throw new UnreadableFile("FILE-012", 1, `> ${MAX_RATIO}×`);
  }
}

/** A stream that may not be longer. @throws UnreadableFile FILE-012 */
export async function* upTo(limit: number, stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > limit) throw new UnreadableFile("FILE-012", 1, `> ${limit} byte`);
    yield chunk;
  }
}
