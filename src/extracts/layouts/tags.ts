import { parseNode } from "../../coa/index.ts";
import { parseShare } from "../../money.ts";
import { codeOfSpelling, type Theme } from "../../references/index.ts";
import { Cells } from "../cells.ts";
import type { RowLayout, RowResult, RowView, TagLine } from "../types.ts";

/** Tags as a file (contract). `share` is a percentage; empty means the whole node. */
export const tags: RowLayout<"tags"> = {
  id: "tags",
  kind: "tags",
  required: ["theme", "fiscal_year_from", "fiscal_year_to", "code", "class", "intervention", "share", "evidence"],
  optional: ["link"],
  amountColumn: null,
  reader: ({ themes }) => tagRowReader(themes),
};

/** Reads rows of tags, wherever they come from; the same intervention twice on a node and range is refused (TAG-008). */
export function tagRowReader(themes: ReadonlyMap<string, Theme>): (row: RowView) => RowResult<TagLine> {
  const seen = new Map<string, number>();
  return (row) => {
    const cells = new Cells(row);
    const theme = readTheme(cells, themes);
    const intervention = readIntervention(cells, theme);
    const node = parseNode(cells.text("code"));
    if (!node.ok) cells.fail("TAG-006", "code", cells.text("code"));
    const line = {
      row: row.row,
      theme: theme?.code ?? "",
      fiscalYearFrom: cells.year("fiscal_year_from"),
      fiscalYearTo: cells.year("fiscal_year_to"),
      node: node.ok ? node.node.code : "",
      intervention,
      share: readShare(cells),
      evidence: cells.optionalText("evidence"),
      link: readLink(cells),
      source: row.cells,
    };
    if (line.fiscalYearTo < line.fiscalYearFrom) {
      cells.fail("TAG-007", "fiscal_year_to", String(line.fiscalYearTo), {
        from: line.fiscalYearFrom,
        to: line.fiscalYearTo,
      });
    }
    if (cells.problems.length > 0) return { problems: cells.problems, amount: 0n };
    const key = [line.theme, line.node, intervention, line.fiscalYearFrom, line.fiscalYearTo].join(" ");
    const other = seen.get(key);
    if (other !== undefined) {
      cells.fail("TAG-008", "intervention", intervention, { intervention, node: line.node, other });
      return { problems: cells.problems, amount: 0n };
    }
    seen.set(key, row.row);
    return { line };
  };
}

function readTheme(cells: Cells, themes: ReadonlyMap<string, Theme>): Theme | null {
  const code = cells.requiredText("theme").toLowerCase();
  const theme = themes.get(code) ?? [...themes.values()].find((one) => codeOfSpelling(one, "theme", code) === one.code);
  if (!theme && code !== "") cells.fail("TAG-001", "theme", code, { themes: [...themes.keys()].join(", ") });
  return theme ?? null;
}

/** The intervention decides the class; a stated class must agree with it. */
function readIntervention(cells: Cells, theme: Theme | null): string {
  const written = cells.requiredText("intervention").toLowerCase();
  if (!theme || written === "") return written;
  const code = codeOfSpelling(theme, "intervention", written);
  const stated = codeOfSpelling(theme, "class", cells.text("class"));
  const known = theme.interventions.find((intervention) => intervention.code === code);
  if (!known) cells.fail("TAG-002", "intervention", code, { theme: theme.code });
  else if (stated !== "" && stated !== known.class) {
    cells.fail("TAG-003", "class", stated, { intervention: code, expected: known.class });
  }
  return code;
}

function readShare(cells: Cells): number {
  const text = cells.text("share");
  const share = parseShare(text === "" ? "100" : text);
  if (share === null) cells.fail("TAG-004", "share", text);
  return share ?? 0;
}

/** A web address where the evidence can be read. */
function readLink(cells: Cells): string | null {
  const text = cells.optionalText("link");
  if (text !== null && !/^https?:\/\/[^\s]{1,1990}$/i.test(text)) cells.fail("TAG-012", "link", text);
  return text;
}
