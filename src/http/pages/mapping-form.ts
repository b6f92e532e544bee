import {
  type AmountUnit,
  type ColumnFormat,
  type ColumnSource,
  compositionOf,
  type FieldSource,
  type FixedSource,
  fieldsOf,
  MAPPING_KINDS,
  type MappingDefinition,
  type PieceName,
  type RowFilter,
} from "../../extracts/index.ts";

/** Filters that the form has room for. */
export const FORM_FILTERS = 3;

/** The fields of a form as they were sent. */
export type FormFields = Readonly<Record<string, unknown>>;

/** How a code is given: in one column, or in pieces. */
export type CodeWay = "whole" | "pieces";

/**
 * The definition that a form describes. What is left open stays open, so that its faults can be shown beside the form.
 *
 * @returns null when the form was not made by the page: its hidden parts are missing or broken
 */
export function definitionOfForm(form: FormFields): MappingDefinition | null {
  const kind = MAPPING_KINDS.find((one) => one === form.kind);
  const header = headerOf(form.header);
  if (!kind || !header) return null;
  const fields: Record<string, FieldSource> = {};
  const composition = compositionOf(kind);
  for (const { name, type } of fieldsOf(kind)) {
    const source =
      type === composition?.type && form.code_way === "pieces"
        ? composed(form, composition.pieces)
        : simple(form, `field.${name}`, type === "amount");
    if (source) fields[name] = source;
  }
  return { kind, sheet: textOf(form.sheet), header, fields, filters: filtersOf(form) };
}

function headerOf(given: unknown): MappingDefinition["header"] | null {
  try {
    const header: unknown = JSON.parse(String(given));
    if (typeof header !== "object" || header === null || !("columns" in header) || !("rows" in header)) return null;
    const { columns, rows } = header;
    if (!Array.isArray(columns) || !columns.every((column) => typeof column === "string")) return null;
    return { rows: rows === 2 ? 2 : 1, columns };
  } catch {
    return null;
  }
}

function simple(form: FormFields, name: string, isAmount: boolean): ColumnSource | FixedSource | null {
  const column = textOf(form[`${name}.column`]);
  const value = textOf(form[`${name}.value`]);
  if (column === null) return value === null ? null : { value };
  const format = textOf(form[`${name}.format`]);
  const unit = unitOf(form[`${name}.unit`]);
  return {
    column,
    ...(format !== null && { format: format as ColumnFormat }),
    ...(isAmount && { unit }),
    ...(form[`${name}.pad`] === "true" && { pad: true }),
  };
}

/** Null as long as nobody has chosen. */
function unitOf(given: unknown): AmountUnit | null {
  const unit = Number(textOf(given));
  return unit === 1 || unit === 1_000 || unit === 1_000_000 || unit === 1_000_000_000 ? unit : null;
}

function composed(form: FormFields, names: readonly PieceName[]): FieldSource | null {
  const pieces = names.flatMap((piece) => {
    const source = simple(form, `piece.${piece}`, false);
    return source ? [[piece, source] as const] : [];
  });
  return pieces.length === 0 ? null : { compose: Object.fromEntries(pieces) };
}

function filtersOf(form: FormFields): RowFilter[] {
  return Array.from({ length: FORM_FILTERS }, (_, index) => index).flatMap((index): RowFilter[] => {
    const column = textOf(form[`filter.${index}.column`]);
    const values = (textOf(form[`filter.${index}.values`]) ?? "")
      .split(",")
      .map((value) => value.trim())
      .filter((value) => value !== "");
    if (column === null || values.length === 0) return [];
    return [form[`filter.${index}.how`] === "is_not" ? { column, is_not: values } : { column, is: values }];
  });
}

function textOf(given: unknown): string | null {
  return typeof given === "string" && given.trim() !== "" ? given.trim() : null;
}

/** Whether the code of a definition is given whole or in pieces. */
export function codeWayOf({ kind, fields, header }: MappingDefinition): CodeWay {
  const { code } = fields;
  if (code) return "compose" in code ? "pieces" : "whole";
  if (compositionOf(kind)?.type === "node") return "whole";
  return header.columns.length > 4 ? "pieces" : "whole";
}
