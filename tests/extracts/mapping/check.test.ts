import { describe, expect, it, test } from "vitest";
import { type MappingDefinition, mappingFaults, type PieceName } from "../../../src/extracts/mapping/index.ts";
import { LANGUAGES, translator } from "../../../src/i18n/index.ts";
import { PAYMENTS } from "../../mappings/definitions.ts";

const faults = (change: Partial<MappingDefinition>): string[] =>
  mappingFaults({ ...PAYMENTS, ...change }).map(({ place, text }) => `${place} ${text.replace("mapping.fault.", "")}`);

const { fields } = PAYMENTS;

const NODES: MappingDefinition = {
  kind: "achievements",
  sheet: null,
  header: { rows: 1, columns: ["Bulan", "Satker", "Giat", "KRO", "RO", "Capaian"] },
  fields: {
    fiscal_year: { value: "2021" },
    month: { column: "Bulan" },
    satker: { column: "Satker" },
    code: { compose: { activity: { column: "Giat" }, output: { column: "KRO" }, ro: { column: "RO" } } },
    achieved: { column: "Capaian" },
  },
  filters: [],
};

describe("a definition", () => {
  it("of achievements composes a node without gaps, and of nothing else", () => {
    expect(mappingFaults(NODES)).toEqual([]);
    const composed = (compose: Partial<Record<PieceName, { column: string }>>) =>
      mappingFaults({ ...NODES, fields: { ...NODES.fields, code: { compose } } }).map(
        ({ place, text }) => `${place} ${text.replace("mapping.fault.", "")}`,
      );
    expect(composed({ activity: { column: "Giat" } })).toEqual([]);
    expect(composed({ output_segment: { column: "Giat" }, ro: { column: "RO" } })).toEqual([]);
    expect(composed({ activity: { column: "Giat" }, ro: { column: "RO" } })).toEqual([
      "fields.code.compose.output missingPiece",
    ]);
    expect(composed({ satker: { column: "Satker" } })).toEqual([
      "fields.code.compose.satker noPiece",
      "fields.code.compose.activity missingPiece",
    ]);
  });

  it("that is complete has no faults", () => {
    expect(mappingFaults(PAYMENTS)).toEqual([]);
  });

  test.each<[string, Partial<MappingDefinition>, string[]]>([
    [
      "lacks a field",
      { fields: { code: { column: "Akun" }, date: { column: "Tgl SP2D" } } },
      ["fields.amount missing"],
    ],
    [
      "has a field of another kind",
      { fields: { ...fields, plan_01: { value: "1" } } },
      ["fields.plan_01 unknownField"],
    ],
    [
      "names a column that is not there",
      { fields: { ...fields, document: { column: "No" + "mor" } } },
      ["fields.document noColumn"],
    ],
    ["filters by a column that is not there", { filters: [{ column: "Sts", is: ["a"] }] }, ["filters.0 noColumn"]],
    [
      "composes what is no code",
      { fields: { ...fields, date: { compose: { item: { value: "1" } } } } },
      ["fields.date notCode"],
    ],
    [
      "writes amounts like dates",
      { fields: { ...fields, amount: { column: "Nilai", format: "dd-mm-yyyy" } } },
      ["fields.amount.format format"],
    ],
    [
      "writes dates like amounts",
      { fields: { ...fields, date: { column: "Tgl SP2D", format: "1,234,567.89" } } },
      ["fields.date.format format"],
    ],
    [
      "leaves the unit open",
      { fields: { ...fields, amount: { column: "Nilai", format: "auto", unit: null } } },
      ["fields.amount.unit unit"],
    ],
    [
      "has a unit and no style",
      { fields: { ...fields, amount: { column: "Nilai", format: "auto", unit: 1000 } } },
      ["fields.amount.format unitNeedsFormat"],
    ],
    [
      "composes a code without its place",
      { fields: { ...fields, code: { compose: { satker: { column: "Satker" }, node: { column: "Output" } } } } },
      ["fields.code.compose.account missingPiece"],
    ],
    [
      "names a column twice",
      { header: { rows: 1, columns: [...PAYMENTS.header.columns, "nilai"] } },
      ["header.columns doubledColumn"],
    ],
  ])("that %s is refused", (_, change, expected) => {
    expect(faults(change)).toEqual(expected);
  });

  it("is told about in both languages", () => {
    const broken = {
      ...PAYMENTS,
      fields: { amount: { column: "x", unit: null }, code: { compose: {} }, y: { value: "" } },
    };
    for (const language of LANGUAGES) {
      const t = translator(language);
      for (const { text, params } of mappingFaults(broken)) expect(t(text, params)).not.toMatch(/[{}]|undefined/);
    }
  });
});
