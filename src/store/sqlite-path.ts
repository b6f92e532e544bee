import { resolve } from "node:path";

/** The absolute path of an SQLite store; `sqlite:` and `file:` may stand before it. */
export function sqlitePath(location: string): string {
  return resolve(location.replace(/^(sqlite|file):(\/\/)?/, ""));
}
