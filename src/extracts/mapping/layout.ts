import { isAmountStyle, isDateStyle, type StatedFormat, type WrittenColumns } from "../formats/index.ts";
import type { ReaderContext, RowLayout, RowView } from "../types.ts";
import {
  type ColumnSource,
  layoutIdOf,
  type MappingDefinition,
  type MappingKind,
  type NamedMapping,
  neededColumns,
  type RowFilter,
  simpleSources,
} from "./definition.ts";
import { exactHeader, nearestHeader, normalName } from "./header.ts";
import { MappedRow } from "./mapped-row.ts";
import { type FieldType, fieldsOf, TARGETS } from "./targets.ts";

type AnyRowLayout = { [Kind in MappingKind]: RowLayout<Kind> }[MappingKind];

/** The layout that a mapping makes of the plain layout of its kind. */
export function mappingLayout(mapping: NamedMapping): AnyRowLayout {
  const { definition } = mapping;
  switch (definition.kind) {
    case "realization":
      return { ...common(mapping), kind: "realization", reader: readerOf(definition, TARGETS.realization.layout) };
    case "budget":
      return { ...common(mapping), kind: "budget", reader: readerOf(definition, TARGETS.budget.layout) };
    case "satkers":
      return { ...common(mapping), kind: "satkers", reader: readerOf(definition, TARGETS.satkers.layout) };
    case "outputs":
      return { ...common(mapping), kind: "outputs", reader: readerOf(definition, TARGETS.outputs.layout) };
    case "achievements":
      return {
        ...common(mapping),
        kind: "achievements",
        usesSatkers: true,
        reader: readerOf(definition, TARGETS.achievements.layout),
      };
  }
}

/** How the file of a mapping is recognised, and what its columns are. */
function common(
  mapping: NamedMapping,
): Pick<AnyRowLayout, "id" | "required" | "optional" | "amountColumn" | "written" | "recognise"> {
  const { definition } = mapping;
  const needed = neededColumns(definition);
  const amount = definition.fields.amount;
  return {
    id: layoutIdOf(mapping),
    required: keyFirst(definition, needed).map(normalName),
    optional: [],
    amountColumn: amount && "column" in amount ? normalName(amount.column) : null,
    written: writtenColumns(definition),
    recognise: (head) => {
      const exact = exactHeader(head, definition);
      return exact ? { ...exact, missing: [] } : nearestHeader(head, definition.header.rows, needed);
    },
  };
}

/** The column of the key comes first: rows that begin with "Jumlah" are totals only where they have no key. */
function keyFirst(definition: MappingDefinition, needed: readonly string[]): string[] {
  const [first] = simpleSources(definition).filter(({ field, source }) => field === "code" && "column" in source);
  const key = first && "column" in first.source ? first.source.column : null;
  return key === null ? [...needed] : [key, ...needed.filter((column) => column !== key)];
}

/** The columns of amounts and dates, and how they are written where the mapping says so. */
function writtenColumns({ kind, fields }: MappingDefinition): WrittenColumns {
  const amounts: string[] = [];
  const dates: string[] = [];
  const decimals: string[] = [];
  const stated: NonNullable<WrittenColumns["stated"]> = {};
  for (const { name, type } of fieldsOf(kind)) {
    const source = fields[name];
    if (!source || !("column" in source)) continue;
    const column = normalName(source.column);
    const format = statedFormat(source, type);
    if (format) stated[column] = format;
    else if (type === "amount") amounts.push(column);
    else if (type === "date") dates.push(column);
    else if (type === "decimal") decimals.push(column);
  }
  return { amounts, dates, decimals: [decimals], stated };
}

function statedFormat({ format = "auto", unit }: ColumnSource, type: FieldType): StatedFormat | null {
  if (type === "amount" && isAmountStyle(format)) return { kind: "amount", style: format, unit: unit ?? 1 };
  return type === "date" && isDateStyle(format) ? { kind: "date", style: format } : null;
}

function readerOf<Kind extends MappingKind>(
  definition: MappingDefinition,
  plain: RowLayout<Kind>,
): RowLayout<Kind>["reader"] {
  return (context: ReaderContext, columnOf) => {
    const mapped = new MappedRow(definition, columnOf);
    const passes = filterOf(definition.filters, columnOf);
    const read = plain.reader(
      { ...context, codes: mapped.codes(context.codes), formats: mapped.formats(context.formats) },
      (field) => mapped.columnOf(field),
    );
    return (row: RowView) => {
      if (isNumbering(row.cells)) return { skipped: true };
      if (!passes(row.cells)) {
        context.warn("FILE-104");
        const amount = mapped.amountOf(row.cells, context.formats);
        return amount === null ? { skipped: true } : { skipped: true, amount };
      }
      const result = read(mapped.show(row.row, row.cells));
      if (!("problems" in result)) return result;
      return { ...result, problems: result.problems.map((problem) => mapped.inFile(problem)) };
    };
  };
}

/** Printed tables number their columns below the header: `1 2 3 4` or `(1) (2) (3) (4)`. */
function isNumbering(cells: readonly string[]): boolean {
  if ((cells[0] ?? "").length > 4) return false;
  const numbers = cells.map((cell) => cell.trim().replace(/^\((.*)\)$/, "$1")).filter((cell) => cell !== "");
  return numbers.length >= 3 && numbers.every((number, index) => number === String(index + 1));
}

/** Whether the cells of a row pass every filter. */
function filterOf(
  filters: readonly RowFilter[],
  columnOf: (name: string) => number,
): (cells: readonly string[]) => boolean {
  const tests = filters.map(({ column, is, is_not: isNot }) => ({
    index: columnOf(normalName(column)),
    is: is && new Set(is.map(normalName)),
    isNot: new Set((isNot ?? []).map(normalName)),
  }));
  return (cells) =>
    tests.every(({ index, is, isNot }) => {
      const value = normalName(cells[index] ?? "");
      return (!is || is.has(value)) && !isNot.has(value);
    });
}
