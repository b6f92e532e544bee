import {
  AMOUNT_STYLES,
  type ColumnSource,
  compositionOf,
  DATE_STYLES,
  type FieldSource,
  fieldsOf,
  type MappingDefinition,
  type MappingKind,
  type PieceName,
  type TargetField,
} from "../../extracts/index.ts";
import { isTextKey, type Translate } from "../../i18n/index.ts";
import type { PreviewDocument, ProposalDocument } from "../../mappings/documents.ts";
import { type Html, html } from "./html.ts";
import { localPath, renderPage } from "./layout.ts";
import { codeWayOf, FORM_FILTERS } from "./mapping-form.ts";
import { previewCard } from "./mapping-preview.ts";

/** A mapping that is being worked on: the file, the definition so far, and what is known about both. */
export interface MappingDraft {
  /** Where the file lies among the uploads. */
  upload: string;
  file: string;
  definition: MappingDefinition;
  /** Null once the form was sent: then the person knows better. */
  proposal: ProposalDocument | null;
  faults: readonly string[];
  preview: PreviewDocument | null;
  name: string;
}

const UNITS = [1, 1_000, 1_000_000, 1_000_000_000] as const;

/** Columns to fields, in a form without script: send, look, correct, save. */
export function mappingPage(draft: MappingDraft, t: Translate): string {
  const title = t("mapping.page.title", { file: draft.file });
  const body = html`<h1>${title}</h1>
${faultCard(draft, t)}${noteCard(draft, t)}
<form action="${localPath("/mappings/draft", t)}#preview" method="post" enctype="multipart/form-data">
${hiddenFields(draft)}
${fieldCard(draft, t)}${codeCard(draft, t)}${filterCard(draft, t)}
<section class="card"><button class="button" type="submit" name="action" value="preview">${t("mapping.page.preview")}</button></section>
${draft.preview && draft.faults.length === 0 ? html`${previewCard(draft.preview, t)}${saveCard(draft, t)}` : null}
</form>
<p><a href="${localPath("/mappings", t)}">${t("mapping.page.all")}</a></p>`;
  return renderPage({ title, body, path: null }, t);
}

function hiddenFields({ upload, definition }: MappingDraft): Html {
  return html`<input type="hidden" name="upload" value="${upload}"><input type="hidden" name="kind" value="${definition.kind}">
<input type="hidden" name="sheet" value="${definition.sheet ?? ""}">
<input type="hidden" name="header" value="${JSON.stringify(definition.header)}">`;
}

function faultCard({ faults }: MappingDraft, t: Translate): Html | null {
  if (faults.length === 0) return null;
  return html`<section class="card" role="alert"><h2>${t("mapping.page.faults")}</h2>
<ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul></section>`;
}

function noteCard({ proposal, definition }: MappingDraft, t: Translate): Html | null {
  if (!proposal) return null;
  const percent = Math.round(proposal.confidence * 100);
  const lines = [...proposal.questions, ...proposal.notes];
  return html`<section class="card"><h2>${t("mapping.page.proposal")}</h2>
<p>${t("mapping.page.proposed", { kind: t(`mapping.kind.${definition.kind}`), row: proposal.header_row, percent })}</p>
${lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : null}</section>`;
}

function fieldCard(draft: MappingDraft, t: Translate): Html {
  const { definition, proposal } = draft;
  const targets = fieldsOf(definition.kind).filter(({ type }) => type !== "code" && type !== "node");
  const table = (shown: readonly TargetField[]) => html`<div class="scroll"><table><thead><tr>
<th scope="col">${t("mapping.page.field")}</th><th scope="col">${t("mapping.page.column")}</th>
<th scope="col">${t("mapping.page.fixed")}</th><th scope="col">${t("mapping.page.written")}</th></tr></thead>
<tbody>${shown.map((target) => fieldRow(target, definition, reasonsOf(proposal, target.name), t))}</tbody></table></div>`;
  // Twelve months of plan are many rows; those without a column open on demand.
  const hidden = targets.filter(({ name }) => name.startsWith("plan_") && !definition.fields[name]);
  const shown = targets.filter((target) => !hidden.includes(target));
  const more = html`<details><summary>${t("mapping.page.otherFields")}</summary>${table(hidden)}</details>`;
  return html`<section class="card" aria-labelledby="fields"><h2 id="fields">${t("mapping.page.fields")}</h2>
${table(shown)}${hidden.length > 0 ? more : null}</section>`;
}

