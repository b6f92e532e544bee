import { describe, expect, it } from "vitest";
import type { KnownSegments } from "../../src/coa/index.ts";
import { CodeBook } from "../../src/extracts/index.ts";
import { References } from "../../src/references/references.ts";

const VERSION = { parent: null, validFrom: 2020, validTo: 9999 };

function references(): References {
  const lists = new References();
  for (const list of ["ministries", "units", "programs", "activities", "output_classes", "accounts"]) {
    lists.addList(list, 2021);
  }
  lists.addEntry("ministries", "054", { ...VERSION, name: "BPS" });
  lists.addEntry("units", "05401", { ...VERSION, name: "BPS" });
  lists.addEntry("programs", "05401WA", { ...VERSION, name: "DUKUNGAN MANAJEMEN" });
  lists.addEntry("activities", "2882", { ...VERSION, name: "STATISTIK", parent: "05401WA" });
  lists.addEntry("output_classes", "QAB", { ...VERSION, name: "KRO" });
  lists.addEntry("accounts", "511138", { ...VERSION, name: "AKUN" });
  return lists;
}

const LINE: KnownSegments = { satker: "006018", account: "511138", program: "WA", activity: "2882", output: "QAB" };

function compose(known: KnownSegments, book = new CodeBook(references())) {
  const found = book.compose(known, 2021);
  if ("errors" in found) throw new Error(JSON.stringify(found.errors));
  return found;
}

describe("composed codes in a code book", () => {
  it("keeps null what is unknown, and ends the node at the deepest known level", () => {
    expect(compose(LINE).entry).toMatchObject({
      ministry: "???",
      satker: "006018",
      program: null,
      fund: null,
      authority: null,
      location: null,
      node: "2882.QAB",
    });
    expect(compose({ ...LINE, ministry: "054" }).entry).toMatchObject({ ministry: "054", program: null });
    expect(compose({ ...LINE, ministry: "054", unit: "01" }).entry).toMatchObject({ program: "05401WA" });
    expect(compose({ ...LINE, ro: "105", item: "000001" }).entry.node).toBe("2882.QAB.105");
    expect(compose({ ...LINE, component: "001" }).entry.node).toBe("2882.QAB");
    expect(compose({ ...LINE, fund_source: "A" }).entry.fund).toBe("A?????????");
    expect(compose({ ...LINE, fund_method: "0", fund_register: "00000001" }).entry.fund).toBeNull();
  });

  it("checks the known pieces only", () => {
    expect(compose(LINE).warnings).toEqual(["REF-004"]);
    expect(compose({ ...LINE, account: "511999" }).warnings).toEqual(["REF-001", "REF-004"]);
    expect(compose({ ...LINE, program: "DG" }).warnings).toEqual(["REF-002", "REF-004"]);
    expect(compose({ ...LINE, ministry: "054" }).warnings).toEqual([]);
    expect(compose({ ...LINE, ministry: "055" }).warnings).toEqual(["REF-001", "REF-002"]);
    expect(compose({ ...LINE, ministry: "054", unit: "09" }).warnings).toEqual(["REF-001", "REF-001", "REF-002"]);
  });

  it("gives one entry per code, and the printed code's own when all is known", () => {
    const book = new CodeBook(references());
    const first = compose(LINE, book).entry;
    expect(compose({ ...LINE }, book).entry).toEqual(first);
    const full = {
      ...LINE,
      ...{ kppn: "043", ministry: "054", unit: "01", fund_source: "A", fund_method: "0", fund_register: "00000001" },
      ...{ bank: "00000", authority: "1", location: "1403", budget_type: "2", inter_entity: "000000" },
      reserve: "000000",
    };
    const printed = "006018.043.511138.05401WA.2882QAB.A000000001.00000.1.1403.2.000000.000000";
    const composed = compose(full, book);
    expect(book.lookup(printed, 2021, "code")).toEqual(composed);
    expect(composed.entry).toMatchObject({ index: 1, program: "05401WA", node: "2882.QAB", fund: "A000000001" });
    expect(book.size).toBe(2);
  });

  it("reports faulty pieces", () => {
    const found = new CodeBook(references()).compose({ ...LINE, satker: "6018" }, 2021);
    expect("errors" in found && found.errors.map(({ field, code }) => [field, code])).toEqual([["satker", "COA-003"]]);
  });
});
