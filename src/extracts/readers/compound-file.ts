import { open } from "node:fs/promises";
import { UnreadableFile } from "./csv-parser.ts";

/** The compound file of old Office programs ([MS-CFB]): what is needed of its header and directory to name its streams. */
const SECTOR_SHIFT_AT = 30;
const FIRST_DIRECTORY_SECTOR_AT = 48;
const FAT_SECTORS_AT = 76;
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const NAME_LENGTH_AT = 64;
/** The directory of a real file has a few sectors. */
const MAX_DIRECTORY_SECTORS = 64;

/**
 * Names what a compound file is, by the streams in it, as the refusal that says what to do.
 *
 * @throws UnreadableFile always: FILE-023 (a workbook with a password), FILE-024 (.xls), FILE-013 (another document)
 */
export async function refuseCompoundFile(path: string): Promise<never> {
  const streams = await streamsOf(path);
  if (streams.has("encryptedpackage")) throw new UnreadableFile("FILE-023", 1, "xlsx");
  if (streams.has("worddocument")) throw new UnreadableFile("FILE-013", 1, "doc");
  if (streams.has("powerpoint document")) throw new UnreadableFile("FILE-013", 1, "ppt");
  // A damaged directory names nothing; nearly all compound files that come as extracts are workbooks.
  throw new UnreadableFile("FILE-024", 1, "xls");
}

/** The names in the directory, in lower case; those that can be found in a damaged file. */
async function streamsOf(path: string): Promise<Set<string>> {
  const names = new Set<string>();
  const file = await open(path);
  try {
    const header = await readAt(file, 0, HEADER_BYTES);
    if (header.length < HEADER_BYTES) return names;
    const shift = header.readUInt16LE(SECTOR_SHIFT_AT);
    if (shift !== 9 && shift !== 12) return names;
    const size = 1 << shift;
    const sector = (index: number) => readAt(file, (index + 1) * size, size);
    let index = header.readUInt32LE(FIRST_DIRECTORY_SECTOR_AT);
    for (let count = 0; count < MAX_DIRECTORY_SECTORS; count++) {
      const directory = await sector(index);
      for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES) {
        names.add(nameOf(directory.subarray(at, at + ENTRY_BYTES)));
      }
      const fat = header.readUInt32LE(FAT_SECTORS_AT + 4 * Math.min(Math.floor((index * 4) / size), 108));
      const next = (await sector(fat)).subarray((index * 4) % size).subarray(0, 4);
      if (next.length < 4) break;
      index = next.readUInt32LE();
    }
    return names;
  } finally {
    await file.close();
  }
}

async function readAt(file: Awaited<ReturnType<typeof open>>, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function nameOf(entry: Buffer): string {
  const length = Math.min(entry.readUInt16LE(NAME_LENGTH_AT), NAME_LENGTH_AT);
  return entry.toString("utf16le", 0, Math.max(0, length - 2)).toLowerCase();
}
