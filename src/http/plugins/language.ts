import type { FastifyRequest } from "fastify";
import {
  DEFAULT_LANGUAGE,
  isLanguage,
  LANGUAGES,
  type Language,
  type Translate,
  translator,
} from "../../i18n/index.ts";
import type { App } from "../app.ts";

declare module "fastify" {
  interface FastifyRequest {
    language: Language;
    t: Translate;
  }
}

const TRANSLATORS: Record<Language, Translate> = { id: translator("id"), en: translator("en") };

/** Gives every request the language of its reader: `?lang=`, else Accept-Language, else Indonesian. */
export function language(app: App): void {
  app.decorateRequest("language", DEFAULT_LANGUAGE);
  app.decorateRequest("t", TRANSLATORS[DEFAULT_LANGUAGE]);
  app.addHook("onRequest", async (request, reply) => {
    request.t = translatorFor(request);
    request.language = request.t.language;
    reply.header("content-language", request.language);
    reply.header("vary", "Accept-Language");
  });
}

/** The texts for the reader of a request; also where no hook has run, such as for a malformed path. */
export function translatorFor({ query, headers }: FastifyRequest): Translate {
  const asked = (query as Record<string, unknown> | undefined)?.lang;
  const known = typeof asked === "string" && isLanguage(asked);
  return TRANSLATORS[known ? asked : negotiate(headers["accept-language"] ?? "")];
}

/** The supported language that the reader likes best (RFC 9110, Accept-Language). `in` is the old code of Indonesian. */
export function negotiate(header: string): Language {
  let best: { language: Language; quality: number } = { language: DEFAULT_LANGUAGE, quality: 0 };
  for (const range of header.split(",")) {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const quality = Number(/^q=([\d.]+)$/.exec(parameters.join("").trim())?.[1] ?? "1");
    const primary = tag.split("-")[0]?.replace(/^in$/, "id");
    const found = LANGUAGES.find((known) => known === primary);
    if (found && quality > best.quality) best = { language: found, quality };
  }
  return best.language;
}
