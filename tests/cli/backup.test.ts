import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { code, realization } from "../ledger/world.ts";
import { json, tandai } from "../support/cli.ts";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandai-cli-backup-"));
  await writeFile(at("a.csv"), realization([[code(), "2019-04-30", 5]]));
  expect((await tandai(["import", at("a.csv"), "--db", at("a.db")])).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("tandai backup and restore", () => {
  it("move a store to another place, hash for hash", async () => {
    const backup = await tandai(["backup", at("a.tandai"), "--db", at("a.db"), "--json"]);
    expect(backup.code).toBe(0);
    const restored = await tandai(["restore", at("a.tandai"), "--db", at("b.db"), "--json"]);
    expect(restored.code).toBe(0);
    const document = json(backup) as { ledger: string; file: string };
    expect(document.file).toBe("a.tandai");
    expect(json(restored)).toMatchObject({ file: "a.tandai", replaced: false, ledger: document.ledger });
    const verified = await tandai(["verify", "--db", at("b.db"), "--json"]);
    expect(json(verified)).toMatchObject({ ok: true, hash: document.ledger });
  });

  it("say to people what they did, in both languages", async () => {
    const id = await tandai(["backup", at("p.tandai"), "--db", at("a.db")]);
    expect(id.stdout).toContain("cadangan");
    const en = await tandai(["restore", at("p.tandai"), "--db", at("p.db"), "--lang", "en"]);
    expect(en.stdout).toContain("restored from");
  });

  it("answer 2 where there is something to lose, 1 where the backup is none", async () => {
    await tandai(["backup", at("c.tandai"), "--db", at("a.db")]);
    const before = await readFile(at("a.db"));
    const refused = await tandai(["restore", at("c.tandai"), "--db", at("a.db"), "--json"]);
    expect(refused.code).toBe(2);
    expect(json(refused)).toMatchObject({ error: { code: "STORE-NOT-EMPTY" } });
    const broken = await readFile(at("c.tandai"));
    broken.writeUInt8(broken.readUInt8(broken.length / 2) ^ 1, broken.length / 2);
    await writeFile(at("broken.tandai"), broken);
    const damaged = await tandai(["restore", at("broken.tandai"), "--db", at("a.db"), "--force", "--json"]);
    expect(damaged.code).toBe(1);
    expect(json(damaged)).toMatchObject({ error: { code: "BACKUP-DAMAGED" } });
    expect((await tandai(["restore", at("a.csv"), "--db", at("a.db"), "--force"])).code).toBe(1);
    expect((await tandai(["backup", at("a.csv"), "--db", at("a.db")])).code).toBe(2);
    expect((await tandai(["restore", at("missing"), "--db", at("a.db")])).code).toBe(2);
    for (const command of ["backup", "restore"]) {
      expect((await tandai([command, "--db", at("a.db")])).code).toBe(2);
      expect((await tandai([command, "x", "y", "--db", at("a.db")])).code).toBe(2);
    }
    expect(await readFile(at("a.db"))).toEqual(before);
  });
});
