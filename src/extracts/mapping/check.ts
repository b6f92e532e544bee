import type { TextKey, TextParams } from "../../i18n/index.ts";
import { isAmountStyle, isDateStyle } from "../formats/index.ts";
import { type ColumnSource, type MappingDefinition, type PieceName, simpleSources } from "./definition.ts";
import { normalName } from "./header.ts";
import { piecesOf } from "./pieces.ts";
import { compositionOf, fieldsOf, NODE_LEVELS, type TargetField } from "./targets.ts";

/** Why a definition cannot be used: where, and the sentence that says what to do. */
export interface MappingFault {
  /** Such as `fields.amount.unit`. */
  place: string;
  text: TextKey;
  params: TextParams;
}

/** Everything that is wrong with a definition of the right shape; a definition without faults can be saved and used. */
export function mappingFaults(definition: MappingDefinition): MappingFault[] {
  return [...fieldFaults(definition), ...columnFaults(definition), ...codeFaults(definition)];
}

function fieldFaults({ kind, fields }: MappingDefinition): MappingFault[] {
  const targets = new Map(fieldsOf(kind).map((target) => [target.name, target]));
  const missing = [...targets.values()]
    .filter(({ name, required }) => required && !fields[name])
    .map(({ name }) => fault(`fields.${name}`, "mapping.fault.missing", { field: name }));
  const wrong = Object.entries(fields).flatMap(([name, source]) => {
    const target = targets.get(name);
    if (!target) return [fault(`fields.${name}`, "mapping.fault.unknownField", { field: name, kind })];
    if ("compose" in source) {
      const isComposed = target.type === "code" || target.type === "node";
      return isComposed ? [] : [fault(`fields.${name}`, "mapping.fault.notCode", { field: name })];
    }
    return "column" in source ? formatFaults(name, target, source) : [];
  });
  return [...missing, ...wrong];
}

function formatFaults(name: string, { type }: TargetField, { column, format = "auto", unit }: ColumnSource) {
  const faults: MappingFault[] = [];
  const place = `fields.${name}`;
  const fits =
    format === "auto" || (type === "amount" && isAmountStyle(format)) || (type === "date" && isDateStyle(format));
  if (!fits) faults.push(fault(`${place}.format`, "mapping.fault.format", { field: name, format }));
  if (type === "amount" && unit === null) faults.push(fault(`${place}.unit`, "mapping.fault.unit", { column }));
  if (type === "amount" && (unit ?? 1) !== 1 && format === "auto") {
    faults.push(fault(`${place}.format`, "mapping.fault.unitNeedsFormat", { column }));
  }
  return faults;
}

/** Columns must be in the header, which must name each of them once. */
function columnFaults(definition: MappingDefinition): MappingFault[] {
  const names = definition.header.columns.map(normalName);
  const known = new Set(names);
  const doubled = definition.header.columns.filter(
    (name, index) => name !== "" && names.indexOf(normalName(name)) !== index,
  );
  const absent = [
    ...simpleSources(definition).flatMap(({ field, source }) =>
      "column" in source && !known.has(normalName(source.column))
        ? [{ place: `fields.${field}`, column: source.column }]
        : [],
    ),
    ...definition.filters.flatMap(({ column }, index) =>
      known.has(normalName(column)) ? [] : [{ place: `filters.${index}`, column }],
    ),
  ];
  return [
    ...absent.map(({ place, column }) => fault(place, "mapping.fault.noColumn", { column })),
    ...doubled.map((column) => fault("header.columns", "mapping.fault.doubledColumn", { column })),
  ];
}

/** A composed code states at least what gives a line its place; a node also every level above the one it points at. */
function codeFaults({ kind, fields }: MappingDefinition): MappingFault[] {
  const { code } = fields;
  const composition = compositionOf(kind);
  if (!code || !("compose" in code) || !composition) return [];
  const given = Object.keys(code.compose) as PieceName[];
  const stated = new Set<string>(given.flatMap((name) => Object.keys(piecesOf(name, "0.0"))));
  const closest = NODE_LEVELS.findLastIndex((level) => stated.has(level));
  const required = composition.type === "node" ? NODE_LEVELS.slice(0, Math.max(closest, 1)) : composition.required;
  return [
    ...given
      .filter((piece) => !composition.pieces.includes(piece))
      .map((piece) => fault(`fields.code.compose.${piece}`, "mapping.fault.noPiece", { piece })),
    ...required
      .filter((piece) => !stated.has(piece))
      .map((piece) => fault(`fields.code.compose.${piece}`, "mapping.fault.missingPiece", { piece })),
  ];
}

function fault(place: string, text: TextKey, params: TextParams): MappingFault {
  return { place, text, params };
}
