import { MAPPING_KINDS } from "../../extracts/index.ts";
import type { Translate } from "../../i18n/index.ts";
import type { StoredMapping } from "../../mappings/index.ts";
import { type Html, html } from "./html.ts";
import { localPath, renderPage } from "./layout.ts";

/** Saved mappings, and the way to a new one: send a file. */
export function mappingsPage(mappings: readonly StoredMapping[], t: Translate): string {
  const title = t("mapping.page.listTitle");
  const body = html`<h1>${title}</h1><p>${t("mapping.page.intro")}</p>
<div class="columns"><div>${uploadCard(t)}</div><div>${listCard(mappings, t)}</div></div>
<p><a class="button" href="${localPath("/", t)}">${t("http.page.back")}</a></p>`;
  return renderPage({ title, body, path: "/mappings" }, t);
}

function uploadCard(t: Translate): Html {
  const kinds = MAPPING_KINDS.map((kind) => html`<option value="${kind}">${t(`mapping.kind.${kind}`)}</option>`);
  return html`<section class="card" aria-labelledby="new"><h2 id="new">${t("mapping.page.new")}</h2>
<form action="${localPath("/mappings/propose", t)}" method="post" enctype="multipart/form-data">
<div class="field"><label for="file">${t("http.start.file")}<span class="hint">${t("mapping.page.fileHint")}</span></label>
<input type="file" id="file" name="file" required></div>
<div class="row"><div class="field"><label for="kind">${t("mapping.page.kind")}</label><select id="kind" name="kind">
<option value="">${t("mapping.page.kindAuto")}</option>${kinds}</select></div>
<div class="field"><label for="sheet">${t("mapping.page.sheet")}</label><input type="text" id="sheet" name="sheet"></div></div>
<button class="button" type="submit">${t("mapping.page.propose")}</button></form></section>`;
}

function listCard(mappings: readonly StoredMapping[], t: Translate): Html {
  const rows = mappings.map(
    ({
      name,
      version,
      definition,
      createdAt,
    }) => html`<tr><td><a href="/api/v1/mappings/${name}?version=${version}">${name}</a></td>
<td class="number">${version}</td><td>${t(`mapping.kind.${definition.kind}`)}</td><td class="nowrap">${createdAt.slice(0, 10)}</td></tr>`,
  );
  const table = html`<div class="scroll"><table><thead><tr><th scope="col">${t("mapping.page.nameHead")}</th>
<th scope="col" class="number">${t("mapping.page.version")}</th><th scope="col">${t("mapping.page.kind")}</th>
<th scope="col">${t("mapping.page.saved")}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return html`<section class="card" aria-labelledby="saved"><h2 id="saved">${t("mapping.page.savedTitle")}</h2>
${rows.length > 0 ? table : html`<p>${t("mapping.page.none")}</p>`}</section>`;
}
