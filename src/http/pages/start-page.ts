import { LAYOUTS } from "../../extracts/index.ts";
import { formatMonth, formatNumber, formatRupiah, type Translate } from "../../i18n/index.ts";
import type { ExtractSummary } from "../../ledger/index.ts";
import type { DueReport } from "../due-reports.ts";
import { type StoreOverview, type TaggedTotals, THEME } from "../store-overview.ts";
import { type Html, html } from "./html.ts";
import { localPath, renderPage } from "./layout.ts";

/** The start page: what the store holds, the newest reports, a code to decode, a file to send. */
export function startPage(overview: StoreOverview, reports: readonly DueReport[], t: Translate): string {
  const body = html`<h1>${t("http.start.title")}</h1>
${holdings(overview, t)}
<div class="columns">
<div>${reportCard(reports, t)}${extractCard(overview, t)}</div>
<div>${codeCard(t)}${uploadCard(t)}${programCard(t)}</div>
</div>`;
  const banner = overview.demonstration ? t("http.start.demonstration") : null;
  return renderPage({ title: t("http.start.title"), body, path: "/", banner }, t);
}

function holdings({ months, budgetYears, extracts, tagged }: StoreOverview, t: Translate): Html {
  const number = (value: number) => formatNumber(value, t.language);
  const none = t("http.start.none");
  const span = months ? period(months.first, months.last, t) : none;
  const years = budgetYears.length === 0 ? none : `${budgetYears[0]}–${budgetYears.at(-1)}`;
  return html`<section class="card" aria-labelledby="holdings">
<h2 id="holdings">${t("http.start.holdings")}</h2>
<dl class="figures">
<div><dt>${t("http.start.payments")}</dt><dd>${span}</dd></div>
<div><dt>${t("http.start.budgets")}</dt><dd>${years}</dd></div>
<div><dt>${t("http.start.extracts")}</dt><dd>${number(extracts.inForce)}
<small>${t("http.start.extractsOf", { total: number(extracts.total), blocked: number(extracts.blocked) })}</small></dd></div>
</dl>
${tagged ? taggedFigures(tagged, t) : html`<p>${t("http.start.noWindow")}</p>`}
</section>`;
}

function taggedFigures({ whole, weighted }: TaggedTotals, t: Translate): Html {
  const { window } = whole.request;
  const rupiah = (value: bigint) => formatRupiah(value, t.language);
  const row = (label: string, { budget, realization, absorption }: typeof whole.total) => html`<tr>
<th scope="row">${label}</th><td class="number">${rupiah(budget)}</td><td class="number">${rupiah(realization)}</td>
<td class="number">${percent(absorption, t)}</td></tr>`;
  return html`<h3>${t("http.start.tagged", { theme: THEME, period: period(window.from, window.to, t) })}</h3>
<div class="scroll"><table>
<thead><tr><th scope="col">${t("http.start.basis")}</th><th scope="col" class="number">${t("http.start.budget")}</th>
<th scope="col" class="number">${t("http.start.realization")}</th><th scope="col" class="number">${t("http.start.absorption")}</th></tr></thead>
<tbody>${row(t("http.start.whole"), whole.total)}${row(t("http.start.weighted"), weighted.total)}</tbody>
</table></div>
<p class="small">${dataAsOf(whole.dataAsOf, t)}</p>`;
}

function dataAsOf(date: string | null, t: Translate): string {
  if (date === null) return t("http.start.noPayments");
  const day = new Date(`${date}T00:00:00Z`);
  const printed = new Intl.DateTimeFormat(localeOf(t), { dateStyle: "long", timeZone: "UTC" }).format(day);
  return t("http.start.asOf", { date: printed });
}

function reportCard(reports: readonly DueReport[], t: Translate): Html {
  const rows = reports.map(
    ({ due, window, months, monthsWithData }) => html`<tr>
<td>${formatMonth(due, t.language)}</td>
<td>${period(window.from, window.to, t)}${monthsWithData < months ? html`<span class="hint">${t("http.start.partial", { months, known: monthsWithData })}</span>` : null}</td>
<td class="nowrap"><a href="${localPath(`/api/v1/reports/performance-execution?due=${due}`, t)}" download>${t("http.start.download")}</a></td></tr>`,
  );
  const table = html`<div class="scroll"><table><thead><tr><th scope="col">${t("http.start.due")}</th>
<th scope="col">${t("http.start.window")}</th><th scope="col">${t("http.start.workbook")}</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="small">${t("http.start.reportTakes")}</p>`;
  return html`<section class="card" aria-labelledby="reports"><h2 id="reports">${t("http.start.reports")}</h2>
${rows.length > 0 ? table : html`<p>${t("http.start.noReports")}</p>`}</section>`;
}

function codeCard(t: Translate): Html {
  return html`<section class="card" aria-labelledby="decode"><h2 id="decode">${t("http.start.decode")}</h2>
${codeForm("", "", t)}</section>`;
}

