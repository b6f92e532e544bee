import { escapeForRegExp, PLAIN_TEXT, resolveEntities } from "./item-lane.ts";
import type { RowBuilder } from "./row-builder.ts";
import { trimXmlSpace } from "./texts.ts";

/** Attributes that a row may have beside its number; anything else is left to the XML parser. */
const ROW_ATTRIBUTES = /^(?: (?!r=|xml)[\w:]+="[^"<>&]*")*$/;
const MAX_KNOWN = 1000;

/**
 * Reads rows of the plainest form, which nearly all programs write, with one regular expression per cell: attributes
 * `r`, `s`, `t`; a value, a formula with its value, or one inline text.
 */
export class PlainRows {
  readonly #rows: RowBuilder;
  readonly #row: RegExp;
  readonly #cell: RegExp;
  readonly #endLength: number;
  /** Attributes of rows, other than the number, that the XML parser has found in order: they repeat from row to row. */
  readonly #known = new Set([""]);
  #seen = "";

  /** `prefix` is that of the document's tags, `x:` or empty. */
  constructor(rows: RowBuilder, prefix: string) {
    const p = escapeForRegExp(prefix);
    const start = `<${p}c(?: r="([A-Z]{1,3})([1-9]\\d{0,6})")?(?: s="(\\d{1,9})")?(?: t="([a-zA-Z]+)")?(?: s="(\\d{1,9})")?`;
    const value = `<${p}v>(${PLAIN_TEXT})</${p}v>`;
    const inline = `<${p}is><${p}t( xml:space="preserve")?>(${PLAIN_TEXT})</${p}t></${p}is>`;
    this.#rows = rows;
    this.#row = new RegExp(`[ \\t\\n\\r]*<${p}row(?: r="(\\d{1,7})")?([^<>]*)>`, "y");
    this.#cell = new RegExp(`${start}(?:/>|>(?:<${p}f>(${PLAIN_TEXT})</${p}f>)?(?:${value}|${inline})?</${p}c>)`, "y");
    this.#endLength = `</${prefix}row>`.length;
  }

  /** Reads the row at `text[from, to)`; false when it is of another form. */
  read(text: string, from: number, to: number, preserve: boolean): boolean {
    this.#row.lastIndex = from;
    const [, number, attributes = "/"] = this.#row.exec(text) ?? [];
    this.#seen = attributes;
    if (!this.#known.has(attributes)) return false;
    this.#rows.begin(number ?? null);
    if (this.#readCells(text, this.#row.lastIndex, to - this.#endLength, preserve)) {
      this.#rows.end();
      return true;
    }
    this.#rows.abandon();
    return false;
  }

  /** The XML parser has read the row that was left to it, so its attributes are in order. */
  learn(): void {
    if (this.#known.size < MAX_KNOWN && ROW_ATTRIBUTES.test(this.#seen)) this.#known.add(this.#seen);
  }

  #readCells(text: string, from: number, to: number, preserve: boolean): boolean {
    const pattern = this.#cell;
    let position = from;
    while (position < to) {
      pattern.lastIndex = position;
      const match = pattern.exec(text);
      if (!match || !this.#add(match, preserve)) return false;
      position = pattern.lastIndex;
    }
    return position === to;
  }

  #add(match: RegExpExecArray, preserve: boolean): boolean {
    const [, letters, digits, style, type, laterStyle, formula, value, keep, inline] = match;
    if ((style !== undefined && laterStyle !== undefined) || formula?.includes("&")) return false;
    const plainValue = value === undefined ? null : resolveEntities(value);
    const plainInline = inline === undefined ? null : resolveEntities(inline);
    if ((value !== undefined && plainValue === null) || (inline !== undefined && plainInline === null)) return false;
    this.#rows.add(letters ?? null, digits ?? "", {
      type: type ?? null,
      style: style ?? laterStyle ?? null,
      value: plainValue,
      formula: formula ?? null,
      inline: plainInline !== null && keep === undefined && !preserve ? trimXmlSpace(plainInline) : plainInline,
    });
    return true;
  }
}
