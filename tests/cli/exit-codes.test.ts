import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { json, tandai } from "../support/cli.ts";
import { fixture } from "../support/import.ts";
import { newStorePlace, type StorePlace } from "../support/stores.ts";

let place: StorePlace;

beforeAll(async () => {
  place = await newStorePlace("sqlite");
});

afterAll(() => place.dispose());

const run = (...args: string[]) => tandai([...args, "--db", place.location]);

describe("exit codes", () => {
  it.each([
    [["nonsense"]],
    [["code"]],
    [["code", "2080", "--no-such-option"]],
    [["import"]],
    [["import", "/no/such/file.csv"]],
    [["import", "tests"]],
    [["import", "/dev/null"]],
    [["reconcile", "--from", "2019-01", "--to", "2019-12"]],
    [["reconcile", "--by", "colour", "--from", "2019-01", "--to", "2019-12"]],
    [["reconcile", "--by", "ministry", "--from", "2019-13", "--to", "2019-12"]],
    [["reconcile", "--by", "ministry", "--from", "2020-01", "--to", "2019-12"]],
    [["reconcile", "--by", "class", "--from", "2019-01", "--to", "2019-12"]],
    [["reconcile", "--by", "ministry", "--from", "2019-01", "--to", "2019-12", "--theme", "unknown"]],
    [["report", "nonsense", "--out", "x.xlsx"]],
    [["report", "performance-execution", "--due", "2020-01", "--out", "x.xlsx"]],
    [["extracts", "show", "77"]],
    [["extracts", "revert", "x"]],
    [["tags", "nonsense"]],
    [["serve", "--port", "99999"]],
  ])("2 for wrong usage: %j", async (args) => {
    const { code, stderr, stdout } = await run(...args);
    expect(code).toBe(2);
    expect(stderr.trim()).not.toBe("");
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
  });

  it("one JSON document also for an error", async () => {
    const failed = await run("reconcile", "--by", "colour", "--from", "2019-01", "--to", "2019-12", "--json");
    expect(failed.code).toBe(2);
    expect(json(failed)).toMatchObject({ error: { code: "USAGE" } });
  });

  it("3 with no stack trace when the store is not a store", async () => {
    const failed = await tandai(["verify", "--db", fixture("world-1", "tags.csv")]);
    expect(failed.code).toBe(3);
    expect(failed.stderr).not.toMatch(/\n\s+at /);
  });

  it("0 for help, which lists every command", async () => {
    const help = await tandai(["--help"]);
    expect(help.code).toBe(0);
    for (const name of Object.keys(COMMANDS)) expect(help.stdout).toContain(`tandai ${name}`);
    expect((await tandai(["import", "--help"])).stdout).toContain("--dry-run");
  });
});
