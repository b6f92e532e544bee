import { TextDecoder } from "node:util";
import { CsvParser, type TableRow, UnreadableFile } from "./csv-parser.ts";

const DELIMITERS = [",", ";", "\t"] as const;

/**
 * Reads CSV bytes as a stream of record batches. The delimiter is the one that splits the first line into most columns.
 *
 * @throws UnreadableFile FILE-001 (empty), FILE-002 (binary or UTF-16), FILE-006 (endless line), FILE-007 (not UTF-8).
 */
export async function* readCsv(bytes: AsyncIterable<Buffer>): AsyncGenerator<TableRow[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let parser: CsvParser | null = null;
  let head = "";
  for await (const chunk of bytes) {
    if (chunk.includes(0)) throw new UnreadableFile("FILE-002", (parser?.rows ?? 0) + 1, kindOfBinary(chunk));
    const text = decode(decoder, chunk, parser?.rows ?? 0);
    if (parser) {
      yield parser.push(text);
      continue;
    }
    head += text;
    if (!head.includes("\n") && head.length < 65_536) continue;
    parser = new CsvParser(delimiterOf(head));
    yield parser.push(head);
  }
  decode(decoder, null, parser?.rows ?? 0);
  if (!parser) {
    if (head.trim() === "") throw new UnreadableFile("FILE-001", 1);
    parser = new CsvParser(delimiterOf(head));
    yield parser.push(head);
  }
  yield parser.finish();
}

function decode(decoder: TextDecoder, chunk: Buffer | null, rowsBefore: number): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    const text = chunk ? new TextDecoder("utf-8").decode(chunk) : "";
    const upTo = text.indexOf("\ufffd");
    const lines = text.slice(0, Math.max(upTo, 0)).split("\n").length;
    throw new UnreadableFile("FILE-007", rowsBefore + lines);
  }
}

function kindOfBinary(chunk: Buffer): string {
  const utf16 = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
  return utf16 ? "UTF-16" : "NUL";
}

function delimiterOf(head: string): string {
  const line = head.slice(0, head.indexOf("\n") === -1 ? head.length : head.indexOf("\n"));
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}
