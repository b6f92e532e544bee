import { and, eq } from "drizzle-orm";
import { AppError } from "../errors.ts";
import { closeSource, fileProblem, firstRows, openSource, readRows, UnreadableFile } from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";
import { formatShare } from "../money.ts";
import { loadReferences } from "../references/index.ts";
import { explain } from "../rules.ts";
import type { Db } from "../store/index.ts";
import { ALL_TAGS, listTags } from "./list-tags.ts";
import { type Actor, type Proposal, type ProposalFields, proposeTags, type TagResult } from "./propose-tags.ts";
import type { TagRow } from "./tag.ts";

/**
 * Columns of the worksheet that planners fill, by the names under which it is read back; people see titles in their
 * language. The order is that of the sheet.
 */
export const WORKSHEET_COLUMNS = [
  "theme",
  "code",
  "name",
  "ministry",
  "marks",
  "allocation",
  "tag",
  "status",
  "agreement",
  "suggestion",
  "intervention",
  "class",
  "share",
  "fiscal_year_from",
  "fiscal_year_to",
  "evidence",
  "link",
  "action",
  "check",
] as const;

export type WorksheetColumn = (typeof WORKSHEET_COLUMNS)[number];

/** What a planner may ask for in a row: propose what stands there, or propose it in place of the agreed tag of the row. */
export const WORKSHEET_ACTIONS = ["propose", "replace"] as const;

/** An output of the year with one of its tags, or with none. */
export interface WorksheetRow {
  code: string;
  name: string | null;
  ministry: string | null;
  /** What the K/L marked in KRISNA, as printed. */
  marks: string | null;
  allocation: bigint | null;
  tag: TagRow | null;
  /** What the suggestions say; null without any. */
  suggestion: string | null;
}

/**
 * The outputs of a year with the tags of a theme that hold in it, in the order of codes; an output with several tags stands
 * in several rows. Tagged nodes that no list names come too.
 *
 * @param suggestions what to say beside an output, by code
 */
export async function worksheetRows(
  db: Db,
  theme: string,
  year: number,
  suggestions: ReadonlyMap<string, string> = new Map(),
): Promise<WorksheetRow[]> {
  const references = await loadReferences(db);
  const outputs = await outputsOf(db, year);
  const tags = new Map<string, TagRow[]>();
  const alive = ["identified", "proposed", "in-review", "agreed"];
  for (const tag of await listTags(db, { ...ALL_TAGS, theme, year, status: alive })) {
    tags.set(tag.node, [...(tags.get(tag.node) ?? []), tag]);
  }
  const codes = [...new Set([...outputs.keys(), ...tags.keys()])].sort();
  return codes.flatMap((code) => {
    const output = outputs.get(code);
    const activity = code.slice(0, 4);
    const program = output?.program ?? references.parent("activities", activity, year);
    const row = {
      code,
      name: output?.name ?? (code.length === 4 ? references.name("activities", activity, year) : null),
      ministry: program?.slice(0, 3) ?? null,
      marks: output?.marks ?? null,
      allocation: output?.allocation ?? null,
      suggestion: suggestions.get(code) ?? null,
    };
    const found: (TagRow | null)[] = tags.get(code) ?? [null];
    return found.map((tag) => ({ ...row, tag }));
  });
}

interface ListedOutput {
  name: string;
  program: string;
  marks: string | null;
  allocation: bigint | null;
}

/** The outputs of a year as the newest list that names each describes it; several locations of one output add up. */
async function outputsOf(db: Db, year: number): Promise<Map<string, ListedOutput>> {
  const { outputs, extracts } = db.tables;
  const rows = await db.read
    .select({
      extract: outputs.extractId,
      node: outputs.node,
      name: outputs.name,
      program: outputs.program,
      marks: outputs.themes,
      allocation: outputs.allocation,
    })
    .from(outputs)
    .innerJoin(extracts, eq(extracts.id, outputs.extractId))
    .where(and(eq(outputs.fiscalYear, year), eq(extracts.status, "posted")))
    .orderBy(outputs.extractId, outputs.row);
  const found = new Map<string, ListedOutput & { extract: number }>();
  for (const { node, ...row } of rows) {
    const known = found.get(node);
    const adds = known?.extract === row.extract && known.allocation !== null && row.allocation !== null;
    found.set(node, adds ? { ...row, allocation: (known.allocation ?? 0n) + (row.allocation ?? 0n) } : row);
  }
  return found;
}

