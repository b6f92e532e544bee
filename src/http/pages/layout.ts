import { LANGUAGES, type Translate } from "../../i18n/index.ts";
import { type Html, html } from "./html.ts";
import { STYLE_PATH } from "./style.ts";

export interface Page {
  title: string;
  body: Html;
  /** Path and query of this page without `lang`, for the language switch; null where a page cannot be asked for again. */
  path: string | null;
  /** Ask for the page again after so many seconds where there is no script. */
  refresh?: number;
  /** Path of the script that follows what the page shows. */
  script?: string;
  /** A sentence above everything, such as that all amounts are invented. */
  banner?: string | null;
}

const NAMES = { id: "Indonesia", en: "English" };

/** A whole page: complete without script, readable on paper. */
export function renderPage({ title, body, path, refresh, script, banner }: Page, t: Translate): string {
  const refreshTag =
    refresh === undefined ? null : html`<noscript><meta http-equiv="refresh" content="${refresh}"></noscript>`;
  const scriptTag = script === undefined ? null : html`<script src="${script}" defer></script>`;
  return html`<!doctype html>
<html lang="${t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshTag}
<title>${title} · Tandai</title>
<link rel="icon" type="image/svg+xml" href="/assets/tandai.svg">
<link rel="stylesheet" href="${STYLE_PATH}">
${scriptTag}
</head>
<body>
<a class="skip" href="#content">${t("http.page.skip")}</a>
<header class="top">
<div class="inner">
<a class="brand" href="${localPath("/", t)}"><span class="mark" aria-hidden="true">T</span><span>Tandai</span></a>
<p class="purpose">${t("http.page.purpose")}</p>
${path === null ? null : languageSwitch(path, t)}
</div>
</header>
${banner ? html`<p class="banner" role="note">${banner}</p>` : null}
<main id="content" class="inner">
${body}
</main>
<footer class="inner">
<p>${t("http.page.footer")}</p>
</footer>
</body>
</html>
`.text;
}

function languageSwitch(path: string, t: Translate): Html {
  const links = LANGUAGES.map((language) =>
    language === t.language
      ? html`<span aria-current="true">${NAMES[language]}</span>`
      : html`<a href="${withLanguage(path, language)}" lang="${language}" hreflang="${language}">${NAMES[language]}</a>`,
  );
  return html`<nav class="languages" aria-label="${t("http.page.language")}">${links}</nav>`;
}

/** A link within the pages that keeps the language; Indonesian is the default and needs no mark. */
export function localPath(path: string, { language }: Translate): string {
  return withLanguage(path, language);
}

function withLanguage(path: string, language: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
}
