import { formatNumber, formatRupiah, type Translate } from "../../i18n/index.ts";
import type { PreviewDocument } from "../../mappings/documents.ts";
import { type Html, html } from "./html.ts";

/** Fields of whole sentences, which may take several lines. */
const LONG: ReadonlySet<string> = new Set(["description", "name"]);

/** The first rows as they would be read, and the whole file in numbers. */
export function previewCard(preview: PreviewDocument, t: Translate): Html {
  return html`<section class="card" aria-labelledby="preview"><h2 id="preview">${t("mapping.page.previewTitle")}</h2>
${totals(preview, t)}${firstRows(preview, t)}${problems(preview, t)}
${preview.formats.map(({ message }) => html`<p class="small">${message}</p>`)}</section>`;
}

function totals({ totals: { rows, amount }, stated_totals: stated }: PreviewDocument, t: Translate): Html {
  const number = (value: number) => formatNumber(value, t.language);
  const rupiah = (value: bigint) => formatRupiah(value, t.language);
  const figure = (label: string, count: number, money: bigint | null) =>
    html`<div><dt>${label}</dt><dd>${number(count)}${money === null ? null : html`<small>${rupiah(money)}</small>`}</dd></div>`;
  return html`<dl class="figures">${figure(t("http.job.read"), rows.read, amount.read)}
${figure(t("mapping.page.good"), rows.posted, amount.posted)}${figure(t("http.job.rejected"), rows.rejected, amount.rejected)}
${figure(t("http.job.skipped"), rows.skipped, null)}</dl>
${stated.map(({ stated: total, difference }) => html`<p>${t("cli.previewStated", { stated: rupiah(total), difference: rupiah(difference) })}</p>`)}`;
}

function firstRows({ rows }: PreviewDocument, t: Translate): Html | null {
  const good = rows.flatMap(({ row, values }) => (values ? [{ row, values }] : []));
  const [first] = good;
  if (!first) return null;
  // A column without a value in any row would only make the table wider.
  const fields = Object.keys(first.values).filter((field) => good.some(({ values }) => values[field] !== null));
  const money = new Set(["amount", "blocked", "commitment", "allocation"]);
  const cell = (field: string, text: string | null) => {
    if (text === null) return html`<td>–</td>`;
    return money.has(field) && /^-?\d+$/.test(text)
      ? html`<td class="number">${formatNumber(BigInt(text), t.language)}</td>`
      : html`<td${LONG.has(field) ? null : html` class="nowrap"`}>${text}</td>`;
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${t("mapping.page.previewTitle")}"><table>
<thead><tr><th scope="col" class="number">${t("http.job.row")}</th>${fields.map((field) => html`<th scope="col"${money.has(field) ? html` class="number"` : null}>${field}</th>`)}</tr></thead>
<tbody>${good.map(({ row, values }) => html`<tr><td class="number">${row}</td>${fields.map((field) => cell(field, values[field] ?? null))}</tr>`)}</tbody></table></div>`;
}

function problems({ rows }: PreviewDocument, t: Translate): Html | null {
  const lines = rows.flatMap(({ row, problems: found }) =>
    found.map(
      ({ column, rule, message, cure }) => html`<tr><td class="number">${row}</td><td>${column ?? ""}</td>
<td>${message} ${cure} <span class="small">(${rule})</span></td></tr>`,
    ),
  );
  if (lines.length === 0) return null;
  return html`<h3>${t("mapping.page.problems")}</h3><div class="scroll"><table><thead><tr>
<th scope="col" class="number">${t("http.job.row")}</th><th scope="col">${t("mapping.page.column")}</th>
<th scope="col">${t("http.job.reason")}</th></tr></thead><tbody>${lines}</tbody></table></div>`;
}
