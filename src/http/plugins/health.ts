import { sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import type { App, Services } from "../app.ts";
import { replies } from "../schemas.ts";

const ok = z.strictObject({ status: z.literal("ok") }).meta({ id: "Health" });

/** `/health/live`: the process answers. `/health/ready`: the store answers too. */
export function health(app: App, { db }: Services): void {
  app.get(
    "/health/live",
    {
      schema: {
        operationId: "live",
        summary: "Whether the service runs",
        tags: ["health"],
        response: replies({ 200: ok }),
      },
    },
    async () => ({ status: "ok" as const }),
  );
  const response = replies({ 200: ok }, { 503: "The store does not answer." });
  app.get(
    "/health/ready",
    { schema: { operationId: "ready", summary: "Whether the store answers", tags: ["health"], response } },
    async (request) => {
      try {
        await db.read.rows(sql`SELECT count(*) AS lists FROM reference_lists`);
      } catch (error) {
        request.log.error({ err: error }, "the store does not answer");
        throw new AppError("STORE-UNREACHABLE", 503, "the store does not answer");
      }
      return { status: "ok" as const };
    },
  );
}
