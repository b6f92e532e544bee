import { posix } from "node:path";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { entryBytes } from "../zip-entry.ts";
import { asUnreadable, unreadable, type XlsxLimits } from "./limits.ts";

/** Told how many packed bytes were read, piece by piece; for progress. */
export type Packed = (bytes: number) => void;

/** The zip of a workbook, its parts by name. Every part is checked against its CRC-32 and the limits while it is read. */
export class XlsxPackage {
  readonly #zip: ZipFile;
  readonly #parts: ReadonlyMap<string, Entry>;
  readonly #limits: XlsxLimits;
  readonly #packed: Packed;
  #unpacked = 0;

  private constructor(zip: ZipFile, parts: ReadonlyMap<string, Entry>, limits: XlsxLimits, packed: Packed) {
    this.#zip = zip;
    this.#parts = parts;
    this.#limits = limits;
    this.#packed = packed;
  }

  /** @throws UnreadableFile FILE-014 when the zip is damaged, holds a name twice or too many entries. */
  static async open(path: string, limits: XlsxLimits, packed: Packed = () => undefined): Promise<XlsxPackage> {
    const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
      throw asUnreadable(error, "zip");
    });
    try {
      return new XlsxPackage(zip, await partsOf(zip, limits.entries), limits, packed);
    } catch (error) {
      zip.close();
      throw asUnreadable(error, "zip");
    }
  }

  has(part: string): boolean {
    return this.#parts.has(keyOf(part));
  }

  /**
   * The unpacked bytes of a part.
   *
   * @throws UnreadableFile FILE-014 when the part is missing, encrypted, damaged or beyond a limit. Damage may show only
   * at the end, so what was given out counts only when the stream ends without an error.
   */
  async *bytes(part: string, maxBytes: number): AsyncGenerator<Buffer> {
    const entry = this.#parts.get(keyOf(part));
    if (!entry) throw unreadable(`${part}: tidak ada / missing`);
    if (entry.isEncrypted()) throw unreadable(`${part}: password`);
    const before = this.#unpacked;
    const check = (size: number, packedSize: number) => {
      this.#unpacked = before + size;
      this.#checkSize(entry.fileName, size, packedSize, maxBytes);
    };
    try {
      yield* entryBytes(this.#zip, entry, check, this.#packed);
    } catch (error) {
      throw asUnreadable(error, part);
    }
  }

  close(): void {
    this.#zip.close();
  }

  #checkSize(part: string, size: number, packedSize: number, maxBytes: number): void {
    const { ratio, ratioFrom, unpackedBytes } = this.#limits;
    if (size > maxBytes) throw unreadable(`${part} > ${maxBytes} byte`);
    if (this.#unpacked > unpackedBytes) throw unreadable(`${part}: total > ${unpackedBytes} byte`);
    if (size > ratioFrom && size > packedSize * ratio) throw unreadable(`${part} > ${ratio}×`);
  }
}

async function partsOf(zip: ZipFile, maxEntries: number): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>();
  let entries = 0;
  for await (const entry of zip.eachEntry()) {
    if (++entries > maxEntries) throw unreadable(`> ${maxEntries} berkas/files`);
    const key = keyOf(entry.fileName);
    if (parts.has(key)) throw unreadable(`${entry.fileName}: ganda / twice`);
    parts.set(key, entry);
  }
  return parts;
}

/** Part names are compared without regard to case (ISO/IEC 29500-2, 6.2.2.3). */
function keyOf(part: string): string {
  return part.toLowerCase();
}

/** The part that a relationship of `base` points to: relative to the folder of `base`, or from the root. */
export function resolveTarget(base: string, target: string): string {
  const path = target.replaceAll("\\", "/");
  return posix.join("/", path.startsWith("/") ? "" : posix.dirname(base), path).slice(1);
}

/** The part that holds the relationships of a part; `""` is the package itself. */
export function relationshipsOf(part: string): string {
  return posix.join(posix.dirname(part), "_rels", `${posix.basename(part)}.rels`);
}
