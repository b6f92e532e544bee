import { formatNumber, formatRupiah, type Translate } from "../../i18n/index.ts";
import type { JobDocument } from "../../jobs/document.ts";
import type { ImportDocument } from "../../ledger/import-document.ts";
import { type Html, html } from "./html.ts";
import { bytesText, progressCard } from "./job-progress.ts";
import { JOB_SCRIPT_PATH } from "./job-script.ts";
import { localPath, renderPage } from "./layout.ts";

/** How often a page of a job asks again where there is no script, in seconds. */
const REFRESH = 2;

/** A job as a page that follows it, and then shows its result. */
export function jobPage(job: JobDocument, t: Translate): string {
  const active = job.state === "queued" || job.state === "running";
  const title = t(job.kind === "import" ? "jobs.importTitle" : "jobs.reportTitle", { file: job.file });
  const stage = `${job.state}${job.cancelled_at === null ? "" : "-stopping"}`;
  const live = html` data-state="${stage}" data-events="${localPath(`/api/v1/jobs/${job.id}/events`, t)}"`;
  const body = html`<h1>${title}</h1>
<div id="job"${active && live}>${active ? progressCard(job, t) : outcome(job, t)}</div>
<p><a class="button" href="${localPath("/", t)}">${t("http.page.back")}</a> <a href="${localPath("/jobs", t)}">${t("jobs.all")}</a></p>`;
  const following = active && { refresh: REFRESH, script: JOB_SCRIPT_PATH };
  return renderPage({ title, body, path: `/jobs/${job.id}`, ...following }, t);
}

function outcome(job: JobDocument, t: Translate): Html {
  if (job.result) return resultCard(job.result, t);
  if (job.report) return reportCard(job.report, t);
  if (job.problem) return problemCard(job, t);
  const text = job.state === "cancelled" ? t("jobs.cancelled") : t("jobs.forgotten");
  return html`<section class="card"><p><span class="state">${t(`jobs.state.${job.state}`)}</span></p><p>${text}</p></section>`;
}

function problemCard({ problem }: JobDocument, t: Translate): Html {
  return html`<section class="card"><p><span class="state bad">${t("http.job.failed")}</span></p>
<p>${problem?.detail ?? null}</p><p>${problem?.hint ?? null}</p></section>`;
}

function reportCard({ href, sheets, bytes, checks, failed }: NonNullable<JobDocument["report"]>, t: Translate): Html {
  const tone = failed === 0 ? "good" : "bad";
  const warning = failed === 0 ? null : html`<p>${t("jobs.reportFailed", { failed, checks })}</p>`;
  return html`<section class="card"><p><span class="state ${tone}">${t("jobs.state.done")}</span></p>
<p>${t("jobs.reportDone", { sheets, bytes: bytesText(bytes, t) })}</p>${warning}
<p><a class="button" href="${localPath(href, t)}" download>${t("jobs.download")}</a></p></section>`;
}

function resultCard(result: ImportDocument, t: Translate): Html {
  const { status, rows, amount, layout, extract } = result;
  const number = (value: number) => formatNumber(value, t.language);
  const rupiah = (value: bigint) => formatRupiah(value, t.language);
  const tone = status === "blocked" ? "bad" : "good";
  const line = (label: string, count: number, money: bigint | null) => html`<tr><th scope="row">${label}</th>
<td class="number">${number(count)}</td><td class="number">${money === null ? "" : rupiah(money)}</td></tr>`;
  return html`<section class="card"><p><span class="state ${tone}">${t(`http.job.status.${status}`)}</span>
${layout}${extract === null ? null : html` · ${t("http.job.extract", { extract })}`}</p>
<p>${t(`http.job.meaning.${status}`)}</p>
<div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col" class="number">${t("http.job.rows")}</th>
<th scope="col" class="number">${t("http.job.rupiah")}</th></tr></thead><tbody>
${line(t("http.job.read"), rows.read, amount.read)}${line(t(status === "blocked" ? "http.job.withheld" : "http.job.posted"), rows.posted, amount.posted)}
${line(t("http.job.rejected"), rows.rejected, amount.rejected)}${line(t("http.job.skipped"), rows.skipped, null)}
</tbody></table></div>
${changes(result, t)}${controlTotals(result, t)}${warnings(result, t)}</section>${rejects(result, t)}`;
}

/** How the extract changed what was in force; only lines of the ledger have a report of it. */
function changes({ status, changes: counts, extract, scope }: ImportDocument, t: Translate): Html | null {
  if (status === "blocked") return null;
  const { created, updated, unchanged, removed } = counts;
  const places = Object.fromEntries(
    Object.entries({ created, updated, unchanged, removed }).map(([name, count]) => [
      name,
      formatNumber(count, t.language),
    ]),
  );
  const reported = extract !== null && (scope?.kind === "realization" || scope?.kind === "budget");
  const all = html`<a href="${localPath(`/api/v1/extracts/${extract}/changes?format=csv`, t)}" download>${t("jobs.changesReport")}</a>`;
  return html`<p>${t("jobs.changes", places)} ${reported ? all : null}</p>`;
}

function controlTotals({ control_totals: totals }: ImportDocument, t: Translate): Html[] {
  const rupiah = (value: bigint) => formatRupiah(value, t.language);
  return totals
    .filter(({ difference }) => difference !== 0n)
    .map(({ name, file, read, difference }) => {
      const places = { name, file: rupiah(file), read: rupiah(read), difference: rupiah(difference) };
      return html`<p>${t("http.job.control", places)}</p>`;
    });
}

function warnings({ warnings: counts, ignored_columns: ignored, formats }: ImportDocument, t: Translate): Html {
  const list = Object.entries(counts).map(([rule, count]) => `${rule} × ${formatNumber(count, t.language)}`);
  return html`${list.length > 0 ? html`<p class="small">${t("http.job.warnings", { list: list.join(" · ") })}</p>` : null}
${formats.map(({ message }) => html`<p class="small">${message}</p>`)}
${ignored.length > 0 ? html`<p class="small">${t("http.job.ignored", { columns: ignored.join(", ") })}</p>` : null}`;
}

function rejects({ rejects: list, rows, extract }: ImportDocument, t: Translate): Html | null {
  if (list.length === 0) return null;
  const lines = list.map(({ row, rule, message, cure, more = [] }) => {
    const others = more.map(
      (other) => html`<br>${other.message} ${other.cure} <span class="small">(${other.rule})</span>`,
    );
    return html`<tr><td class="number">${row}</td><td>${message} ${cure} <span class="small">(${rule})</span>${others}</td></tr>`;
  });
  const all = html`<a href="${localPath(`/api/v1/extracts/${extract}/rejects`, t)}" download>${t("http.job.allRejects")}</a>`;
  return html`<section class="card"><h2>${t("http.job.rejects")}</h2>
<p class="small">${t("http.job.shown", { shown: list.length, count: Math.max(rows.rejected, list.length) })} ${extract === null ? null : all}</p>
<div class="scroll"><table><thead><tr><th scope="col" class="number">${t("http.job.row")}</th>
<th scope="col">${t("http.job.reason")}</th></tr></thead><tbody>${lines}</tbody></table></div></section>`;
}