function fieldRow(target: TargetField, definition: MappingDefinition, reasons: string, t: Translate): Html {
  const { name, type, required, width } = target;
  const label = fieldLabel(definition.kind, name, t);
  const source = definition.fields[name];
  return html`<tr><th scope="row">${label}${required ? html` <span class="state">${t("mapping.page.required")}</span>` : null}
${reasons === "" ? null : html`<span class="hint">${reasons}</span>`}</th>
<td>${columnSelect(`field.${name}`, label, source, definition, t)}</td><td>${valueInput(`field.${name}`, label, source, t)}</td>
<td>${type === "amount" || type === "date" ? formatSelect(`field.${name}`, label, type, source, t) : null}
${type === "amount" ? unitSelect(`field.${name}`, label, source, t) : null}
${width === undefined ? null : padCheck(`field.${name}`, label, source, t)}</td></tr>`;
}

function codeCard({ definition, proposal }: MappingDraft, t: Translate): Html | null {
  const { kind } = definition;
  const composition = compositionOf(kind);
  if (!composition) return null;
  const way = codeWayOf(definition);
  const { code } = definition.fields;
  const whole = code && !("compose" in code) ? code : undefined;
  const pieces = code && "compose" in code ? code.compose : {};
  const radio = (value: string) => html`<label class="check"><input type="radio" name="code_way" value="${value}"
${value === way ? html` checked` : null}>${t(value === "whole" ? "mapping.page.codeWhole" : "mapping.page.codePieces")}</label>`;
  const row = (piece: PieceName) => {
    const label = fieldLabel(kind, piece, t);
    const source = pieces[piece];
    return html`<tr><th scope="row">${label}</th><td>${columnSelect(`piece.${piece}`, label, source, definition, t)}</td>
<td>${valueInput(`piece.${piece}`, label, source, t)}</td><td>${padCheck(`piece.${piece}`, label, source, t)}</td></tr>`;
  };
  const table = (names: readonly PieceName[]) => html`<div class="scroll"><table><thead><tr>
<th scope="col">${t("mapping.page.piece")}</th><th scope="col">${t("mapping.page.column")}</th>
<th scope="col">${t("mapping.page.fixed")}</th><th scope="col">${t("mapping.page.zeros")}</th></tr></thead>
<tbody>${names.map(row)}</tbody></table></div>`;
  // What a ledger code cannot do without, and what is stated already; the rest opens on demand.
  const isShown = (piece: PieceName) => composition.type === "node" || pieces[piece] || ALWAYS_SHOWN.has(piece);
  const shown = composition.pieces.filter(isShown);
  const others = composition.pieces.filter((piece) => !shown.includes(piece));
  return html`<section class="card" aria-labelledby="code"><h2 id="code">${t("mapping.page.code")}</h2>
<fieldset><legend class="small">${t("mapping.page.codeHow")}</legend>
${radio("whole")}<div class="field">${columnSelect("field.code", t("mapping.page.codeWhole"), whole, definition, t)}</div>
${radio("pieces")}
${table(shown)}${others.length > 0 ? html`<details><summary>${t("mapping.page.otherPieces")}</summary>${table(others)}</details>` : null}
</fieldset>
${proposal ? html`<p class="small">${reasonsOf(proposal, "code")}</p>` : null}</section>`;
}

const ALWAYS_SHOWN: ReadonlySet<PieceName> = new Set<PieceName>([
  "satker",
  "account",
  "program_segment",
  "output_segment",
  "fund_segment",
  "location",
]);