/** The form that asks for a code; also on the page that shows one. */
export function codeForm(code: string, year: string, t: Translate): Html {
  return html`<form action="/code" method="get">
<input type="hidden" name="lang" value="${t.language}">
<div class="field"><label for="code">${t("http.start.code")}<span class="hint">${t("http.start.decodeHint")}</span></label>
<input type="text" id="code" name="code" value="${code}" required maxlength="400" spellcheck="false" autocomplete="off"
 placeholder="636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000"></div>
<div class="field"><label for="year">${t("http.start.year")}<span class="hint">${t("http.start.yearHint")}</span></label>
<input type="number" id="year" name="year" value="${year}" min="2000" max="2099"></div>
<button class="button" type="submit">${t("http.start.decodeButton")}</button>
</form>`;
}

function uploadCard(t: Translate): Html {
  const layouts = LAYOUTS.map(({ id }) => html`<option value="${id}">${id}</option>`);
  return html`<section class="card" aria-labelledby="upload"><h2 id="upload">${t("http.start.upload")}</h2>
<form action="${localPath("/upload", t)}" method="post" enctype="multipart/form-data">
<div class="field"><label for="file">${t("http.start.file")}<span class="hint">${t("http.start.fileHint")}</span></label>
<input type="file" id="file" name="file" required></div>
<label class="check field"><input type="checkbox" name="dry_run" value="true">${t("http.start.dryRun")}</label>
<details><summary>${t("http.start.options")}</summary>
<div class="row">
<div class="field"><label for="layout">${t("http.start.layout")}</label><select id="layout" name="layout">
<option value="">${t("http.start.layoutAuto")}</option>${layouts}</select></div>
<div class="field"><label for="mapping">${t("http.start.mapping")}</label>
<input type="text" id="mapping" name="mapping" placeholder="sp2d-daerah@2"></div>
<div class="field"><label for="scope">${t("http.start.scope")}</label>
<input type="text" id="scope" name="scope" placeholder="2019-01..2019-06,ministry=024"></div>
<div class="field"><label for="fiscal_year">${t("http.start.fileYear")}</label>
<input type="number" id="fiscal_year" name="year" min="2005" max="2099"></div>
<div class="field"><label for="agreement">${t("http.start.agreement")}</label><input type="text" id="agreement" name="agreement"></div>
<div class="field"><label for="max_rejects">${t("http.start.maxRejects")}</label>
<input type="number" id="max_rejects" name="max_rejects" min="0" placeholder="0"></div>
</div>
<label class="check field"><input type="checkbox" name="force" value="true">${t("http.start.force")}</label>
</details>
<button class="button" type="submit">${t("http.start.uploadButton")}</button>
</form>
<p class="small"><a href="${localPath("/mappings", t)}">${t("http.start.mappings")}</a></p></section>`;
}

function extractCard({ newest }: StoreOverview, t: Translate): Html {
  const rows = newest.map((extract) => extractRow(extract, t));
  const table = html`<div class="scroll"><table><thead><tr><th scope="col">${t("http.start.number")}</th>
<th scope="col">${t("http.start.name")}</th><th scope="col">${t("http.start.state")}</th>
<th scope="col" class="number">${t("http.start.rows")}</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="small"><a href="/api/v1/extracts">${t("http.start.allExtracts")}</a></p>`;
  return html`<section class="card" aria-labelledby="extracts"><h2 id="extracts">${t("http.start.newest")}</h2>
${rows.length > 0 ? table : html`<p>${t("http.start.empty")}</p>`}
<p class="small"><a href="${localPath("/jobs", t)}">${t("jobs.all")}</a></p></section>`;
}

function extractRow({ id, file, layout, state, rows }: ExtractSummary, t: Translate): Html {
  const number = (value: number) => formatNumber(value, t.language);
  const rejects = html`<a class="hint" href="${localPath(`/api/v1/extracts/${id}/rejects`, t)}">${t("http.start.rejected", { count: number(rows.rejected) })}</a>`;
  return html`<tr><td>${id}</td><td>${file}<span class="hint">${layout}</span></td>
<td><span class="state ${state === "posted" ? "good" : state === "blocked" ? "bad" : ""}">${t(`http.state.${state}`)}</span></td>
<td class="number">${number(state === "blocked" ? 0 : rows.posted)}${rows.rejected > 0 ? rejects : null}</td></tr>`;
}

function programCard(t: Translate): Html {
  return html`<section class="card" aria-labelledby="programs"><h2 id="programs">${t("http.start.programs")}</h2>
<p>${t("http.start.programsText")} <a href="/api/docs">${t("http.start.docs")}</a> · <a href="/api/openapi.json">OpenAPI</a></p></section>`;
}

function period(from: string, to: string, t: Translate): string {
  return `${formatMonth(from, t.language)} – ${formatMonth(to, t.language)}`;
}

/** A ratio as percent with two decimals; a dash where there is none. */
function percent(ratio: number | null, t: Translate): string {
  if (ratio === null) return "–";
  const form = { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(localeOf(t), form).format(ratio);
}

function localeOf({ language }: Translate): string {
  return language === "id" ? "id-ID" : "en-GB";
}
