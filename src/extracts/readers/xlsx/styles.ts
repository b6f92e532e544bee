import { kindOfBuiltin, kindOfFormat, type NumberKind } from "./dates.ts";
import { unreadable, type XlsxLimits } from "./limits.ts";
import type { XlsxPackage } from "./package.ts";
import { type Attributes, readPart, type XmlHandler } from "./xml.ts";

/**
 * What each cell style of a workbook makes of a number: date, time of day or number; by the index that cells carry.
 *
 * @throws UnreadableFile FILE-014 when the part is damaged or beyond a limit.
 */
export async function readStyles(pkg: XlsxPackage, part: string, limits: XlsxLimits): Promise<NumberKind[]> {
  const styles = new Styles(part, limits.styles);
  await readPart(pkg, part, styles, limits);
  return styles.kinds();
}

class Styles implements XmlHandler {
  readonly #custom = new Map<number, NumberKind>();
  /** Number format of each cell style. */
  readonly #formats: number[] = [];
  readonly #part: string;
  readonly #max: number;

  constructor(part: string, max: number) {
    this.#part = part;
    this.#max = max;
  }

  open(name: string, attributes: Attributes, parent: string): void {
    const id = Number(attributes.get("numFmtId") ?? 0);
    if (name === "numFmt" && parent === "numFmts") {
      this.#custom.set(id, kindOfFormat(attributes.get("formatCode") ?? ""));
    }
    if (name === "xf" && parent === "cellXfs") this.#formats.push(id);
    if (this.#formats.length + this.#custom.size > this.#max) throw unreadable(`${this.#part}: > ${this.#max}`);
  }

  kinds(): NumberKind[] {
    return this.#formats.map((id) => this.#custom.get(id) ?? kindOfBuiltin(id));
  }
}
