import { changes } from "./changes.ts";
import { cli } from "./cli.ts";
import { formats } from "./formats.ts";
import { http } from "./http.ts";
import { jobs } from "./jobs.ts";
import { mappings } from "./mappings.ts";
import { report } from "./report.ts";
import { rules } from "./rules.ts";
import { suggestions } from "./suggestions.ts";
import { tags } from "./tags.ts";
import { terms } from "./terms.ts";

/** The Indonesian catalogue: the source of every text. Keys are `area.name`. */
export const id = {
  ...terms,
  ...rules,
  ...changes,
  ...cli,
  ...formats,
  ...http,
  ...jobs,
  ...mappings,
  ...report,
  ...suggestions,
  ...tags,
} as const;
