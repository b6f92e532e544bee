import helmet from "@fastify/helmet";
import type { App } from "../app.ts";

/** Security headers. Nothing is loaded from elsewhere, no script stands in a page, nobody may frame the service. */
export async function security(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain http on the loopback address: there is no https to insist on.
    strictTransportSecurity: false,
    frameguard: { action: "deny" },
    // With no-referrer a browser would send `Origin: null` with the service's own forms.
    referrerPolicy: { policy: "same-origin" },
  });
}
