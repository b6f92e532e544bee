import { defineConfig } from "drizzle-kit";

// `TANDAI_DIALECT=postgresql npx drizzle-kit generate` writes the migration of the PostgreSQL twin; `TANDAI_TRACK=jobs`
// that of the job queue, which has migrations of its own.
const postgres = process.env.TANDAI_DIALECT === "postgresql";
const engine = postgres ? "postgres" : "sqlite";
const jobs = process.env.TANDAI_TRACK === "jobs";

export default defineConfig({
  dialect: postgres ? "postgresql" : "sqlite",
  schema: `./schema/${jobs ? "jobs." : ""}${engine}.ts`,
  out: `./schema/migrations/${engine}${jobs ? "-jobs" : ""}`,
});
