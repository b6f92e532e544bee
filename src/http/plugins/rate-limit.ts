import rateLimit from "@fastify/rate-limit";
import { AppError } from "../../errors.ts";
import type { App } from "../app.ts";

/** Uploads a client may send per minute: more is a script in a loop, and each may fill the disk. */
export const UPLOADS_PER_MINUTE = 30;

/** For routes that take uploads. */
export const UPLOAD_RATE = { max: UPLOADS_PER_MINUTE, timeWindow: 60_000 };

/** Limits how often a client may call the routes that ask for it (`config.rateLimit`). */
export async function limitRates(app: App): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: ({ t }, { ttl }) =>
      new AppError(
        "RATE-LIMIT",
        429,
        t("http.rateLimit", { max: UPLOADS_PER_MINUTE }),
        t("http.rateLimitHint", { seconds: Math.ceil(ttl / 1000) }),
      ),
  });
}
