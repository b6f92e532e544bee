import { type Db, filesBeside } from "../store/index.ts";

/** Where the service keeps the files it works on: TANDAI_FILES, or beside the store. */
export function filesOf({ location }: Db): string {
  return process.env.TANDAI_FILES || filesBeside(location);
}
