import type { mappings as source } from "../id/mappings.ts";

export const mappings: Record<keyof typeof source, string> = {
  "mapping.invalid": "The definition of the mapping cannot be used yet.",
  "mapping.badName": 'The mapping name "{name}" is not valid: use small letters, digits, dots, underscores or hyphens.',
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
  "mapping.reason.name": 'the column name "{column}" means {field}',
  "mapping.reason.content": "{fits} of {cells} sample cells fit, for example {example}",
  "mapping.reason.title": "the title says {value}",
  "mapping.question.missing": "No column is clearly {field}: choose one, or give a fixed value.",
  "mapping.question.unit":
    'The heading says "{words}" about column {column}. Does one unit mean {unit} rupiah? State the unit.',
  "mapping.note.status": "Column {column} holds {values}: should rows be filtered?",
};
