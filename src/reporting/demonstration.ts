import type { Db } from "../store/index.ts";
import { hasDemonstrationFiles } from "./queries.ts";

/** Whether any figure in force comes from the files of the demonstration (`demo-*.csv`), whose amounts are invented. */
export function isDemonstration(db: Db): Promise<boolean> {
  return db.snapshot((reader) => hasDemonstrationFiles(db, reader));
}
