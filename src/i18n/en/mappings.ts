import type { mappings as source } from "../id/mappings.ts";

export const mappings: Record<keyof typeof source, string> = {
  "mapping.fault.missing": "Field {field} has no source yet. Choose a column, or give a fixed value.",
  "mapping.fault.unknownField": "{kind} has no field {field}. Remove it.",
  "mapping.fault.notCode": "Field {field} is no code, so it cannot be composed of several columns.",
  "mapping.fault.format": "The format {format} does not fit field {field}.",
  "mapping.fault.unit":
    "Column {column} seems to be in thousands or millions of rupiah. State its unit: 1, 1000, 1000000 or 1000000000.",
  "mapping.fault.unitNeedsFormat":
    "Column {column} is not in whole rupiah. State how its numbers are written, for example 1.234.567,89.",
  "mapping.fault.noColumn": "The header of the table has no column {column}.",
  "mapping.fault.doubledColumn": "The header names column {column} twice. Number it, for example {column} (2).",
  "mapping.fault.missingPiece": "The code does not state its {piece}; without it a line has no place.",
};
