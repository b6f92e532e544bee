import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Excel from "exceljs";
import JSZip from "jszip";
import { parseCsv } from "../../src/extracts/index.ts";
import { projectRoot } from "../../src/paths.ts";
import { compoundFile } from "../extracts/containers.ts";

/** Enough of a file to hold every kind of row it has. */
const MAX_LINES = 40;

/** A real file: its name, its beginning as text if it is text. */
interface Sample {
  name: string;
  bytes: Buffer;
  text: string | null;
}

/** Every extract among the fixtures, whatever layouts there are; what the expected answers are is not read here. */
function samples(): Sample[] {
  const root = join(projectRoot(), "tests", "fixtures");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(csv|xlsx)$/.test(name))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(root, name));
      if (name.endsWith(".xlsx")) return { name, bytes, text: null };
      const text = bytes.toString("utf8").split("\n").slice(0, MAX_LINES).join("\n");
      return { name, bytes: Buffer.from(text), text };
    });
}

const mark = "\ufeff";

/** The ways in which a text can be written down. Its letters are ASCII, so that one word more decides for Windows-1252. */
const ENCODINGS: Readonly<Record<string, (text: string) => Buffer>> = {
  "utf-8": (text) => Buffer.from(text),
  "utf-8 marked": (text) => Buffer.from(`${mark}${text}`),
  "utf-16": (text) => Buffer.from(`${mark}${text}`, "utf16le"),
  "utf-16 unmarked": (text) => Buffer.from(text, "utf16le").swap16(),
  "windows-1252": (text) => Buffer.from(`${text.trimEnd()}\n* CÔTE\n`, "latin1"),
};

async function zipped(bytes: Buffer): Promise<Buffer> {
  const archive = new JSZip();
  archive.file("__MACOSX/._data", "x");
  archive.file("data.csv", bytes);
  return archive.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

async function workbook(rows: readonly string[][]): Promise<Buffer> {
  const book = new Excel.Workbook();
  book.addWorksheet("Data").addRows(rows.map((row) => [...row]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Files of every layout in every encoding and container that is read, by name. */
export async function corpus(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const { name, bytes, text } of samples()) {
    files.set(name, bytes);
    files.set(`${name} gz`, gzipSync(bytes));
    files.set(`${name} zip`, await zipped(bytes));
    if (text === null) continue;
    for (const [encoding, encode] of Object.entries(ENCODINGS)) files.set(`${name} ${encoding}`, encode(text));
    files.set(`${name} CR`, Buffer.from(text.replaceAll("\r", "").replaceAll("\n", "\r")));
    const delimiter = /^[^"\n]*;/.test(text) ? ";" : ",";
    files.set(`${name} xlsx`, await workbook(parseCsv(text, delimiter)));
  }
  return files;
}

/** Files that are refused, each for its own reason: the damage meets the code that tells them apart. */
export function refused(): Map<string, Buffer> {
  return new Map([
    ["xls", compoundFile("Workbook")],
    ["locked xlsx", compoundFile(..."abcdefghijklm", "EncryptionInfo", "EncryptedPackage")],
    ["packed xls", gzipSync(compoundFile("Workbook"))],
    ["web page", Buffer.from("<html><table><tr><td>code</td></tr></table></html>")],
    ["gz in gz", gzipSync(gzipSync("code,date,document,amount\n"))],
  ]);
}
