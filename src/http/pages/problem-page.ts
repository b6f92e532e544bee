import type { Translate } from "../../i18n/index.ts";
import type { ProblemDocument } from "../schemas.ts";
import { html } from "./html.ts";
import { localPath, renderPage } from "./layout.ts";

/** An error as a page: what happened, what to do, and the way back. */
export function problemPage(problem: ProblemDocument, t: Translate): string {
  const cures = (problem.errors ?? []).map(({ message, cure }) => html`<li>${message} ${cure}</li>`);
  const body = html`<section class="card">
<h1>${problem.title}</h1>
${cures.length > 0 ? html`<ul>${cures}</ul>` : html`<p>${problem.detail}</p><p>${problem.hint}</p>`}
<p><a class="button" href="${localPath("/", t)}">${t("http.page.back")}</a></p>
<p class="small">${problem.code} · ${problem.request_id}</p>
</section>`;
  return renderPage({ title: problem.title, body, path: null }, t);
}
