import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAYMENT_ROWS, paymentFile } from "../mappings/definitions.ts";
import { json, tandai } from "../support/cli.ts";

let folder: string;
let env: NodeJS.ProcessEnv;
const place = (name: string): string => join(folder, name);
const run = (...args: string[]) => tandai(args, env);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandai-mappings-"));
  env = { TANDAI_DB: place("store.db") };
  await writeFile(place("april.csv"), paymentFile());
  await writeFile(
    place("mei.csv"),
    paymentFile(PAYMENT_ROWS.map((row) => row.map((cell) => cell.replace("/04/", "/05/")))),
  );
  await writeFile(place("rusak.csv"), paymentFile([["1", "22001", "15", "5241", "x", "y", "z", "1", "lima", "Paid"]]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("tandai mappings", () => {
  it("proposes, previews, saves and reuses a mapping", async () => {
    const unknown = await run("import", "--json", place("april.csv"));
    expect(unknown.code).toBe(1);
    expect(json(unknown)).toMatchObject({
      rejects: [{ rule: "FILE-003", cure: expect.stringContaining("mappings propose") }],
    });

    const proposed = await run("mappings", "propose", place("april.csv"), "--json", "--out", place("f.json"));
    expect(proposed.code).toBe(0);
    expect(json(proposed)).toMatchObject({ definition: { kind: "realization" }, header_row: 3, questions: [] });

    const definition = JSON.parse(await readFile(place("f.json"), "utf8"));
    definition.filters = [{ column: "STATUS", is_not: ["Batal"] }];
    await writeFile(place("f.json"), JSON.stringify(definition));
    const preview = await run("mappings", "preview", place("april.csv"), "--file", place("f.json"), "--json");
    expect(preview.code).toBe(0);
    expect(json(preview)).toMatchObject({
      layout: "mapping:?",
      rows: [
        { row: 4, values: { date: "2022-04-22", amount: "6776000" }, problems: [] },
        { row: 5, values: { date: "2022-04-06", amount: "1234" } },
        { row: 6, values: { amount: "-1000" } },
      ],
      totals: { rows: { read: 4, posted: 3, rejected: 0, skipped: 1 }, amount: { posted: 6_776_234 } },
      warnings: { "FILE-104": 1 },
    });

    expect(json(await run("mappings", "save", "sikd", "--file", place("f.json"), "--json"))).toMatchObject({
      name: "sikd",
      version: 1,
      layout: "mapping:sikd@1",
    });
    expect(json(await run("mappings", "--json"))).toMatchObject([{ layout: "mapping:sikd@1", kind: "realization" }]);
    expect(json(await run("mappings", "show", "sikd@1", "--json"))).toMatchObject({ definition });
    expect(json(await run("import", "--json", place("april.csv")))).toMatchObject({
      status: "posted",
      layout: "mapping:sikd@1",
      rows: { posted: 3 },
    });
    expect(json(await run("import", "--json", "--mapping", "sikd@1", place("mei.csv")))).toMatchObject({
      status: "posted",
      scope: { months: ["2022-05"] },
    });
    const broken = await run("mappings", "preview", place("rusak.csv"), "--mapping", "sikd", "--json");
    expect(broken.code).toBe(1);
    expect(json(broken)).toMatchObject({ rows: [{ row: 4, values: null }], totals: { rows: { rejected: 1 } } });
  });

  it("speaks to people", async () => {
    const proposal = (await run("mappings", "propose", place("april.csv"))).stdout;
    expect(proposal).toContain("code.satker ← Satker");
    expect(proposal).toContain("STATUS");
    const preview = (await run("mappings", "preview", place("april.csv"), "--mapping", "sikd@1", "--lang", "en"))
      .stdout;
    expect(preview).toContain("3 good (Rp 6,776,234)");
    expect((await run("mappings")).stdout).toContain("mapping:sikd@1");
    expect((await run("mappings", "show", "sikd")).stdout).toContain('"kind": "realization"');
  });

  it("refuses what cannot be used, and says why", async () => {
    const definition = JSON.parse(await readFile(place("f.json"), "utf8"));
    await writeFile(
      place("open.json"),
      JSON.stringify({ ...definition, fields: { ...definition.fields, amount: undefined } }),
    );
    await writeFile(place("shape.json"), JSON.stringify({ ...definition, kind: "gaji" }));
    await writeFile(place("text.json"), "bukan json");
    await writeFile(place("kosong.csv"), "");
    const usage = async (...args: string[]) => {
      const done = await run(...args, "--json");
      return [done.code, (json(done) as { error: { code: string } }).error.code];
    };
    expect(await usage("mappings", "save", "x", "--file", place("open.json"))).toEqual([2, "MAPPING-INVALID"]);
    expect(await usage("mappings", "save", "x", "--file", place("shape.json"))).toEqual([2, "MAPPING-INVALID"]);
    expect(await usage("mappings", "save", "x", "--file", place("text.json"))).toEqual([2, "USAGE"]);
    expect(await usage("mappings", "save", "Nama Saya", "--file", place("f.json"))).toEqual([2, "MAPPING-NAME"]);
    expect(await usage("mappings", "save", "x")).toEqual([2, "USAGE"]);
    expect(await usage("mappings", "show", "tiada")).toEqual([2, "MAPPING-UNKNOWN"]);
    expect(await usage("mappings", "propose", place("tiada.csv"))).toEqual([2, "USAGE"]);
    expect(await usage("mappings", "propose", place("kosong.csv"))).toEqual([2, "FILE-UNREADABLE"]);
    expect(await usage("mappings", "propose", place("april.csv"), "--kind", "gaji")).toEqual([2, "USAGE"]);
    expect(await usage("mappings", "preview", place("april.csv"))).toEqual([2, "USAGE"]);
    expect(await usage("mappings", "hapus", "x")).toEqual([2, "USAGE"]);
    expect(await usage("mappings", "show")).toEqual([2, "USAGE"]);
    expect(await usage("import", place("april.csv"), "--mapping", "sikd", "--layout", "budget")).toEqual([2, "USAGE"]);
    expect(await usage("import", place("april.csv"), "--mapping", "tiada")).toEqual([2, "MAPPING-UNKNOWN"]);
  });
});