function filterCard({ definition }: MappingDraft, t: Translate): Html {
  const rows = Array.from({ length: FORM_FILTERS }, (_, index) => {
    const filter = definition.filters[index];
    const label = t("mapping.page.filterNumber", { number: index + 1 });
    const isNot = filter?.is_not !== undefined;
    const values = (filter?.is_not ?? filter?.is ?? []).join(", ");
    const source = filter && { column: filter.column };
    return html`<tr><td>${columnSelect(`filter.${index}`, label, source, definition, t)}</td>
<td><select name="filter.${index}.how" aria-label="${label}"><option value="is">${t("mapping.page.is")}</option>
<option value="is_not"${isNot ? html` selected` : null}>${t("mapping.page.isNot")}</option></select></td>
<td><input type="text" name="filter.${index}.values" value="${values}" aria-label="${label}: ${t("mapping.page.values")}"></td></tr>`;
  });
  return html`<section class="card" aria-labelledby="filters"><h2 id="filters">${t("mapping.page.filters")}</h2>
<p class="small">${t("mapping.page.filtersHint")}</p>
<div class="scroll"><table><thead><tr><th scope="col">${t("mapping.page.column")}</th><th scope="col">${t("mapping.page.how")}</th>
<th scope="col">${t("mapping.page.values")}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function saveCard({ name }: MappingDraft, t: Translate): Html {
  return html`<section class="card" aria-labelledby="save"><h2 id="save">${t("mapping.page.save")}</h2>
<div class="field"><label for="name">${t("mapping.page.name")}<span class="hint">${t("mapping.page.nameHint")}</span></label>
<input type="text" id="name" name="name" value="${name}" pattern="[a-z0-9][a-z0-9._\\-]{0,62}"></div>
<button class="button" type="submit" name="action" value="import">${t("mapping.page.saveAndImport")}</button>
<button class="button" type="submit" name="action" value="save">${t("mapping.page.saveOnly")}</button></section>`;
}

function columnSelect(
  name: string,
  label: string,
  source: FieldSource | undefined,
  { header }: MappingDefinition,
  t: Translate,
): Html {
  const chosen = source && "column" in source ? source.column : "";
  const options = header.columns
    .filter((column) => column !== "")
    .map((column) => html`<option value="${column}"${selected(column === chosen)}>${column}</option>`);
  return html`<select name="${name}.column" aria-label="${label}: ${t("mapping.page.column")}">
<option value="">–</option>${options}</select>`;
}

function valueInput(name: string, label: string, source: FieldSource | undefined, t: Translate): Html {
  const value = source && "value" in source ? source.value : "";
  return html`<input type="text" name="${name}.value" value="${value}" aria-label="${label}: ${t("mapping.page.fixed")}">`;
}

function formatSelect(
  name: string,
  label: string,
  type: "amount" | "date",
  source: FieldSource | undefined,
  t: Translate,
): Html {
  const chosen = columnOf(source)?.format ?? "auto";
  const styles = type === "amount" ? Object.keys(AMOUNT_STYLES) : DATE_STYLES;
  const options = styles.map((style) => html`<option value="${style}"${selected(style === chosen)}>${style}</option>`);
  return html`<select name="${name}.format" aria-label="${label}: ${t("mapping.page.written")}">
<option value="auto"${selected(chosen === "auto")}>${t("mapping.page.auto")}</option>${options}</select>`;
}

function unitSelect(name: string, label: string, source: FieldSource | undefined, t: Translate): Html {
  const column = columnOf(source);
  // A unit that a heading leaves open must be chosen; where no column is chosen yet, rupiah are whole.
  const chosen = column ? column.unit : 1;
  const options = UNITS.map(
    (unit) =>
      html`<option value="${unit}"${selected(unit === (chosen === undefined ? 1 : chosen))}>${t(`mapping.unit.${unit}`)}</option>`,
  );
  return html`<select name="${name}.unit" aria-label="${label}: ${t("mapping.page.unit")}">
${chosen === null ? html`<option value="" selected>${t("mapping.unit.open")}</option>` : null}${options}</select>`;
}

function padCheck(name: string, label: string, source: FieldSource | undefined, t: Translate): Html {
  const checked = columnOf(source)?.pad === true;
  return html`<label class="check"><input type="checkbox" name="${name}.pad" value="true"
aria-label="${label}: ${t("mapping.page.pad")}"${checked ? html` checked` : null}>${t("mapping.page.padShort")}</label>`;
}

function columnOf(source: FieldSource | undefined): ColumnSource | null {
  return source && "column" in source ? source : null;
}

function selected(chosen: boolean): Html | null {
  return chosen ? html` selected` : null;
}

/** The name of a field for people, with its own name beside it where the layouts use it. */
function fieldLabel(kind: MappingKind, field: string, t: Translate): string {
  const month = /^plan_(\d\d)$/.exec(field);
  if (month) return t("mapping.field.plan", { month: Number(month[1]) });
  // The unit of an achievement measures; elsewhere it is an Eselon I.
  const key = kind === "achievements" && field === "unit" ? "mapping.field.unit_of_measure" : `mapping.field.${field}`;
  return isTextKey(key) ? t(key) : field;
}

function reasonsOf(proposal: ProposalDocument | null, field: string): string {
  const own = proposal?.fields.filter((one) => one.field === field) ?? [];
  return own.map(({ column, confidence }) => `${column ?? "="} (${Math.round(confidence * 100)} %)`).join(" · ");
}
