import { parseNode } from "../../coa/index.ts";
import { parseShare } from "../../money.ts";
import type { Theme } from "../../references/index.ts";
import { Cells } from "../cells.ts";
import type { RowLayout } from "../types.ts";

/** Tags as a file (contract). `share` is a percentage; empty means the whole node. */
export const tags: RowLayout<"tags"> = {
  id: "tags",
  kind: "tags",
  required: ["theme", "fiscal_year_from", "fiscal_year_to", "code", "class", "intervention", "share", "evidence"],
  optional: [],
  amountColumn: null,
  reader: ({ themes }) => {
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
  },
};

function readTheme(cells: Cells, themes: ReadonlyMap<string, Theme>): Theme | null {
  const code = cells.requiredText("theme").toLowerCase();
  const theme = themes.get(code);
  if (!theme && code !== "") cells.fail("TAG-001", "theme", code, { themes: [...themes.keys()].join(", ") });
  return theme ?? null;
}

/** The intervention decides the class; a stated class must agree with it. */
function readIntervention(cells: Cells, theme: Theme | null): string {
  const code = cells.requiredText("intervention").toLowerCase();
  const stated = cells.text("class").toLowerCase();
  if (!theme || code === "") return code;
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
