import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { json, tandai } from "../support/cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandai-cli-tags-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) => tandai([...args, "--db", join(folder, "tandai.db")], { TANDAI_AS: "" });
const TAG = ["--theme", "stunting", "--code", "2080.QEA.001", "--year", "2023", "--intervention", "zinc"];

describe("tandai tags", () => {
  it("takes a tag from proposal to agreement, with two people", async () => {
    expect(await run("tags", "propose", ...TAG)).toMatchObject({ code: 2, stderr: expect.stringContaining("--as") });
    const proposed = await run("tags", "propose", ...TAG, "--share", "60", "--as", "Sari", "--json");
    expect([proposed.code, json(proposed)]).toMatchObject([0, { created: 1, results: [{ tag: 1 }] }]);
    expect((await run("tags", "review", "1", "--as", "Budi")).code).toBe(0);
    const agreement = ["--agreement", "BA-1", "--date", "2023-03-01", "--semester", "2023-1", "--party", "Bappenas"];
    const own = await run("tags", "agree", "1", ...agreement, "--as", "sari");
    expect([own.code, own.stdout]).toEqual([1, expect.stringContaining("TAG-023")]);
    expect((await run("tags", "agree", "--all", "--theme", "stunting", ...agreement, "--as", "Budi")).code).toBe(0);
    expect(json(await run("tags", "list", "--json"))).toMatchObject([{ id: 1, status: "agreed", share: "60" }]);
    expect(json(await run("tags", "history", "1", "--json"))).toHaveLength(3);
    const edited = await run("tags", "change", "1", "--share", "50", "--as", "Budi");
    expect([edited.code, edited.stdout]).toEqual([1, expect.stringContaining("tandai tags replace 1")]);
    const replaced = await run(
      "tags",
      "replace",
      "1",
      "--share",
      "50",
      "--as",
      "Budi",
      "--why",
      "porsi baru",
      "--json",
    );
    expect([replaced.code, json(replaced)]).toMatchObject([0, { created: 1 }]);
  });

  it("writes and reads worksheets, allocates codes, looks back", async () => {
    const sheet = join(folder, "lembar.xlsx");
    expect((await run("tags", "worksheet", "--theme", "stunting", "--year", "2023", "--out", sheet)).code).toBe(0);
    const read = await run("tags", "read-worksheet", sheet, "--as", "Dewi", "--json");
    expect([read.code, json(read)]).toMatchObject([0, { created: 0, updated: 0, refused: 0 }]);
    expect((await run("tags", "read-worksheet", join(folder, "none.xlsx"), "--as", "Dewi")).code).toBe(2);
    const text = join(folder, "a.csv");
    await writeFile(text, "a,b\n1,2\n");
    expect((await run("tags", "read-worksheet", text, "--as", "Dewi")).code).toBe(2);
    expect(
      json(await run("tags", "codes", "--theme", "stunting", "--allocate", "--as", "Sari", "--json")),
    ).toHaveLength(36);
    const table = join(folder, "span.csv");
    const written = await run(
      "tags",
      "reference-table",
      "--for",
      "span",
      "--theme",
      "stunting",
      "--year",
      "2023",
      "--out",
      table,
    );
    expect(written.code).toBe(0);
    const window = ["--by", "class", "--from", "2023-01", "--to", "2023-12", "--theme", "stunting"];
    expect((await run("reconcile", ...window, "--as-of", "31-12-2022")).code).toBe(2);
    const past = await run("reconcile", ...window, "--as-of", "2022-12-31", "--json");
    expect([past.code, json(past)]).toMatchObject([0, { as_of: "2022-12-31T23:59:59.999Z", rows: [], residual: 0 }]);
  });
});
