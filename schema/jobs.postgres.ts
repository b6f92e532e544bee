import { pgTable as table, text } from "drizzle-orm/pg-core";
import { int } from "./columns.postgres.ts";

/** Long work of the service, PostgreSQL twin of `jobs.sqlite.ts`, where the comments are. */
export const jobs = table("jobs", {
  id: text("id").primaryKey(),
  position: int("position").notNull().unique(),
  kind: text("kind").notNull(),
  status: text("status").notNull(),
  name: text("name").notNull(),
  folder: text("folder").notNull(),
  input: text("input").notNull(),
  progress: text("progress"),
  result: text("result"),
  problem: text("problem"),
  attempts: int("attempts").notNull(),
  owner: text("owner"),
  beat: int("beat").notNull(),
  createdAt: text("created_at").notNull(),
  startedAt: text("started_at"),
  finishedAt: text("finished_at"),
  cancelledAt: text("cancelled_at"),
  program: text("program").notNull(),
});