/**
 * Reads a filled worksheet (or a CSV with the same columns) and proposes what stands in it. Rows without intervention and
 * without a tag are left alone; rows that say what is there already are unchanged. Results carry the row of the file.
 *
 * @throws AppError WORKSHEET-UNREADABLE when the file is no worksheet, with the sentence and the cure
 */
export async function importWorksheet(db: Db, path: string, actor: Actor, t: Translate): Promise<TagResult[]> {
  const proposals = await readWorksheet(path).catch((error: unknown) => {
    if (!(error instanceof UnreadableFile)) throw error;
    const { message, cure } = explain(fileProblem(error), t);
    throw new AppError("WORKSHEET-UNREADABLE", 422, message, cure);
  });
  return proposeTags(db, proposals, actor);
}

const FIELDS = [
  "theme",
  "code",
  "intervention",
  "class",
  "share",
  "fiscal_year_from",
  "fiscal_year_to",
  "evidence",
  "link",
] as const satisfies readonly (keyof ProposalFields & WorksheetColumn)[];

async function readWorksheet(path: string): Promise<Proposal[]> {
  const source = await openSource(path);
  try {
    const batches = readRows(source, null);
    const head = await firstRows(batches);
    const at = head.findIndex(({ cells }) => ["code", "intervention", "share"].every((name) => cells.includes(name)));
    const header = head[at]?.cells;
    if (!header) throw new UnreadableFile("FILE-004", 1, "", { column: "code, intervention, share", layout: "tags" });
    const titles = head[at + 1];
    const rows = head.slice(at + 1);
    for await (const batch of batches) rows.push(...batch);
    // Below the names of the columns the workbook has their titles; a CSV has none.
    const data = titles && isTitleRow(header, titles.cells) ? rows.slice(1) : rows;
    return data.flatMap(({ row, cells }) => {
      const cell = (name: WorksheetColumn) => {
        const text = (cells[header.indexOf(name)] ?? "").trim();
        // A formula that nobody computed says nothing; class and check follow from the rest.
        return text.startsWith("=") ? "" : text;
      };
      return proposalOf(row, cell) ?? [];
    });
  } finally {
    await closeSource(source);
  }
}

/** A row of titles has no code of a budget node where codes stand. */
function isTitleRow(header: readonly string[], cells: readonly string[]): boolean {
  return !/\d/.test(cells[header.indexOf("code")] ?? "") && (cells[header.indexOf("intervention")] ?? "") !== "";
}

function proposalOf(row: number, cell: (name: WorksheetColumn) => string): Proposal | null {
  const tag = cell("tag");
  if (cell("intervention") === "" && tag === "") return null;
  const id = /^\d{1,9}$/.test(tag) ? Number(tag) : null;
  const replaces = cell("action").toLowerCase() === "replace" ? id : null;
  return {
    row,
    fields: Object.fromEntries(FIELDS.map((name) => [name, cell(name)])),
    origin: "file",
    replaces,
    // A row of an agreed tag is about that tag, not about a replacement that is on its way.
    rewrites: replaces === null ? id : null,
  };
}

/** What stands in the cells of a row of the worksheet; amounts are left to the sheet. */
export function worksheetCells(row: WorksheetRow, theme: string, year: number): Record<WorksheetColumn, string> {
  const { tag } = row;
  return {
    theme,
    code: row.code,
    name: row.name ?? "",
    ministry: row.ministry ?? "",
    marks: row.marks ?? "",
    allocation: row.allocation === null ? "" : String(row.allocation),
    tag: tag === null ? "" : String(tag.id),
    status: tag?.status ?? "",
    agreement: tag?.agreement ?? "",
    suggestion: row.suggestion ?? "",
    intervention: tag?.intervention ?? "",
    class: "",
    share: tag === null ? "" : formatShare(tag.share),
    fiscal_year_from: String(tag?.fiscalYearFrom ?? year),
    fiscal_year_to: String(tag?.fiscalYearTo ?? year),
    evidence: tag?.evidence ?? "",
    link: tag?.link ?? "",
    action: "",
    check: "",
  };
}
