import { describe, expect, it } from "vitest";
import { revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { loadReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { contentOf, importText, post, satkers } from "./world.ts";

const REVERTED_AT = "2026-03-01T00:00:00.000Z";
const OUTPUTS = "fiscal_year,ministry,unit,program,activity,output,ro,component,name,themes,target,unit_of_measure";

async function nameOf(db: Db, satker: string): Promise<string | null> {
  return (await loadReferences(db)).name("satkers", satker);
}

describe.each(ENGINES)("satker lists on %s", (engine) => {
  it("the newest list that names a satker describes it; a revert brings the older one back", async () => {
    await withStore(engine, async (db) => {
      await post(
        db,
        satkers([
          ["100001", "LAMA", "024"],
          ["100002", "TETAP", "024"],
        ]),
      );
      const second = await importText(
        db,
        satkers([
          ["100001", "BARU", "027"],
          ["100003", "TAMBAH", "024"],
        ]),
      );
      expect(second.changes).toEqual({ created: 1, updated: 1, unchanged: 0, removed: 0 });
      expect(await nameOf(db, "100001")).toBe("BARU");
      expect(await nameOf(db, "100002")).toBe("TETAP");
      const references = await loadReferences(db);
      expect(references.satkersOf("024").sort()).toEqual(["100002", "100003"]);
      expect(references.satker("100001")).toMatchObject({ ministry: "027", unit: "05", location: "0151", kppn: "133" });
      await revertExtract(db, 2, REVERTED_AT);
      expect(await nameOf(db, "100001")).toBe("LAMA");
      expect(await nameOf(db, "100003")).toBeNull();
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("an older list imported again is the newest then; twice in a row it is unchanged", async () => {
    await withStore(engine, async (db) => {
      const old = satkers([["100001", "LAMA", "024"]]);
      await post(db, old);
      const before = await contentOf(db);
      expect((await importText(db, old)).status).toBe("unchanged");
      expect(await contentOf(db)).toEqual(before);
      await post(db, satkers([["100001", "BARU", "024"]]));
      expect(await importText(db, old)).toMatchObject({ status: "posted", changes: { updated: 1 } });
      expect(await nameOf(db, "100001")).toBe("LAMA");
      // Compared with the newest, not with the first.
      expect((await importText(db, satkers([["100001", "BARU", "024"]]))).changes.updated).toBe(1);
    });
  });

  it("codes of number cells get back the zeros that a spreadsheet dropped, and the import says so", async () => {
    await withStore(engine, async (db) => {
      const header = "code,name,ministry,unit,location,authority,kppn";
      const result = await importText(db, `${header}\n1030,SATU,2,2,151,1,15\n636722,DUA,015,05,3051,2,015\n`);
      expect(result).toMatchObject({ rows: { posted: 2, rejected: 0 }, warnings: { "COA-102": 1 } });
      const satker = { code: "001030", ministry: "002", unit: "02", location: "0151", authority: "1", kppn: "015" };
      expect((await loadReferences(db)).satker("001030")).toMatchObject(satker);
      const outputs = await importText(db, `${OUTPUTS}\n2022,24,5,WA,2080,QEA,003,,Makanan,008,1,orang\n`);
      expect(outputs).toMatchObject({ rows: { posted: 1 }, warnings: { "COA-102": 1 } });
    });
  });

  it("rows that cannot be read are kept as rejects, the others are posted", async () => {
    await withStore(engine, async (db) => {
      const result = await importText(
        db,
        satkers([
          ["100001", "SATU", "024"],
          ["X00001", "DUA", "24A"],
          ["100001", "SATU LAGI", "024"],
          ["100004", "", "024"],
        ]),
      );
      expect(result).toMatchObject({
        status: "posted",
        rows: { read: 4, posted: 1, rejected: 3, skipped: 0 },
        amount: { read: 0n, posted: 0n, rejected: 0n },
      });
      expect(result.rejects.map(({ row, problems }) => [row, ...problems.map(({ rule }) => rule)])).toEqual([
        [3, "FLD-003", "FLD-003"],
        [4, "FLD-004"],
        [5, "FLD-001"],
      ]);
      expect(await nameOf(db, "100001")).toBe("SATU");
    });
  });
});

describe.each(ENGINES)("output lists on %s", (engine) => {
  it("are kept by year and node, the newest extract describes an output", async () => {
    await withStore(engine, async (db) => {
      const rows = (name: string) => [
        `2022,024,05,DG,2080,QEA,,,${name},008,10,orang`,
        `2022,024,05,DG,2080,QEA,003,,${name} RO,008,,`,
        `2023,024,05,DG,2080,QEA,003,051,${name} komponen,,,`,
      ];
      const first = await importText(db, `${OUTPUTS}\n${rows("SATU").join("\n")}\n`);
      expect(first).toMatchObject({ status: "posted", changes: { created: 3 }, scope: { fiscal_years: [2022, 2023] } });
      const second = await importText(
        db,
        `${OUTPUTS}\n${[...rows("SATU").slice(0, 2), ...rows("DUA").slice(2)].join("\n")}\n`,
      );
      expect(second.changes).toEqual({ created: 0, updated: 1, unchanged: 2, removed: 0 });
      const content = await contentOf(db);
      expect(content.outputs).toHaveLength(6);
      expect(content.outputs?.join("")).toContain('"node":"2080.QEA.003.051"');
    });
  });

  it("refuse a node that is none and a node that is there twice", async () => {
    await withStore(engine, async (db) => {
      const result = await importText(
        db,
        [
          OUTPUTS,
          "2022,024,05,DG,2080,QEA,,,A,,,",
          "2022,024,05,DG,2080,QEA,,,B,,,",
          "2022,024,05,DG,2080,,003,,C,,,",
          "2022,024,05,DG,,QEA,,,D,,,",
          "2023,024,05,DG,2080,QEA,,,E,,,",
          "",
        ].join("\n"),
      );
      expect(result.rejects.map(({ row, problems }) => [row, problems[0]?.rule])).toEqual([
        [3, "FLD-004"],
        [4, "TAG-006"],
        [5, "TAG-006"],
      ]);
      expect(result.rows).toEqual({ read: 5, posted: 2, rejected: 3, skipped: 0 });
    });
  });
});
