import { isAscii } from "node:buffer";
import { CsvParser, type TableRow, UnreadableFile } from "./csv-parser.ts";
import { dialectOf } from "./delimiter.ts";
import { NotText } from "./text/index.ts";

/** How much text is waited for before the delimiter is decided. */
const HEAD = 65_536;

/** Characters that become records at once: so few that these are garbage before the collector takes them for old ones. */
const PIECE = 32_768;

/**
 * Reads CSV as a stream of record batches. The delimiter is decided from the beginning of the text, or said by a first
 * line `sep=;`, which counts as a row of the file and is not given out.
 *
 * @param utf8 well-formed UTF-8 in pieces of whole characters, as `asUtf8` and `contentOf` give it
 * @throws UnreadableFile FILE-001 (empty), FILE-002 (binary), FILE-006 (endless line), FILE-007 (no text).
 */
export async function* readCsv(utf8: AsyncIterable<Buffer>): AsyncGenerator<TableRow[]> {
  const records = new Records();
  try {
    for await (const chunk of utf8) {
      const text = textOf(chunk);
      for (let start = 0; start < text.length; start += PIECE) {
        const rows = records.push(text.slice(start, start + PIECE));
        if (rows.length > 0) yield rows;
      }
    }
  } catch (error) {
    throw notText(error, () => records.nextRow());
  }
  yield records.finish();
}

/** What is wrong with bytes that are no text, with the row where they were met; any other error as it is. */
export function notText(error: unknown, nextRow: () => number): unknown {
  if (!(error instanceof NotText)) return error;
  const [value, params] = error.rule === "FILE-002" ? [error.kind, {}] : ["", { encoding: error.kind }];
  return new UnreadableFile(error.rule, nextRow(), value, params);
}

/** Nearly every ledger file is plain ASCII, whose text is the cheapest to make. */
function textOf(utf8: Buffer): string {
  return utf8.toString(isAscii(utf8) ? "latin1" : "utf8");
}

/** Records of a text whose delimiter shows in its beginning. */
class Records {
  #parser: CsvParser | null = null;
  #head = "";

  push(text: string): TableRow[] {
    if (this.#parser) return this.#parser.push(text);
    this.#head += text;
    return this.#head.length < HEAD ? [] : this.#begin();
  }

  finish(): TableRow[] {
    if (!this.#parser && this.#head.trim() === "") throw new UnreadableFile("FILE-001", 1);
    const first = this.#parser ? [] : this.#begin();
    return [...first, ...(this.#parser?.finish() ?? [])];
  }

  /** The row in hand when no more comes. */
  nextRow(): number {
    if (!this.#parser) this.#begin();
    return (this.#parser?.rows ?? 0) + 1;
  }

  #begin(): TableRow[] {
    const head = this.#head;
    this.#head = "";
    const { delimiter, separatorLine } = dialectOf(head);
    this.#parser = new CsvParser(delimiter);
    const rows = this.#parser.push(head);
    if (separatorLine) rows.shift();
    return rows;
  }
}
