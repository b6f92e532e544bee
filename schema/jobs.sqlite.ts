import { sqliteTable as table, text } from "drizzle-orm/sqlite-core";
import { int } from "./columns.sqlite.ts";

/**
 * Long work of the service, SQLite twin of `jobs.postgres.ts`. It has migrations of its own, because on SQLite it lives in
 * a file of its own beside the store: an import holds the store's one write lock until it is done, and meanwhile jobs
 * must be queued, followed and cancelled.
 */
export const jobs = table("jobs", {
  id: text("id").primaryKey(),
  /** Jobs run in this order. */
  position: int("position").notNull().unique(),
  kind: text("kind").notNull(),
  /** `queued`, `running`, `done`, `failed` or `cancelled`. */
  status: text("status").notNull(),
  /** The name a person knows it by: that of the file that was sent or asked for. */
  name: text("name").notNull(),
  /** The folder of files that holds what the job needs: only processes that share it can run the job. */
  folder: text("folder").notNull(),
  /** What the job was given; like the three after it JSON in which every integer is exact. */
  input: text("input").notNull(),
  progress: text("progress"),
  result: text("result"),
  problem: text("problem"),
  /** How often it was begun. */
  attempts: int("attempts").notNull(),
  /** The process that runs it. */
  owner: text("owner"),
  /** Goes up while the owner lives; no clock is compared with another. */
  beat: int("beat").notNull(),
  createdAt: text("created_at").notNull(),
  startedAt: text("started_at"),
  finishedAt: text("finished_at"),
  cancelledAt: text("cancelled_at"),
  /** Version of the program that wrote the result. */
  program: text("program").notNull(),
});
