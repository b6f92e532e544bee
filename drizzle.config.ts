import { defineConfig } from "drizzle-kit";

// `TANDAI_DIALECT=postgresql npx drizzle-kit generate` writes the migration of the PostgreSQL twin.
const postgres = process.env.TANDAI_DIALECT === "postgresql";

export default defineConfig({
  dialect: postgres ? "postgresql" : "sqlite",
  schema: postgres ? "./schema/postgres.ts" : "./schema/sqlite.ts",
  out: postgres ? "./schema/migrations/postgres" : "./schema/migrations/sqlite",
});
