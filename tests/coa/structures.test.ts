import { describe, expect, it } from "vitest";
import { STRUCTURES, segmentsOf, structureFor } from "../../src/coa/index.ts";

describe("structures", () => {
  it("have 12 segments of 62 characters and 16 of 76, 73 and 91 with dots", () => {
    for (const id of ["bas-2013", "rspp-2021"] as const) {
      const twelve = segmentsOf(id, "ledger-12").map(({ shape }) => shape);
      const sixteen = segmentsOf(id, "ledger-16").map(({ shape }) => shape);
      expect([twelve.length, twelve.join("").length, twelve.join(".").length]).toEqual([12, 62, 73]);
      expect([sixteen.length, sixteen.join("").length, sixteen.join(".").length]).toEqual([16, 76, 91]);
    }
  });

  it("carry the ids of the contract in printed order, with the widths of PMK 214/PMK.05/2013", () => {
    expect(STRUCTURES["rspp-2021"].segments.map(({ id, width }) => `${id} ${width}`)).toEqual([
      "satker 6",
      "kppn 3",
      "account 6",
      "program 7",
      "output 7",
      "fund 10",
      "bank 5",
      "authority 1",
      "location 4",
      "budget_type 1",
      "inter_entity 6",
      "reserve 6",
      "ro 3",
      "component 3",
      "subcomponent 2",
      "item 6",
    ]);
  });

  it("differ only in the alphabets of program, output and RO", () => {
    const [before, after] = [STRUCTURES["bas-2013"].segments, STRUCTURES["rspp-2021"].segments];
    const changed = after.filter((segment, i) => segment.shape !== before[i]?.shape).map(({ id }) => id);
    expect(changed).toEqual(["program", "output", "ro"]);
    expect(after.map(({ position }) => position)).toEqual(before.map(({ position }) => position));
  });

  it("change with fiscal year 2021", () => {
    expect(structureFor(2020).id).toBe("bas-2013");
    expect(structureFor(2021).id).toBe("rspp-2021");
  });

  it("give examples that fit their own shape", () => {
    for (const { segments } of Object.values(STRUCTURES)) {
      for (const { shape, example } of segments) {
        expect(example).toMatch(new RegExp(`^${shape.replaceAll("9", "\\d").replaceAll("X", "[A-Z\\d]")}$`));
      }
    }
  });
});
