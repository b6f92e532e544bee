import type { Entry, ZipFile } from "yauzl";
import { SNIFF_BYTES } from "./containers.ts";
import { UnreadableFile } from "./csv-parser.ts";
import { entryBytes } from "./zip-entry.ts";

/** A zip with more entries is no extract; the list itself would take memory. */
const MAX_ENTRIES = 10_000;

/** What macOS puts beside the files that a person packs. */
const LITTER = /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|\._[^/]*)$/;

const OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";

/** A zip that is either a workbook or holds the one file to be read. */
export type ZipContent = { kind: "xlsx" } | { kind: "file"; entry: Entry };

/**
 * Tells what a zip holds.
 *
 * @throws UnreadableFile FILE-012 (damaged), FILE-013 (docx …), FILE-021 (not one file), FILE-023 (password), FILE-025
 * (xlsb), FILE-026 (ods)
 */
export async function contentOfZip(zip: ZipFile): Promise<ZipContent> {
  const entries = await entriesOf(zip);
  const names = new Set(entries.map(({ fileName }) => fileName.toLowerCase()));
  if (names.has("[content_types].xml")) {
    refuseOtherOffice(names);
    return { kind: "xlsx" };
  }
  const mimetype = entries.find(({ fileName }) => fileName === "mimetype");
  if (mimetype && names.has("content.xml")) await refuseOpenDocument(zip, mimetype);
  if (names.has("index/document.iwa")) throw new UnreadableFile("FILE-013", 1, "Apple Numbers / Pages");
  const files = entries.filter(({ fileName }) => !fileName.endsWith("/") && !LITTER.test(fileName));
  const [only, second] = files;
  if (!only || second) {
    const value = files.map(({ fileName }) => fileName).join(", ");
    throw new UnreadableFile("FILE-021", 1, value.length > 200 ? `${value.slice(0, 200)}…` : value, {
      found: files.length,
    });
  }
  if (only.isEncrypted()) throw new UnreadableFile("FILE-023", 1, "zip");
  return { kind: "file", entry: only };
}

/** Opens a zip; the caller closes it. @throws UnreadableFile FILE-012 when it is damaged */
export async function openZip(path: string): Promise<ZipFile> {
  const { openPromise } = await import("yauzl");
  return openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw damaged(error);
  });
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > MAX_ENTRIES) throw new UnreadableFile("FILE-012", 1, `> ${MAX_ENTRIES} berkas/files`);
    }
    return entries;
  } catch (error) {
    throw damaged(error);
  }
}

/** Packages of the Office family that are no .xlsx; whether a workbook can be read is seen by its reader. */
function refuseOtherOffice(names: ReadonlySet<string>): void {
  if (names.has("xl/workbook.bin")) throw new UnreadableFile("FILE-025", 1, "xlsb");
  if (names.has("word/document.xml")) throw new UnreadableFile("FILE-013", 1, "docx");
  if (names.has("ppt/presentation.xml")) throw new UnreadableFile("FILE-013", 1, "pptx");
}

async function refuseOpenDocument(zip: ZipFile, mimetype: Entry): Promise<void> {
  const type = (await headOf(zip, mimetype)).toString("latin1").trim();
  if (!type.startsWith(OPEN_DOCUMENT)) return;
  const kind = type.slice(OPEN_DOCUMENT.length);
  if (kind.startsWith("spreadsheet")) throw new UnreadableFile("FILE-026", 1, "ods");
  throw new UnreadableFile("FILE-013", 1, `OpenDocument ${kind.slice(0, 40)}`);
}

/** The first bytes of an entry, unpacked. */
export async function headOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    return await headOfStream(entryBytes(zip, entry, () => undefined));
  } catch (error) {
    throw damaged(error);
  }
}

/** The first bytes of a stream, which is closed then. */
export async function headOfStream(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= SNIFF_BYTES) break;
  }
  return head;
}

/** An error of the zip and inflate libraries as the refusal of the file. */
export function damaged(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  return new UnreadableFile("FILE-012", 1, error instanceof Error ? error.message : String(error));
}
