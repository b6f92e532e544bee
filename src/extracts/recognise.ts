import type { KnownLayout } from "./layouts/index.ts";
import { exactHeader, mappingLayout, type NamedMapping } from "./mapping/index.ts";
import { type TableRow, UnreadableFile } from "./readers/csv-parser.ts";
import type { ExtractKind, Heading } from "./types.ts";

/** Rows in which a header is looked for; the titles of a printed report take ten at most. */
export const HEAD_ROWS = 40;

/** A header with less than this part of the required columns belongs to another kind of file. */
const NEAR = 0.5;

/** What the caller already knows about a file. */
export interface TableHints {
  /** The layout asked for by name. */
  layout: string | null;
  /** The kinds that fit the command, such as only tags. */
  kinds: readonly ExtractKind[] | null;
  /** The fiscal year of a file that may not state its own. */
  year: number | null;
  /** The mapping to read by; null looks among the layouts and `mappings`. */
  mapping?: NamedMapping | null;
  /** Mappings that were saved: one whose header is exactly that of the file reads it. */
  mappings?: readonly NamedMapping[];
  /** Whether no layout is looked for where no mapping fits. */
  onlyMappings?: boolean;
}

export interface Recognised {
  layout: KnownLayout;
  heading: Heading;
}

/**
 * Finds the layout of a file by the first rows that are not blank: the one whose header comes first and, of those of the
 * same row, the one that asks for most columns.
 *
 * @throws UnreadableFile FILE-003 (no layout), FILE-004 (a column is missing), FILE-005 (a column twice), FILE-011 (another
 * layout than the one asked for).
 */
export function recogniseLayout(
  head: readonly TableRow[],
  layouts: readonly KnownLayout[],
  hints: TableHints,
): Recognised {
  const fits = layouts
    .flatMap((layout) => {
      const heading = layout.recognise ? layout.recognise(head) : headerRow(layout, head);
      return heading ? [{ layout, heading }] : [];
    })
    .sort(
      (a, b) =>
        lackingPart(a) - lackingPart(b) ||
        a.heading.at - b.heading.at ||
        b.layout.required.length - a.layout.required.length,
    );
  const wanted = layouts.filter(({ id, kind }) =>
    hints.layout ? id === hints.layout : (hints.kinds?.includes(kind) ?? true),
  );
  const complete = fits.filter(({ heading }) => heading.missing.length === 0);
  const found = complete.find(({ layout }) => wanted.includes(layout));
  if (found) return assertDistinct(found, head);
  const asked = wanted.map(({ id }) => id).join(", ");
  const [other] = complete;
  if (other) {
    throw new UnreadableFile("FILE-011", rowOf(head, other.heading.at), other.layout.id, {
      asked,
      found: other.layout.id,
    });
  }
  const broken = fits.find(({ layout }) => wanted.includes(layout));
  if (broken) throw missing(broken, head);
  const shown = printed(head[0]).join(",").slice(0, 200);
  const names = wanted.map(({ id, required }) => `${id}: ${required.join(",")}`).join("; ");
  throw new UnreadableFile("FILE-003", rowOf(head, 0), shown, { layouts: names });
}

/**
 * The mapping by which a file is read: the one asked for, or the one saved for exactly this header. Somebody has said how
 * to read such files, so it comes before the layouts. Null when there is none and layouts may be looked for.
 *
 * @throws UnreadableFile FILE-003, FILE-004 (the file lacks a column of the mapping), FILE-015 (several mappings fit)
 */
export function recogniseMapping(head: readonly TableRow[], hints: TableHints): Recognised | null {
  const { mapping, mappings = [], layout, kinds, onlyMappings = false } = hints;
  if (mapping) return recogniseLayout(head, [mappingLayout(mapping)], { ...hints, layout: null });
  if (layout !== null) return null;
  const fitting = mappings.filter(({ definition }) => {
    return (kinds?.includes(definition.kind) ?? true) && exactHeader(head, definition) !== null;
  });
  const [only, second] = fitting;
  if (second) {
    const names = fitting.map(({ name }) => name).join(", ");
    throw new UnreadableFile("FILE-015", rowOf(head, 0), names, { names });
  }
  if (!only && !onlyMappings) return null;
  return recogniseLayout(head, only ? [mappingLayout(only)] : [], hints);
}

/** The first row that has all required columns; else, with what is missing, the row that has most of them and at least half. */
function headerRow({ required }: KnownLayout, head: readonly TableRow[]): Heading | null {
  let nearest: Heading | null = null;
  for (const [at, row] of head.entries()) {
    const names = normalized(row);
    const lacking = required.filter((name) => !names.includes(name));
    if (lacking.length === 0) return { at, columns: printed(row), missing: [] };
    if (1 - lacking.length / required.length < NEAR) continue;
    if (!nearest || lacking.length < nearest.missing.length) nearest = { at, columns: printed(row), missing: lacking };
  }
  return nearest;
}

/** Part of the required columns that the header does not have. */
function lackingPart({ layout, heading }: Recognised): number {
  return heading.missing.length / layout.required.length;
}

function missing({ layout, heading }: Recognised, head: readonly TableRow[]): UnreadableFile {
  return new UnreadableFile("FILE-004", rowOf(head, heading.at), normalized(head[heading.at]).join(","), {
    column: heading.missing.join(", "),
    layout: layout.id,
  });
}

/** A column name that stands twice leaves open which one is meant. */
function assertDistinct(found: Recognised, head: readonly TableRow[]): Recognised {
  const names = found.heading.columns.map((name) => name.trim().toLowerCase());
  const doubled = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
  if (doubled) throw new UnreadableFile("FILE-005", rowOf(head, found.heading.at), doubled, { column: doubled });
  return found;
}

/** Cells of a header without the byte order mark that some programs write before the first one. */
function printed(row: TableRow | undefined): string[] {
  return (row?.cells ?? []).map((cell) => cell.replace(/^\ufeff/, ""));
}

function normalized(row: TableRow | undefined): string[] {
  return printed(row).map((cell) => cell.trim().toLowerCase());
}

function rowOf(head: readonly TableRow[], at: number): number {
  return head[at]?.row ?? 1;
}
