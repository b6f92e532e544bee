import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { parseCsvObjects } from "../src/extracts/readers/csv-parser.ts";
import { projectRoot } from "../src/paths.ts";
import type { Transaction, Value } from "../src/store/index.ts";

/** Columns of the lists and of the table, beside what the store adds. */
const COLUMNS = ["theme", "kind", "intervention", "language", "term", "weight", "ministries", "note"] as const;

/**
 * Loads the keyword lists of the repository, one file per theme, in place of what an earlier seed put there. Rows that
 * planners added, changed or removed stay as they are.
 */
export async function loadSuggestionKeywords(tx: Transaction): Promise<number> {
  const folder = join(projectRoot(), "seeds", "suggestion-keywords");
  const rows = readdirSync(folder)
    .filter((file) => file.endsWith(".csv"))
    .sort()
    .flatMap((file) => parseCsvObjects(readFileSync(join(folder, file), "utf8")));
  await tx.run(sql`DELETE FROM suggestion_keywords WHERE origin = 'seed'`);
  await tx.bulkInsert(
    "suggestion_keywords",
    [...COLUMNS, "origin", "active"],
    rows.map((row) => [...COLUMNS.map((column) => cellOf(column, `${row[column]}`)), "seed", 1n]),
    { onConflict: "ON CONFLICT (theme, kind, intervention, language, term) DO NOTHING" },
  );
  return rows.length;
}

function cellOf(column: (typeof COLUMNS)[number], text: string): Value {
  if (column === "weight") return BigInt(text);
  return text === "" && (column === "ministries" || column === "note") ? null : text;
}
