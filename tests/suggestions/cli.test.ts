import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { json, tandai } from "../support/cli.ts";

const OUTPUTS = [
  "fiscal_year,ministry,unit,program,activity,output,ro,name,themes,target,unit_of_measure",
  "2023,024,03,DG,2080,QEA,001,Kapsul vitamin A bagi balita,006;008,10,Paket",
  "2023,024,03,DG,2080,QEA,003,Tablet tambah darah remaja putri,,10,Paket",
  "2023,033,05,FA,5036,RBB,001,Pelebaran jalan nasional,001,10,Km",
].join("\n");

interface Suggestions {
  theme: string;
  year: number;
  suggestions: { code: string; score: number; reasons: { rule: string; text: string }[] }[];
}

let folder: string;
let run: (...args: string[]) => ReturnType<typeof tandai>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandai-suggest-cli-"));
  run = (...args) => tandai(args, { TANDAI_DB: join(folder, "tandai.db") });
  await writeFile(join(folder, "outputs.csv"), OUTPUTS);
  expect((await run("import", join(folder, "outputs.csv"))).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const suggest = (...args: string[]) => run("tags", "suggest", "--theme", "stunting", "--year", "2023", ...args);

describe("tandai tags suggest", () => {
  it("prints the document of the contract and nothing else", async () => {
    const { code, stdout } = await suggest("--json");
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as Suggestions;
    expect(Object.keys(document)).toEqual(["theme", "year", "suggestions"]);
    expect(document.suggestions.map((one) => one.code)).toEqual(["2080.QEA.001", "2080.QEA.003"]);
    const [first] = document.suggestions;
    expect(Object.keys(first ?? {})).toEqual(["code", "name", "class", "intervention", "score", "reasons"]);
    expect(first).toMatchObject({ class: "specific", intervention: "vitamin-a" });
    const limited = json(await suggest("--json", "--limit", "1")) as Suggestions;
    expect(limited.suggestions).toEqual(document.suggestions.slice(0, 1));
  });

  it("prints a table in the language asked for", async () => {
    const { code, stdout, stderr } = await suggest();
    expect(code).toBe(0);
    expect(stdout).toMatch(/skor\s+kode\s+nama\s+intervensi\s+alasan utama/);
    expect(stdout).toMatch(/2080\.QEA\.001\s+Kapsul vitamin A bagi balita\s+vitamin-a/);
    expect(stderr).toContain("2 dari 2 usulan");
    expect((await suggest("--lang", "en")).stdout).toMatch(/score\s+code\s+name/);
  });

  it("says so when no list of the year is in force, and refuses what it cannot use", async () => {
    const empty = await run("tags", "suggest", "--theme", "stunting", "--year", "2030", "--json");
    expect(empty.code).toBe(0);
    expect(json(empty)).toEqual({ theme: "stunting", year: 2030, suggestions: [] });
    expect(empty.stderr).toContain("2030");
    for (const args of [
      ["tags", "suggest", "--theme", "stunting"],
      ["tags", "suggest", "--year", "2023"],
      ["tags", "suggest", "--theme", "x", "--year", "2023"],
      ["tags", "suggest", "--theme", "stunting", "--year", "23"],
      ["tags", "suggest", "maybe", "--theme", "stunting", "--year", "2023"],
      ["tags", "suggest", "reject", "2080.QEA.003", "--theme", "stunting", "--year", "2023", "--why", "x"],
    ]) {
      expect((await run(...args)).code, args.join(" ")).toBe(2);
    }
  });

  it("records what was decided", async () => {
    const without = await suggest("reject", "2080.QEA.003", "--as", "Perencana");
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("alasan")]);
    const rejected = await suggest("reject", "2080.QEA.003", "--as", "Perencana", "--why", "dibiayai hibah", "--json");
    expect(json(rejected)).toEqual({ outcome: "rejected", decided: 1 });
    const { suggestions } = json(await suggest("--json")) as Suggestions;
    const reasons = suggestions.find(({ code }) => code === "2080.QEA.003")?.reasons ?? [];
    expect(reasons.find(({ rule }) => rule === "rejected-before")?.text).toContain("dibiayai hibah");
  });
});

describe("tandai tags keywords", () => {
  const keywords = (...args: string[]) => run("tags", "keywords", ...args);

  it("lists, adds, changes and removes, and keeps who did", async () => {
    const zinc = ["--theme", "stunting", "--intervention", "zinc"];
    const before = json(await keywords("list", ...zinc, "--json")) as { term: string }[];
    expect(before.length).toBeGreaterThan(3);
    const added = await keywords("add", "sirup", "seng", ...zinc, "--weight", "70", "--as", "Perencana", "--json");
    expect(json(added)).toEqual({ added: 1, updated: 0, unchanged: 0, faults: [] });
    const faulty = await keywords("add", "z", ...zinc, "--as", "Perencana");
    expect([faulty.code, faulty.stderr]).toEqual([1, expect.stringContaining("terlalu pendek")]);
    expect((await keywords("add", "sirup", ...zinc)).code).toBe(2);
    expect((await keywords("remove", "sirup seng", ...zinc, "--as", "Perencana")).code).toBe(0);
    expect((await keywords("remove", "sirup seng", ...zinc, "--as", "Perencana")).code).toBe(2);
    expect(json(await keywords("list", ...zinc, "--json"))).toEqual(before);
    const history = json(await keywords("history", "--theme", "stunting", "--json")) as {
      action: string;
      by: string;
    }[];
    expect(history.map(({ action, by }) => [action, by])).toEqual([
      ["removed", "Perencana"],
      ["added", "Perencana"],
    ]);
  });

  it("exports a file that a spreadsheet may change, and imports it back", async () => {
    const file = join(folder, "keywords.csv");
    expect((await keywords("export", "--theme", "stunting", "--out", file)).code).toBe(0);
    const text = await readFile(file, "utf8");
    const same = json(await keywords("import", file, "--as", "Perencana", "--json")) as Record<string, unknown>;
    expect(same).toMatchObject({ added: 0, updated: 0, faults: [] });
    expect(same.unchanged).toBe(text.trim().split("\n").length - 1);

    await writeFile(
      file,
      "\uFEFFtheme;intervention;kind;language;term;weight;ministries;note\r\nstunting;zinc;;;sirup seng;60;;\r\n",
    );
    expect(json(await keywords("import", file, "--as", "Perencana", "--json"))).toMatchObject({ added: 1, faults: [] });
    await writeFile(file, "theme,term,intervention\nstunting,sirup seng,zinc\n\nstunting,sirup,salah\n");
    const refused = await keywords("import", file, "--as", "Perencana", "--json");
    expect(refused.code).toBe(1);
    expect(json(refused)).toMatchObject({ updated: 0, faults: [{ row: 4, field: "intervention" }] });
    await writeFile(file, "kata\nx\n");
    expect((await keywords("import", file, "--as", "Perencana")).code).toBe(2);
    expect((await keywords("import", join(folder, "none.csv"), "--as", "Perencana")).code).toBe(2);
  });
});
