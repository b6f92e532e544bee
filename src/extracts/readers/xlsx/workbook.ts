import { UnreadableFile } from "../csv-parser.ts";
import type { NumberKind } from "./dates.ts";
import { unreadable, type XlsxLimits } from "./limits.ts";
import { type Packed, relationshipsOf, resolveTarget, XlsxPackage } from "./package.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { readStyles } from "./styles.ts";
import type { Texts } from "./text-table.ts";
import { type Attributes, readPart, type XmlHandler } from "./xml.ts";

/** A worksheet as the workbook lists it. */
export interface Worksheet {
  name: string;
  visible: boolean;
  part: string;
}

/** What is needed to read the cells of a workbook's sheets. */
export interface Workbook {
  pkg: XlsxPackage;
  limits: XlsxLimits;
  sheets: Worksheet[];
  /** The texts that cells refer to by number. */
  strings: Texts;
  /** By style index; null when the workbook has no styles, so that nothing says of any number that it is a date. */
  styles: NumberKind[] | null;
  date1904: boolean;
}

interface Relationship {
  /** Last word of the type, the same in transitional and strict files: `worksheet`, `styles`. */
  type: string;
  part: string;
}

/**
 * Opens a workbook and reads everything but its sheets. The caller closes `pkg`.
 *
 * @throws UnreadableFile FILE-014 (damaged or beyond a limit), FILE-013 (no workbook of this kind: xlsb, docx …).
 */
export async function openWorkbook(path: string, limits: XlsxLimits, packed?: Packed): Promise<Workbook> {
  const pkg = await XlsxPackage.open(path, limits, packed);
  try {
    return await describe(pkg, limits);
  } catch (error) {
    pkg.close();
    throw error;
  }
}

async function describe(pkg: XlsxPackage, limits: XlsxLimits): Promise<Workbook> {
  const part = await workbookPart(pkg, limits);
  const list = new SheetList(part, limits.sheets);
  await readPart(pkg, part, list, limits);
  if (!list.isWorkbook) throw new UnreadableFile("FILE-013", 1, part);
  const relationships = await readRelationships(pkg, part, limits);
  const related = (type: string) => [...relationships.values()].find((one) => one.type === type)?.part;
  const [strings, styles] = [related("sharedStrings"), related("styles")];
  return {
    pkg,
    limits,
    sheets: worksheetsOf(list, relationships, part),
    strings: strings === undefined ? [] : await readSharedStrings(pkg, strings, limits),
    styles: styles === undefined ? null : await readStyles(pkg, styles, limits),
    date1904: list.date1904,
  };
}

async function workbookPart(pkg: XlsxPackage, limits: XlsxLimits): Promise<string> {
  const root = await readRelationships(pkg, "", limits);
  const part = [...root.values()].find(({ type }) => type === "officeDocument")?.part;
  if (part === undefined) throw unreadable("_rels/.rels: officeDocument");
  if (!part.toLowerCase().endsWith(".xml")) throw new UnreadableFile("FILE-013", 1, part);
  return part;
}

/** Sheets that hold cells, in the order of their tabs; chart, dialog and macro sheets are none. */
function worksheetsOf(list: SheetList, relationships: Map<string, Relationship>, part: string): Worksheet[] {
  return list.sheets.flatMap(({ name, visible, id }) => {
    const relationship = relationships.get(id ?? "");
    if (!relationship) throw unreadable(`${part}: ${name}`);
    return relationship.type === "worksheet" ? [{ name, visible, part: relationship.part }] : [];
  });
}

class SheetList implements XmlHandler {
  isWorkbook = false;
  date1904 = false;
  readonly sheets: { name: string; visible: boolean; id: string | null }[] = [];
  readonly #part: string;
  readonly #maxSheets: number;

  constructor(part: string, maxSheets: number) {
    this.#part = part;
    this.#maxSheets = maxSheets;
  }

  open(name: string, attributes: Attributes, parent: string): void {
    if (name === "workbook" && parent === "") this.isWorkbook = true;
    if (name === "workbookPr") this.date1904 = /^(?:1|true)$/.test(attributes.get("date1904") ?? "");
    if (name !== "sheet" || parent !== "sheets") return;
    this.sheets.push({
      name: attributes.get("name") ?? "",
      visible: (attributes.get("state") ?? "visible") === "visible",
      id: attributes.relationshipId(),
    });
    if (this.sheets.length > this.#maxSheets) throw unreadable(`${this.#part}: > ${this.#maxSheets} lembar/sheets`);
  }
}

/** The relationships of a part by id. Those that point outside the package (external links) are left out. */
async function readRelationships(
  pkg: XlsxPackage,
  base: string,
  limits: XlsxLimits,
): Promise<Map<string, Relationship>> {
  const found = new Map<string, Relationship>();
  const open = (name: string, attributes: Attributes): void => {
    const [id, target] = [attributes.get("Id"), attributes.get("Target")];
    if (name !== "Relationship" || attributes.get("TargetMode") === "External" || id === null || target === null)
      return;
    const type = (attributes.get("Type") ?? "").split("/").at(-1) ?? "";
    found.set(id, { type, part: resolveTarget(base, target) });
    if (found.size > limits.entries) throw unreadable(`${relationshipsOf(base)}: > ${limits.entries}`);
  };
  await readPart(pkg, relationshipsOf(base), { open }, limits);
  return found;
}
