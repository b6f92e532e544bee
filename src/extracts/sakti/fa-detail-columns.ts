import { restoreZeros } from "../leading-zeros.ts";

/** What the report states of every row, in the order in which its columns stand. */
export const MEASURES = ["pagu revisi", "lock pagu", "periode lalu", "periode ini", "s.d. periode"] as const;

/** Column of what remains; it only serves to check the others. */
export const REMAINING = "sisa anggaran";

const HEADER_CELLS: readonly [RegExp, string][] = [
  [/^pagu\s+revisi$/i, "pagu revisi"],
  [/^lock\s+pagu$/i, "lock pagu"],
  [/^(?:realisasi\s+)?periode\s+lalu$/i, "periode lalu"],
  [/^(?:realisasi\s+)?periode\s+(?:saat\s+)?ini$/i, "periode ini"],
  [/^(?:realisasi\s+)?s\.?\s*\/?\s*d\.?\s*periode(?:\s+(?:saat\s+)?ini)?$/i, "s.d. periode"],
  [/^sisa(?:\s+(?:anggaran|pagu))?$/i, REMAINING],
];

/** The measure that a cell of the header names, or null. */
export function headerCell(cell: string): string | null {
  const text = cell.trim().replace(/\s+/g, " ");
  return HEADER_CELLS.find(([form]) => form.test(text))?.[1] ?? null;
}

/** Levels of the outline; 0 is the outermost. */
export const LEVELS = ["program", "kegiatan", "KRO", "RO", "komponen", "subkomponen", "akun", "item"] as const;
export const ACCOUNT_LEVEL = 6;
export const ITEM_LEVEL = 7;

/** The columns of the codes: B, C, E, F, H and N. Names stand in columns between them, which differ from one version to another. */
export const CODE_COLUMNS = [
  { name: "program/kegiatan", column: 1 },
  { name: "kro/ro", column: 2 },
  { name: "komponen", column: 4 },
  { name: "subkomponen", column: 5 },
  { name: "akun", column: 7 },
  { name: "item", column: 13 },
] as const;

/** A code of the outline: its level, and its own part of the full code. */
export interface OutlineCode {
  level: number;
  /** Own text, and before it that of the level above where the cell repeats it (`PBL.096`). */
  own: string;
  above: string | null;
  /** Name of the column it stands in. */
  column: string;
}

const ITEM = /^(\d{1,6})\s*\.(?=\s|\D|$)/;

/** The code of a row; null when none of its code cells is filled, as in the rows into which a long name is wrapped. */
export function codeOf(cells: readonly string[]): OutlineCode | null {
  for (const { name, column } of CODE_COLUMNS) {
    const text = (cells[column] ?? "").trim();
    if (text === "") continue;
    const item = ITEM.exec(text);
    if (name === "item") {
      return item ? { level: ITEM_LEVEL, own: restoreZeros(item[1] ?? "", 6), above: null, column: name } : null;
    }
    return codeIn(name, text.toUpperCase());
  }
  return null;
}

function codeIn(column: (typeof CODE_COLUMNS)[number]["name"], text: string): OutlineCode {
  const [first = "", second] = text.split(".", 2);
  const pair = (level: number, own: string, above: string): OutlineCode => ({ level, own, above, column });
  const single = (level: number, width: number): OutlineCode => {
    return { level, own: restoreZeros(text, width), above: null, column };
  };
  switch (column) {
    case "program/kegiatan":
      return second === undefined ? single(0, 2) : pair(1, second, restoreZeros(first, 2));
    case "kro/ro":
      return second === undefined ? single(2, 3) : pair(3, second, restoreZeros(first, 3));
    case "komponen":
      return single(4, 3);
    case "subkomponen":
      return second === undefined ? single(5, 2) : pair(5, second, restoreZeros(first, 3));
    case "akun":
      return single(6, 6);
    case "item":
      return single(ITEM_LEVEL, 6);
  }
}
