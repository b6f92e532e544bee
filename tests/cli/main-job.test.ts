import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { json, tandai } from "../support/cli.ts";
import { fixture } from "../support/import.ts";
import { ENGINES, newStorePlace, type StorePlace } from "../support/stores.ts";

interface ImportJson {
  extract: number | null;
  layout: string;
  status: string;
  rows: { read: number; posted: number; rejected: number; skipped: number };
  amount: { read: number; posted: number; rejected: number };
  changes: Record<string, number>;
  control_totals: { difference: number }[];
  scope: { kind: string; fiscal_years: number[]; months: string[]; satkers: number };
  rejects: { row: number; column: string; value: string; rule: string; message: string; cure: string }[];
}

const world = (file: string) => fixture("world-1", file);

/** The way of the issue, step by step over the command line: each test builds on the one before. */
describe.each(ENGINES)("files in, workbook out, on %s", (engine) => {
  let place: StorePlace;
  let work: StorePlace;

  beforeAll(async () => {
    place = await newStorePlace(engine);
    work = await newStorePlace("sqlite");
  });

  afterAll(async () => {
    await place.dispose();
    await work.dispose();
  });

  const run = (...args: string[]) => tandai(args, { TANDAI_DB: place.location });
  const file = (name: string) => join(dirname(work.location), name);

  it("imports several files in the order given", async () => {
    const imported = await run("import", world("satkers.csv"), world("budget.csv"), world("realization.csv"), "--json");
    expect(imported.code).toBe(0);
    const [satkers, budget, realization] = json(imported) as ImportJson[];
    expect([satkers?.layout, budget?.layout, realization?.layout]).toEqual(["satkers", "budget", "realization"]);
    expect(realization).toMatchObject({
      extract: 3,
      status: "posted",
      rows: { read: 8398, posted: 8398, rejected: 0, skipped: 0 },
      amount: { read: 1308959656993, posted: 1308959656993, rejected: 0 },
      changes: { created: 8398, updated: 0, unchanged: 0, removed: 0 },
      scope: { kind: "realization", fiscal_years: [2019, 2020, 2021], satkers: 90 },
      rejects: [],
    });
    expect(realization?.control_totals.map(({ difference }) => difference)).toEqual([0]);
  });

  it("the same file twice changes nothing", async () => {
    const again = await run("import", world("realization.csv"), "--json");
    expect(again.code).toBe(0);
    expect(json(again)).toMatchObject({ extract: 3, status: "unchanged", changes: { created: 0, unchanged: 8398 } });
  });

  it("agrees tags under a numbered agreement, and exports what it imported", async () => {
    const tags = await run("tags", "import", world("tags.csv"), "--agreed", "BA-01/2019", "--json");
    expect(tags.code).toBe(0);
    expect(json(tags)).toMatchObject({ layout: "tags", status: "posted", rows: { posted: 328 } });
    const exported = await run("tags", "export", "--json");
    const rows = json(exported) as { status: string; agreement: string }[];
    expect(rows).toHaveLength(328);
    expect(new Set(rows.map(({ status, agreement }) => `${status} ${agreement}`))).toEqual(
      new Set(["agreed BA-01/2019"]),
    );
  });

  it("reconciles with exact integers and residual 0, as JSON and CSV", async () => {
    const options = ["reconcile", "--by", "ministry", "--from", "2019-04", "--to", "2020-03", "--theme", "stunting"];
    const result = json(await run(...options, "--json")) as Record<string, unknown>;
    expect(result).toMatchObject({
      from: "2019-04",
      to: "2020-03",
      by: ["ministry"],
      theme: "stunting",
      basis: "whole",
      residual: 0,
    });
    const rows = result.rows as Record<string, unknown>[];
    expect(rows.find(({ ministry }) => ministry === "024")).toMatchObject({
      name: "KEMENTERIAN KESEHATAN",
      original: 37077916000,
      revised: 36854842000,
      blocked: 19587050,
      budget: 24440970730,
      realization: 20437917624,
      remaining: 24440970730 - 20437917624,
      absorption: 0.836215,
    });
    const csv = (await run(...options, "--csv")).stdout.trim().split("\n");
    expect(csv[0]).toBe("ministry,name,original,revised,blocked,budget,realization,remaining,absorption");
    expect(csv).toHaveLength(rows.length + 1);
  });

  it("cuts to a filter without losing a rupiah", async () => {
    const options = ["reconcile", "--by", "district,month", "--from", "2019-01", "--to", "2019-12", "--json"];
    const result = json(await run(...options, "--where", "ministry=024,fund=A")) as {
      residual: number;
      rows: unknown[];
    };
    expect(result.residual).toBe(0);
    expect(result.rows.length).toBeGreaterThan(0);
  });

  it("blocks a broken file, posts nothing, and keeps the rejects with reasons", async () => {
    const lines = (await readFile(world("realization.csv"), "utf8")).split("\n").slice(0, 4);
    lines[2] = (lines[2] ?? "").replace(/,\d+,$/, ",6.776.00000,");
    await writeFile(file("broken.csv"), `${lines.join("\n")}\n`);
    const blocked = await run("import", file("broken.csv"), "--json");
    expect(blocked.code).toBe(1);
    const result = json(blocked) as ImportJson;
    expect(result).toMatchObject({
      status: "blocked",
      rows: { read: 3, posted: 2, rejected: 1 },
      withheld: { rows: 2 },
    });
    expect(result.rejects[0]).toMatchObject({ row: 3, column: "amount", value: "6.776.00000", rule: "AMT-003" });
    const rejects = await run("extracts", "rejects", String(result.extract), "--lang", "en");
    expect(rejects.stdout).toContain("6.776.00000");
    expect(rejects.stdout).toContain("AMT-003");
    const english = json(await run("import", file("broken.csv"), "--json", "--lang", "en")) as ImportJson;
    expect(english.rejects[0]?.message).toContain("column amount");
  });

  it("writes the report: the same bytes twice, checks passed, and not for a month without a due date", async () => {
    const due = ["report", "performance-execution", "--due", "2019-12", "--json"];
    const first = await run(...due, "--out", file("first.xlsx"));
    expect(first.stderr).toBe("");
    expect(first.code).toBe(0);
    expect(json(first)).toMatchObject({
      report: "performance-execution",
      due: "2019-12",
      from: "2019-04",
      to: "2019-09",
    });
    await run(...due, "--out", file("second.xlsx"));
    const digest = async (name: string) =>
      createHash("sha256")
        .update(await readFile(file(name)))
        .digest("hex");
    expect(await digest("second.xlsx")).toBe(await digest("first.xlsx"));
  });

  it("reverts: the ledger is as before, and a second revert says why not", async () => {
    expect((await run("extracts", "revert", "3")).code).toBe(0);
    const empty = json(await run("reconcile", "--by", "ministry", "--from", "2019-01", "--to", "2019-12", "--json"));
    expect(empty).toMatchObject({ total: { realization: 0 }, residual: 0 });
    const again = await run("extracts", "revert", "3");
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("reverted");
    const reread = json(await run("import", world("realization.csv"), "--json")) as ImportJson;
    expect(reread.status).toBe("posted");
  });

  it("verifies clean", async () => {
    const verified = await run("verify", "--json");
    expect(verified.code).toBe(0);
    expect(json(verified)).toMatchObject({ ok: true, findings: [] });
  });

  it("lists extracts with their states", async () => {
    const extracts = json(await run("extracts", "--json")) as { extract: number; status: string }[];
    expect(extracts.map(({ status }) => status)).toContain("reverted");
    expect((await run("extracts")).stdout).toContain("realization.csv");
  });
});
