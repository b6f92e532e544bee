import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { CsvParser, type TableRow, UnreadableFile } from "./csv-parser.ts";

const DELIMITERS = [",", ";", "\t"] as const;

/** How much text may come before the end of the header line. */
const MAX_HEAD = 65_536;

/**
 * Reads CSV bytes as a stream of record batches. The delimiter is the one that splits the first line into most columns.
 *
 * @throws UnreadableFile FILE-001 (empty), FILE-002 (binary or UTF-16), FILE-006 (endless line), FILE-007 (not UTF-8).
 */
export async function* readCsv(bytes: AsyncIterable<Buffer>): AsyncGenerator<TableRow[]> {
  const text = new Utf8Text();
  let parser: CsvParser | null = null;
  let head = "";
  try {
    for await (const chunk of bytes) {
      head += text.push(chunk);
      if (!parser && !hasFirstLine(head) && head.length < MAX_HEAD) continue;
      parser ??= new CsvParser(delimiterOf(head));
      yield parser.push(head);
      head = "";
    }
    text.finish();
  } catch (error) {
    if (!(error instanceof BadBytes)) throw error;
    // What comes before the bad byte is read only for the number of its row.
    parser ??= new CsvParser(delimiterOf(head));
    parser.push(head + error.before);
    throw new UnreadableFile(error.rule, parser.rows + 1, error.kind);
  }
  if (!parser && head.trim() === "") throw new UnreadableFile("FILE-001", 1);
  parser ??= new CsvParser(delimiterOf(head));
  yield parser.push(head);
  yield parser.finish();
}

/** A byte that no text has, and the text of its chunk up to the beginning of its line. */
class BadBytes extends Error {
  readonly rule: "FILE-002" | "FILE-007";
  readonly before: string;
  readonly kind: string;

  constructor(rule: "FILE-002" | "FILE-007", before: Buffer, kind: string) {
    super(rule);
    this.rule = rule;
    this.before = before.toString("utf8");
    this.kind = kind;
  }
}

/** Bytes to text, character by character across chunks. */
class Utf8Text {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** The last bytes so far: a character may have begun in them. */
  #last: Buffer = Buffer.alloc(0);

  /** @throws BadBytes */
  push(chunk: Buffer): string {
    const nul = chunk.indexOf(0);
    if (nul !== -1) throw new BadBytes("FILE-002", chunk.subarray(0, nul), kindOfBinary(chunk));
    // Nearly every ledger file is plain ASCII, which needs no decoder; a character must not be pending from before.
    if (isAscii(chunk) && (this.#last.at(-1) ?? 0) < 0x80) {
      this.#last = chunk.subarray(-3);
      return chunk.toString("latin1");
    }
    try {
      const text = this.#decoder.decode(chunk, { stream: true });
      this.#last = (chunk.length < 3 ? Buffer.concat([this.#last, chunk]) : chunk).subarray(-3);
      return text;
    } catch {
      throw new BadBytes("FILE-007", validLines(this.#last, chunk), "");
    }
  }

  /** @throws BadBytes when the last character is cut off */
  finish(): void {
    try {
      this.#decoder.decode();
    } catch {
      throw new BadBytes("FILE-007", Buffer.alloc(0), "");
    }
  }
}

/** The lines of a chunk before the first one that is not UTF-8. */
function validLines(last: Buffer, chunk: Buffer): Buffer {
  // The first line may begin with the rest of a character of the chunk before.
  const lead = last.findLastIndex((byte) => byte >= 0xc0);
  const begun = lead === -1 ? Buffer.alloc(0) : last.subarray(lead);
  let start = 0;
  let end = endOfLine(chunk, 0);
  while (
    end < chunk.length &&
    isUtf8(start === 0 ? Buffer.concat([begun, chunk.subarray(0, end)]) : chunk.subarray(start, end))
  ) {
    start = end;
    end = endOfLine(chunk, start);
  }
  return chunk.subarray(0, start);
}

/** Where the line that begins at `start` ends, its line break included. */
function endOfLine(chunk: Buffer, start: number): number {
  const end = chunk.indexOf(10, start);
  return end === -1 ? chunk.length : end + 1;
}

function kindOfBinary(chunk: Buffer): string {
  const utf16 = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
  return utf16 ? "UTF-16" : "NUL";
}

/** Whether a text has a complete line that is not blank. */
function hasFirstLine(head: string): boolean {
  const start = head.search(/\S/);
  return start !== -1 && head.includes("\n", start);
}

/** The delimiter of the first line that is not blank. */
function delimiterOf(head: string): string {
  const [line = ""] = head.trimStart().split("\n", 1);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}
