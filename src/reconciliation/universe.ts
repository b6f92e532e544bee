import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "../store/index.ts";
import type { Cohorts } from "./cohorts.ts";
import { DIMENSION_SQL, EXPENDITURE, isLineDimension, type LineDimension, TAG_DIMENSIONS } from "./dimensions.ts";
import type { Dimension, ReconciliationRequest } from "./types.ts";

/** A table of the program joined to the query. */
export interface Join {
  table: SQL;
  on: string;
}

/** The part of the ledger a request looks at: which joins its filters need and the conditions themselves. */
export interface Universe {
  joins: Join[];
  conditions: SQL[];
}

/** Conditions on lines: expenditure, and every filter that does not depend on tags or months. */
export function universeOf(reader: Reader, request: ReconciliationRequest, cohorts: Cohorts): Universe {
  const conditions = [sql.raw(EXPENDITURE)];
  for (const [dimension, values] of filters(request)) {
    if (!TAG_DIMENSIONS.includes(dimension)) conditions.push(isOneOf(DIMENSION_SQL[dimension], values));
  }
  const needsCohort = request.by.includes("cohort") || request.where.cohort !== undefined;
  const joins = needsCohort
    ? [
        {
          table: sql`${reader.list({ location: "text", cohort: "text" }, cohorts.rows)} AS k`,
          on: "k.location = c.location",
        },
      ]
    : [];
  return { joins, conditions };
}

/** Conditions on the parts of tags: filters on class and intervention. */
export function partConditions(request: ReconciliationRequest): SQL[] {
  return filters(request)
    .filter(([dimension]) => TAG_DIMENSIONS.includes(dimension))
    .map(([dimension, values]) => isOneOf(DIMENSION_SQL[dimension], values));
}

/** Filters on lines; a filter on months narrows the window instead. */
function filters(request: ReconciliationRequest): [LineDimension, string[]][] {
  const given = Object.entries(request.where) as [Dimension, string[]][];
  return given.filter((filter): filter is [LineDimension, string[]] => isLineDimension(filter[0]));
}

function isOneOf(expression: string, values: string[]): SQL {
  return sql`${sql.raw(expression)} IN (${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`;
}
