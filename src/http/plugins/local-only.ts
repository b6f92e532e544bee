import { AppError } from "../../errors.ts";
import type { App } from "../app.ts";

/** Names by which this machine reaches itself, with any port. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Until there is access control the service is for the person at this machine only. It listens on the loopback
 * address; these checks stop web pages of others from reaching it through that person's browser: a foreign Host header
 * (DNS rebinding) is refused, and so is a change that another origin asks for (cross-site request forgery).
 */
export function localOnly(app: App): void {
  app.addHook("onRequest", async ({ headers, method, t }) => {
    const host = headers.host ?? "";
    if (!LOCAL_HOST.test(host)) {
      throw new AppError("HOST-REFUSED", 421, t("http.hostRefused"), t("http.hostRefusedHint"));
    }
    if (READING.has(method)) return;
    const { origin } = headers;
    const site = headers["sec-fetch-site"];
    // Browsers send at least one of the two with a change; programs such as curl send neither.
    const own =
      origin === undefined
        ? site === undefined || site === "same-origin" || site === "none"
        : origin.toLowerCase() === `http://${host.toLowerCase()}`;
    if (!own) throw new AppError("ORIGIN-REFUSED", 403, t("http.originRefused"), t("http.originRefusedHint"));
  });
}
