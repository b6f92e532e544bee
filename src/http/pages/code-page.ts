import type { CodeDocument, ExplainedError } from "../../coa/index.ts";
import { isTextKey, type Translate } from "../../i18n/index.ts";
import { Html, html } from "./html.ts";
import { renderPage } from "./layout.ts";
import { codeForm } from "./start-page.ts";

/** A decoded code as a table of its segments, with what is wrong or doubtful above it. */
export function codePage(document: CodeDocument, year: number | undefined, t: Translate): string {
  const { input, valid, canonical, kind, structure, errors, warnings } = document;
  const verdict = valid
    ? html`<span class="state good">${t("http.code.valid")}</span>`
    : html`<span class="state bad">${t("http.code.invalid")}</span>`;
  const facts = [kind && t(`http.code.kind.${kind}`), structure && t(`http.code.structure.${structure}`)].filter(
    Boolean,
  );
  const body = html`<h1>${t("http.code.title")}</h1>
<section class="card">
<p><code>${canonical ?? input}</code></p>
<p>${verdict} ${facts.join(" · ")}</p>
${findings(t("http.code.errors"), errors)}
${findings(t("http.code.warnings"), warnings)}
${segmentTable(document, t)}
</section>
<section class="card"><h2>${t("http.code.another")}</h2>${codeForm(input, year === undefined ? "" : String(year), t)}</section>`;
  const path = `/code?code=${encodeURIComponent(input)}${year === undefined ? "" : `&year=${year}`}`;
  return renderPage({ title: t("http.code.title"), body, path }, t);
}

function findings(title: string, list: readonly ExplainedError[]): Html | null {
  if (list.length === 0) return null;
  const items = list.map(
    ({ code, message, cure }) => html`<li>${message} ${cure} <span class="small">(${code})</span></li>`,
  );
  return html`<h3>${title}</h3><ul>${items}</ul>`;
}

function segmentTable({ segments }: CodeDocument, t: Translate): Html | null {
  const rows = Object.entries(segments as Record<string, unknown>).flatMap(([name, value]) =>
    segmentRows(name, value, t),
  );
  if (rows.length === 0) return null;
  return html`<div class="scroll"><table><thead><tr><th scope="col">${t("http.code.segment")}</th>
<th scope="col">${t("http.code.code")}</th><th scope="col">${t("http.code.name")}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** A segment and, below it, the parts it is made of. */
function segmentRows(name: string, value: unknown, t: Translate): Html[] {
  const { code = "", name: printed, ...parts } = value as Record<string, unknown>;
  const row = (
    label: string,
    text: unknown,
    shown: unknown,
    part: boolean,
  ) => html`<tr${part ? new Html(' class="part"') : null}>
<th scope="row">${label}</th><td><code>${String(text)}</code></td><td>${typeof shown === "string" ? shown : ""}</td></tr>`;
  const inner = Object.entries(parts).flatMap(([key, part]) => {
    if (typeof part === "string") return [row(labelOf(key, t), part, null, true)];
    if (typeof part !== "object" || part === null) return [];
    const { code: partCode, name: partName } = part as Record<string, unknown>;
    return [row(labelOf(key, t), partCode, partName, true)];
  });
  return [row(labelOf(name, t), code, printed, false), ...inner];
}

function labelOf(segment: string, t: Translate): string {
  const key = `http.segment.${segment}`;
  return isTextKey(key) ? t(key) : segment;
}
