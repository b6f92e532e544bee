import { describe, expect, it, test } from "vitest";
import { columnNames, exactHeader, nearestHeader, sameColumns } from "../../../src/extracts/mapping/index.ts";
import type { TableRow } from "../../../src/extracts/readers/csv-parser.ts";
import { PAYMENT_HEADER, PAYMENTS } from "../../mappings/definitions.ts";

const rows = (...lines: string[][]): TableRow[] =>
  lines.map((cells, index) => ({ row: index + 1, cells, malformed: null }));

describe("names of columns", () => {
  it("come from one row, on one line, each of them once", () => {
    expect(columnNames(rows(["\ufeffKode\n Satker", " Nilai ", "", "nilai", "NILAI"]))).toEqual([
      "Kode Satker",
      "Nilai",
      "",
      "nilai (2)",
      "NILAI (3)",
    ]);
  });

  it("come from two rows, of which the upper one groups", () => {
    const names = columnNames(
      rows(["No", "Pagu", "", "", "Realisasi", ""], ["", "Awal", "Revisi", "", "Bulan ini", "s.d."]),
    );
    expect(names).toEqual(["No", "Pagu / Awal", "Pagu / Revisi", "", "Realisasi / Bulan ini", "Realisasi / s.d."]);
    expect(columnNames(rows(["Kode", "", "Nama"], ["", "Sub", ""]))).toEqual(["Kode", "Sub", "Nama"]);
  });

  test.each([
    [["A", "b"], ["a ", "B", ""], true],
    [["A", "b"], ["b", "a"], false],
    [["A", "", "b"], ["a", "b"], false],
    [["A"], ["A", "b"], false],
  ])("%j and %j", (a, b, same) => {
    expect(sameColumns(a, b)).toBe(same);
  });
});

describe("the header of a mapping", () => {
  const head = rows(["Daftar"], PAYMENT_HEADER, ["1"], PAYMENT_HEADER);

  it("is found below titles, the first of equal ones", () => {
    expect(exactHeader(head, PAYMENTS)).toEqual({ at: 1, columns: PAYMENT_HEADER });
    expect(exactHeader(rows(PAYMENT_HEADER.slice(1)), PAYMENTS)).toBeNull();
    const double = { ...PAYMENTS, header: { rows: 2 as const, columns: ["A / x", "A / y"] } };
    expect(exactHeader(rows(["t"], ["A", ""], ["x", "y"]), double)).toMatchObject({ at: 2 });
  });

  it("says what the nearest row lacks", () => {
    expect(nearestHeader(head, 1, ["nilai", "STATUS"])).toMatchObject({ at: 1, missing: [] });
    expect(nearestHeader(head, 1, ["nilai", "Rupiah"])).toMatchObject({ at: 1, missing: ["Rupiah"] });
    expect(nearestHeader([], 1, ["nilai"])).toMatchObject({ missing: ["nilai"] });
  });
});
