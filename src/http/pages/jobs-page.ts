import { formatNumber, type Translate } from "../../i18n/index.ts";
import type { ListedJobDocument } from "../../jobs/document.ts";
import { type Html, html } from "./html.ts";
import { stateText } from "./job-progress.ts";
import { localPath, renderPage } from "./layout.ts";

/** The newest jobs as a table. */
export function jobsPage(jobs: readonly ListedJobDocument[], t: Translate): string {
  const title = t("jobs.title");
  const body = html`<h1>${title}</h1>
<section class="card"><p class="small">${t("jobs.purpose")}</p>
${jobs.length === 0 ? html`<p>${t("jobs.none")}</p>` : table(jobs, t)}</section>
<p><a class="button" href="${localPath("/", t)}">${t("http.page.back")}</a></p>`;
  return renderPage({ title, body, path: "/jobs" }, t);
}

function table(jobs: readonly ListedJobDocument[], t: Translate): Html {
  const rows = jobs.map((job) => {
    const { id, kind, state, file, created_at: created, progress } = job;
    const tone = state === "failed" ? " bad" : state === "done" ? " good" : "";
    return html`<tr><td><a href="${localPath(`/jobs/${id}`, t)}">${file}</a></td><td>${t(`jobs.kind.${kind}`)}</td>
<td><span class="state${tone}">${stateText(job, t)}</span></td>
<td class="number">${progress.percent} %</td><td class="number">${formatNumber(progress.rows, t.language)}</td>
<td class="nowrap">${created.slice(0, 16).replace("T", " ")}</td></tr>`;
  });
  return html`<div class="scroll"><table><thead><tr><th scope="col">${t("jobs.head.file")}</th>
<th scope="col">${t("jobs.head.kind")}</th><th scope="col">${t("jobs.head.state")}</th>
<th scope="col" class="number">${t("jobs.head.progress")}</th><th scope="col" class="number">${t("jobs.rows")}</th>
<th scope="col">${t("jobs.head.created")}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
