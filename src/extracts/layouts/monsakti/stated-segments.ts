import { type LedgerCode, sliceLedgerCode } from "../../../coa/index.ts";

/** Columns that repeat a segment of `KODE_COA`, with the ways to print it: by itself first, then with what stands above. */
const STATED: readonly (readonly [column: string, of: (code: LedgerCode) => (string | null)[]])[] = [
  ["kdsatker", ({ satker }) => [satker]],
  ["kode_kementerian", ({ program }) => [program.slice(0, 3)]],
  ["kode_program", ({ program }) => [program.slice(5), program]],
  ["kode_kegiatan", ({ output }) => [output.slice(0, 4)]],
  ["kode_output", ({ output }) => [output.slice(4), output]],
  ["kode_suboutput", ({ output, ro }) => [ro, ro && output + ro]],
  ["kode_komponen", ({ component }) => [component]],
  ["kode_subkomponen", ({ subcomponent }) => [subcomponent]],
  ["kode_akun", ({ account }) => [account]],
  ["kode_item", ({ item }) => [item]],
];

/** The columns that StatedSegments holds against the code. */
export const STATED_COLUMNS: readonly string[] = STATED.map(([column]) => column);

/** A column that contradicts the code of its row. */
export interface Contradiction {
  column: string;
  value: string;
  expected: string;
}

/** What the columns of a row say beside its code. */
export interface Comparison {
  contradictions: Contradiction[];
  /** Columns that agree once the leading zeros that a spreadsheet dropped are back. */
  repaired: number;
}

const AGREED: Comparison = { contradictions: [], repaired: 0 };

/**
 * Holds the columns of a row against its code. An empty cell contradicts nothing, nor does a segment that the code does
 * not have.
 */
export class StatedSegments {
  readonly #at: readonly number[];
  /** The own form of every segment by position of the code in its book. */
  readonly #own: (readonly (string | null)[])[] = [];

  constructor(columnOf: (name: string) => number) {
    this.#at = STATED_COLUMNS.map(columnOf);
  }

  compare({ index, canonical }: { index: number; canonical: string }, cells: readonly string[]): Comparison {
    const own = this.#own[index] ?? this.#remember(index, canonical);
    for (let stated = 0; stated < own.length; stated++) {
      const at = this.#at[stated] ?? -1;
      // One difference is rare; then the whole row is looked at closely.
      if (at >= 0 && cells[at] !== own[stated]) return this.#closely(canonical, cells);
    }
    return AGREED;
  }

  #remember(index: number, canonical: string): readonly (string | null)[] {
    const code = sliceLedgerCode(canonical);
    const own = STATED.map(([, of]) => of(code)[0] ?? null);
    this.#own[index] = own;
    return own;
  }

  #closely(canonical: string, cells: readonly string[]): Comparison {
    const code = sliceLedgerCode(canonical);
    const comparison: Comparison = { contradictions: [], repaired: 0 };
    STATED.forEach(([column, of], stated) => {
      const value = cells[this.#at[stated] ?? -1]?.trim() ?? "";
      const text = value.toUpperCase().replace(/[.\s]/g, "");
      const forms = of(code).filter((form) => form !== null);
      const [own] = forms;
      if (text === "" || own === undefined || forms.includes(text)) return;
      if (text.padStart(own.length, "0") === own) comparison.repaired++;
      else comparison.contradictions.push({ column, value, expected: own });
    });
    return comparison;
  }
}
