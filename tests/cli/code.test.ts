import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { json, tandai } from "../support/cli.ts";
import { newStorePlace, type StorePlace } from "../support/stores.ts";

/** The four codes printed in the field (brief §2). */
const PRINTED = [
  "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000",
  "636722.015.524111.01505WA.4695EBA.A000000001.00000.2.3051.2.000000.000000",
  "001030.182.524111.00202CF.5804ABC.A000000001.00000.1.0151.2.000000.000000.001.052.0C.000000",
  "019937.010.521211.05401WA.2886EBA.A000000001.00000.2.0800.2.000000.000000.994.001.0A.000301",
];

interface CodeJson {
  input: string;
  valid: boolean;
  structure: string | null;
  kind: string | null;
  canonical: string | null;
  digits: string | null;
  segments: Record<string, Record<string, unknown>>;
  errors: { segment: string | null; position: number; code: string; message: string }[];
  warnings: unknown[];
}

let place: StorePlace;

beforeAll(async () => {
  place = await newStorePlace("sqlite");
});

afterAll(() => place.dispose());

async function decode(...args: string[]) {
  const run = await tandai(["code", "--json", "--db", place.location, ...args]);
  return { code: run.code, documents: [json(run)].flat() as CodeJson[] };
}

describe("tandai code", () => {
  it("decodes the four printed codes with names", async () => {
    const { code, documents } = await decode(...PRINTED);
    expect(code).toBe(0);
    expect(documents.map(({ canonical }) => canonical)).toEqual(PRINTED);
    expect(documents.map(({ kind }) => kind)).toEqual(["ledger-12", "ledger-12", "ledger-16", "ledger-16"]);
    expect(documents.every(({ valid, structure }) => valid && structure === "rspp-2021")).toBe(true);
    expect(documents.map(({ errors, warnings }) => [errors, warnings])).toEqual(PRINTED.map(() => [[], []]));
  });

  it("prints the contract's keys", async () => {
    const { documents } = await decode(PRINTED[0] ?? "");
    const [first] = documents;
    expect(first?.segments).toMatchObject({
      satker: { code: "636722", name: null },
      kppn: { code: "015", name: "PANGKAL PINANG" },
      account: { code: "524111" },
      program: { code: "01505CC", ministry: { code: "015" }, unit: { code: "05" }, program: { code: "CC" } },
      output: { code: "4787AEF", activity: { code: "4787" }, output: { code: "AEF" } },
      fund: {
        code: "A000000001",
        source: { code: "A", name: "RUPIAH MURNI" },
        method: { code: "0", name: null },
        register: { code: "00000001", name: null },
      },
      authority: { code: "2", name: "Kantor Daerah" },
      location: { code: "3051", province: { code: "30" }, district: { code: "51" } },
      budget_type: { code: "2", name: "DIPA" },
    });
    expect(Object.keys(first?.segments ?? {})).toEqual([
      "satker",
      "kppn",
      "account",
      "program",
      "output",
      "fund",
      "bank",
      "authority",
      "location",
      "budget_type",
      "inter_entity",
      "reserve",
    ]);
    expect(first?.digits).toBe((PRINTED[0] ?? "").replaceAll(".", ""));
  });

  it("gives an array only for several codes", async () => {
    const one = await tandai(["code", "--json", "--db", place.location, "2080.QEA"]);
    const two = await tandai(["code", "--json", "--db", place.location, "2080.QEA", "2080"]);
    expect(Array.isArray(json(one))).toBe(false);
    expect(Array.isArray(json(two))).toBe(true);
  });

  it("answers no (1) for an invalid code and names the segment", async () => {
    const { code, documents } = await decode((PRINTED[0] ?? "").replace("524111", "52411X"));
    expect(code).toBe(1);
    expect(documents[0]?.valid).toBe(false);
    expect(documents[0]?.errors[0]).toMatchObject({ segment: "account", position: 16, code: "COA-004" });
    expect(documents[0]?.errors[0]?.message).toContain("X");
  });

  it("knows fiscal years: letters are no codes of 2020, and ministry 145 begins in 2025", async () => {
    expect((await decode("--year", "2020", PRINTED[0] ?? "")).code).toBe(1);
    const { documents } = await decode("--year", "2024", "145.05.WA.4695");
    expect(JSON.stringify(documents[0]?.warnings)).toContain("REF-001");
  });

  it("prints a readable page without --json", async () => {
    const run = await tandai(["code", "--db", place.location, PRINTED[0] ?? ""]);
    expect(run.stdout).toContain("PANGKAL PINANG");
    expect(run.stdout).not.toContain("\u001b[");
  });
});
