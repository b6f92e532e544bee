import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { loadSeeds } from "../../seeds/index.ts";
import { parseCsvObjects } from "../../src/extracts/readers/csv-parser.ts";
import { projectRoot } from "../../src/paths.ts";
import {
  codeNames,
  codeOfSpelling,
  ensureReferences,
  loadReferences,
  loadThemes,
  type ReferenceList,
  type References,
  searchReferences,
  themesInField,
} from "../../src/references/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { contentOf } from "../ledger/world.ts";
import { ENGINES, newStorePlace, type StorePlace, withStore } from "../support/stores.ts";

const seed = (...path: string[]) => parseCsvObjects(readFileSync(join(projectRoot(), "seeds", ...path), "utf8"));

describe.each(ENGINES)("code lists on %s", (engine) => {
  let place: StorePlace;
  let db: Db;
  let references: References;

  beforeAll(async () => {
    place = await newStorePlace(engine);
    db = await openStore(place.location);
    expect(await ensureReferences(db)).toBe(true);
    references = await loadReferences(db);
  });

  afterAll(async () => {
    await db.close();
    await place.dispose();
  });

  it("hold every row of every file of seeds/reference", async () => {
    const rows = await db.read.rows<{ list: string; codes: bigint }>(
      sql`SELECT list, count(*) AS codes FROM reference_entries GROUP BY list`,
    );
    const stored = new Map(rows.map(({ list, codes }) => [list, Number(codes)]));
    const lists = seed("reference-lists.csv").map(({ id = "" }) => id);
    expect([...stored.keys()].sort()).toEqual([...lists].sort());
    for (const list of lists) {
      const file = { planning_themes: "themes", fund_planning_codes: "fund_sources" }[list] ?? list;
      expect(stored.get(list), list).toBe(seed("reference", `${file}.csv`).length);
    }
    const [districts] = await db.read.rows<{ n: bigint }>(sql`SELECT count(*) AS n FROM districts`);
    expect(Number(districts?.n)).toBe(seed("reference", "districts.csv").length);
    // Every file has a reader: a list that nobody loads would be a list that nobody checks against.
    const files = readdirSync(join(projectRoot(), "seeds", "reference"));
    const known = new Set([...lists, "themes", "districts", "interventions"].map((name) => `${name}.csv`));
    expect(files.filter((file) => file.endsWith(".csv") && !known.has(file))).toEqual([]);
  });

  it("a store that has them is left alone; loading again gives the same", async () => {
    const before = await contentOf(db);
    expect(await ensureReferences(db)).toBe(false);
    expect(await contentOf(db)).toEqual(before);
    await db.tx(loadSeeds);
    expect(await contentOf(db)).toEqual(before);
  });

  test.each<[ReferenceList, string, number, boolean]>([
    ["ministries", "024", 2013, true],
    ["ministries", "033", 2024, true],
    ["ministries", "033", 2025, false],
    ["ministries", "145", 2024, false],
    ["ministries", "145", 2025, true],
    ["ministries", "000", 2024, false],
    ["locations", "3601", 2022, false],
    ["locations", "3601", 2023, true],
    ["locations", "0151", 2013, true],
    ["accounts", "521211", 2020, true],
    ["units", "02403", 2020, false],
    ["units", "02403", 2021, true],
    ["programs", "02403DD", 2021, true],
    ["activities", "2080", 2021, true],
    ["satkers", "100001", 2021, false],
  ])("%s %s in %i: %s", (list, listed, year, valid) => {
    expect(references.isValid(list, listed, year)).toBe(valid);
    if (valid && list !== "satkers") expect(references.name(list, listed, year)).toMatch(/\S/);
  });

  it("know for which years they speak", () => {
    expect(references.covers("ministries", 2013)).toBe(true);
    expect(references.covers("ministries", 2012)).toBe(false);
    expect(references.covers("programs", 2020)).toBe(false);
    expect(references.covers("programs", 2021)).toBe(true);
    expect(references.covers("programs", null)).toBe(true);
    expect(references.covers("satkers", 2021)).toBe(false);
  });

  it("know owners, parents and successors", () => {
    expect(references.activityOwner("2080", 2022)).toBe("02403DD");
    expect(references.activityOwner("0000", 2022)).toBeNull();
    expect(references.parent("units", "02403")).toBe("024");
    expect(references.parent("locations", "0151")).toBe("0100");
    expect(references.successors("ministries", "033")).toEqual(["145", "146"]);
    expect(references.successors("locations", "2507")).toEqual(["3601"]);
    expect(references.successors("ministries", "024")).toEqual([]);
  });

  it("an activity whose ministry is not there in a year has no owner in that year", () => {
    const split = seed("reference", "activities.csv").find(({ ministry }) => ministry === "033");
    expect(references.activityOwner(split?.code ?? "", 2024)).toBe(`033${split?.unit}${split?.program}`);
    expect(references.activityOwner(split?.code ?? "", 2025)).toBeNull();
  });

  it("the names that decode codes are those of the year, or of a later one where no list speaks", () => {
    const names = codeNames(references);
    expect(names.name("ministries", "145", 2024)).toBeNull();
    expect(names.name("ministries", "145", 2025)).toBe("KEMENTERIAN PEKERJAAN UMUM");
    expect(names.name("units", "02403", 2019)).toMatch(/\S/);
    expect(names.has("units", 2019)).toBe(false);
    expect(names.activityOwner("2080", 2022)).toEqual({ ministry: "024", unit: "03", program: "DD" });
    expect(names.activityOwner("0000", null)).toBeNull();
  });

  it("themes come with classes and interventions in the order of reports", async () => {
    const stunting = (await loadThemes(db)).get("stunting");
    expect(stunting?.krisnaCode).toBe("008");
    expect(stunting?.classes.map(({ code }) => code)).toEqual(["specific", "sensitive", "support"]);
    expect(stunting?.interventions.map(({ code }) => code)).toEqual(
      seed("reference", "interventions.csv")
        .filter(({ theme }) => theme === "stunting")
        .map(({ code }) => code),
    );
    const classes = new Set(stunting?.classes.map(({ code }) => code));
    expect(stunting?.interventions.filter(({ class: kind }) => !classes.has(kind))).toEqual([]);
  });

  it("a second theme works the same way, with classes and interventions of its own", async () => {
    const protection = (await loadThemes(db)).get("child-protection");
    expect(protection?.krisnaCode).toBeNull();
    expect(protection?.classes.map(({ code }) => code)).toEqual([
      "prevention",
      "risk-reduction",
      "response",
      "support",
    ]);
    expect(protection?.interventions.length).toBeGreaterThan(20);
    const classes = new Set(protection?.classes.map(({ code }) => code));
    expect(protection?.interventions.filter(({ class: kind }) => !classes.has(kind))).toEqual([]);
  });

  it("spellings of sources lead to classes, and the field of KRISNA to themes", async () => {
    const themes = await loadThemes(db);
    const stunting = themes.get("stunting");
    if (!stunting) throw new Error("no stunting");
    for (const text of ["A", " i3 ", "Spesifik", "specific"])
      expect(codeOfSpelling(stunting, "class", text)).toBe("specific");
    for (const text of ["C", "I1", "dukungan"]) expect(codeOfSpelling(stunting, "class", text)).toBe("support");
    const found = (field: string) => themesInField(field, themes.values()).map(({ code }) => code);
    for (const field of ["008", "003008", "003;008", "000,003, 008", "8", "3008"])
      expect(found(field), field).toEqual(["stunting"]);
    for (const field of ["", "000", "080", "300800", "18"]) expect(found(field), field).toEqual([]);
  });

  it("search finds every word or its beginning, in any case, and nothing by accident", async () => {
    const find = async (text: string, limit = 50) => searchReferences(db.read, text, limit);
    expect(await find("gizi masyarakat")).toContainEqual({
      list: "activities",
      code: "2080",
      name: "Pembinaan Gizi Masyarakat",
    });
    const byBeginning = await find("PEMB giz mas");
    expect(byBeginning.map(({ code }) => code)).toContain("2080");
    expect((await find("2080")).map(({ list, code }) => `${list} ${code}`)).toContain("activities 2080");
    expect(await find("gizi xyzzy")).toEqual([]);
    expect(await find("a", 7)).toHaveLength(7);
    for (const odd of ["", "  ", "'", '"', "*", "a* OR b", "NEAR(", "x\\", "-- ;", "%", "gizi) --", "\u0000", "é"]) {
      expect(Array.isArray(await find(odd)), odd).toBe(true);
    }
  });
});

describe.each(ENGINES)("two programs that start on one empty store on %s", (engine) => {
  it("load the lists once", async () => {
    const place = await newStorePlace(engine);
    const stores = [await openStore(place.location), await openStore(place.location)];
    try {
      const loaded = await Promise.all(stores.map(ensureReferences));
      expect(loaded.filter((did) => did)).toHaveLength(1);
    } finally {
      for (const store of stores) await store.close();
      await place.dispose();
    }
  });

  it("a store without lists calls no code unknown", async () => {
    await withStore(engine, async (db) => {
      const references = await loadReferences(db);
      expect(references.covers("ministries", 2022)).toBe(false);
      expect(references.name("ministries", "024")).toBeNull();
      expect(references.successors("ministries", "033")).toEqual([]);
      expect(references.satker("100001")).toBeNull();
    });
  });
});
