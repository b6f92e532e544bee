import { UnreadableFile } from "./csv-parser.ts";

/** What the first bytes of a file say that it is; `document` is a compound file (OLE), the case of old Office files. */
export type Sniffed = "text" | "gzip" | "zip" | "document";

/** How many bytes `sniff` wants to see. */
export const SNIFF_BYTES = 4096;

const MAGIC: readonly [Buffer, Sniffed][] = [
  [Buffer.from([0x1f, 0x8b]), "gzip"],
  [Buffer.from("PK\u0003\u0004"), "zip"],
  [Buffer.from("PK\u0005\u0006"), "zip"],
  [Buffer.from("PK\u0007\u0008"), "zip"],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "document"],
];

/** Archives that are not opened. */
const ARCHIVES: readonly [Buffer, string][] = [
  [Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), "7z"],
  [Buffer.from("Rar!"), "RAR"],
  [Buffer.from("BZh91AY&SY"), "bzip2"],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), "xz"],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), "zstd"],
];

/** Formats that people rename to .csv or pick by mistake. */
const FOREIGN: readonly [Buffer, string][] = [
  [Buffer.from("%PDF"), "PDF"],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), "PNG"],
  [Buffer.from([0xff, 0xd8, 0xff]), "JPEG"],
  [Buffer.from("SQLite format 3\0"), "SQLite"],
  [Buffer.from("{\\rtf"), "RTF"],
];

const TAR_MARK = Buffer.from("ustar");
const TAR_MARK_AT = 257;

const HTML = /^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|meta|body|table|style|title|div|center|font)\b/i;
const XML_SPREADSHEET = /^<\?xml[\s\S]*(?:urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet")/i;
const MHTML = /^(?:MIME-Version:|From: .*\r?\nSubject:)/i;

/**
 * Looks at the first bytes of a file or of what it packs. Extensions are never asked.
 *
 * @throws UnreadableFile FILE-013, 027, 028, 029 for a format that is not read
 */
export function sniff(head: Buffer): Sniffed {
  const begins = (magic: Buffer) => head.subarray(0, magic.length).equals(magic);
  const known = MAGIC.find(([magic]) => begins(magic));
  if (known) return known[1];
  const archive = ARCHIVES.find(([magic]) => begins(magic))?.[1] ?? (isTar(head) ? "tar" : null);
  if (archive) throw new UnreadableFile("FILE-028", 1, archive);
  const foreign = FOREIGN.find(([magic]) => begins(magic));
  if (foreign) throw new UnreadableFile("FILE-013", 1, foreign[1]);
  refuseMarkup(head);
  return "text";
}

function isTar(head: Buffer): boolean {
  return head.subarray(TAR_MARK_AT, TAR_MARK_AT + TAR_MARK.length).equals(TAR_MARK);
}

/** Web pages and XML that a web application sends under the name `.xls`. */
function refuseMarkup(head: Buffer): void {
  const bytes = head.subarray(0, SNIFF_BYTES);
  // Markup in UTF-16 is recognised without its zero bytes.
  const text = bytes
    .toString("latin1")
    .replaceAll("\0", "")
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*/, "");
  if (HTML.test(text)) throw new UnreadableFile("FILE-027", 1, "HTML");
  if (MHTML.test(text)) throw new UnreadableFile("FILE-027", 1, "MHTML");
  if (XML_SPREADSHEET.test(text)) throw new UnreadableFile("FILE-029", 1, "XML Spreadsheet 2003");
  if (/^<\?xml\b/i.test(text)) throw new UnreadableFile("FILE-013", 1, "XML");
}
