import type { TestProject } from "vitest/node";
import { startPostgres } from "./embedded-postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** URL of a PostgreSQL server on which tests make databases of their own. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL server for the whole run: the one of TEST_DATABASE_URL, or one started here. */
export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  // A dependency of embedded-postgres ends a process that has nothing left to do with code 0, whatever failed before: the
  // code that vitest decided on goes first.
  process.prependListener("beforeExit", (code) => process.exit(code));
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    provide("postgresUrl", given);
    return undefined;
  }
  // Tests throw their databases away: durability would only cost time.
  const server = await startPostgres("fsync=off", "synchronous_commit=off");
  provide("postgresUrl", server.url);
  return () => server.stop();
}
