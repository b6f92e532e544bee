import { AnyBytes } from "./any-bytes.ts";
import { LineEnds } from "./line-ends.ts";
import { type Encoding, NotText } from "./not-text.ts";

export { type Encoding, NotText } from "./not-text.ts";

/**
 * The bytes of a text file as UTF-8, without byte order mark, with lines that end in LF or CRLF: from UTF-8, UTF-16 or
 * Windows-1252. `found.encoding` says what it has turned out to be so far; it is certain when the stream has ended.
 *
 * @throws NotText after everything before the bad byte has been given out
 */
export async function* asUtf8(
  bytes: AsyncIterable<Buffer>,
  found: { encoding: Encoding | null } = { encoding: null },
): AsyncGenerator<Buffer> {
  const text = new AnyBytes();
  const lines = new LineEnds();
  try {
    for await (const piece of bytes) {
      const utf8 = text.push(piece);
      found.encoding = text.encoding;
      yield lines.push(utf8);
    }
    yield lines.push(text.settle());
    yield lines.push(text.finish());
    yield lines.finish();
    found.encoding = text.encoding;
  } catch (error) {
    if (error instanceof NotText) yield lines.push(error.before);
    throw error;
  }
}
