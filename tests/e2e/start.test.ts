import { spawn } from "node:child_process";
import { access, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { json, MAIN, tandai } from "../support/cli.ts";

/** `npm start` in an empty folder: what it printed, and how it ended after being told to stop. */
interface Start {
  output: string;
  code: number | null;
}

const URL_LINE = /Tandai melayani di (http:\/\/127\.0\.0\.1:\d+)/;

describe("the first start on an empty store, and the second", () => {
  let folder: string;
  let first: Start;
  let page = "";
  let report: string;
  let reportTime = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandai-start-"));
    first = await start(folder, async (url) => {
      const [ready, home] = await Promise.all([fetch(`${url}/health/ready`), fetch(url)]);
      expect([ready.status, home.status]).toEqual([200, 200]);
      page = await home.text();
    });
    report = /Laporan +: (.+\.xlsx)/.exec(first.output)?.[1] ?? "";
    reportTime = (await stat(report)).mtimeMs;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const db = () => ({ TANDAI_DB: join(folder, "data", "tandai.db") });

  it("loads the demonstration, writes the newest report, serves, and says where everything is", async () => {
    expect(first.output).toMatch(/Anggaran peragaan dimuat: 28 berkas/);
    expect(first.output).toContain(join(folder, "data", "tandai.db"));
    expect(report).toContain("2022-12.xlsx");
    await access(report);
    expect(page).toContain("<html");
  });

  it("stops gracefully when told to", () => {
    expect(first.code).toBe(0);
  });

  it("leaves a store in which verify finds nothing and every residual is 0", async () => {
    const verified = await tandai(["verify", "--json"], db());
    expect(json(verified)).toMatchObject({ ok: true, findings: [] });
    for (const year of [2018, 2019, 2020, 2021, 2022]) {
      for (const basis of ["whole", "weighted"]) {
        const window = ["--from", `${year}-01`, "--to", `${year}-12`, "--theme", "stunting", "--basis", basis];
        const result = json(await tandai(["reconcile", "--by", "intervention,ministry", ...window, "--json"], db()));
        expect(result).toMatchObject({ residual: 0 });
      }
    }
  });

  it("draws its priority cohorts: 100 districts in 2018, all 514 by 2022", async () => {
    const window = ["--from", "2019-01", "--to", "2019-12"];
    const result = json(await tandai(["reconcile", "--by", "cohort", ...window, "--json"], db())) as {
      rows: { cohort: string | null }[];
      residual: number;
    };
    expect(result.rows.map(({ cohort }) => cohort)).toEqual(["2018", "2019", "2020", "2021", "2022", null]);
    expect(result.residual).toBe(0);
  });

  it("does not load again", async () => {
    const second = await start(folder, async () => undefined);
    expect(second.output).not.toContain("peragaan dimuat");
    const extracts = json(await tandai(["extracts", "--json"], db())) as unknown[];
    expect(extracts).toHaveLength(28);
    expect((await stat(report)).mtimeMs).toBeGreaterThanOrEqual(reportTime);
  });
});

/** Starts in a folder, waits for the address, looks around, and tells it to stop. */
function start(folder: string, lookAround: (url: string) => Promise<void>): Promise<Start> {
  return new Promise((resolve, reject) => {
    const env: NodeJS.ProcessEnv = { ...process.env, TANDAI_LANG: "id" };
    delete env.TANDAI_DB;
    const child = spawn(process.execPath, [MAIN, "start", "--port", "0"], { cwd: folder, env });
    let output = "";
    let seen = false;
    const read = (chunk: Buffer) => {
      output += chunk;
      const url = URL_LINE.exec(output)?.[1];
      if (!url || seen) return;
      seen = true;
      lookAround(url)
        .catch(reject)
        .finally(() => child.kill("SIGTERM"));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("close", (code) => resolve({ output, code }));
  });
}
