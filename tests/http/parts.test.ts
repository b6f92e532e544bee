import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueReports } from "../../src/http/due-reports.ts";
import { html } from "../../src/http/pages/html.ts";
import { negotiate } from "../../src/http/plugins/language.ts";
import { problemOf } from "../../src/http/problems.ts";
import { safeFileName } from "../../src/http/uploads.ts";
import { Versioned } from "../../src/http/versioned.ts";
import { translator } from "../../src/i18n/index.ts";
import { monthsOf } from "../../src/periods.ts";
import { reconciliationCsv } from "../../src/reconciliation/csv.ts";
import type { Reconciliation } from "../../src/reconciliation/index.ts";

describe("safeFileName", () => {
  it.each([
    ["realization.csv", "realization.csv"],
    ["C:\\Users\\a\\Realisasi 2019.xlsx", "Realisasi 2019.xlsx"],
    ["../../etc/passwd", "passwd"],
    ["..", "upload"],
    ["", "upload"],
    [undefined, "upload"],
    [".hidden", "hidden"],
    ["a\u0000b\u202ecsv.exe\n", "abcsv.exe"],
    ['a<b>:"|?*.csv', "a_b______.csv"],
    ["Ekspor — Ü.csv.gz", "Ekspor — Ü.csv.gz"],
    [`${"é".repeat(300)}.csv.gz`, `${"é".repeat(86)}.csv.gz`],
  ])("makes %j into %j", (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it("gives a name that stays inside its folder, whatever is sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
        const name = safeFileName(given);
        expect(name).not.toMatch(/[/\\\p{C}]|^\.|^$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(safeFileName(name)).toBe(name);
      }),
    );
  });
});

describe("negotiate", () => {
  it("never throws and knows two languages", () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(["id", "en"]).toContain(negotiate(header));
      }),
    );
    expect(negotiate("en;q=0")).toBe("id");
    expect(negotiate("id;q=0.1,en;q=0.2")).toBe("en");
  });
});

describe("html", () => {
  it("escapes every value and leaves what is HTML already", () => {
    const inner = html`<b>${"<&>\"'"}</b>`;
    expect(html`<p title="${'"'}">${[inner, "a<b", null, false, 5n]}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b>a&lt;b5</p>',
    );
  });
});

describe("dueReports", () => {
  const now = new Date("2020-07-01T00:00:00Z");

  it("lists what is due until now, newest first, also without any data", () => {
    expect(dueReports([], now).map(({ due }) => due)).toEqual(["2020-06", "2019-12"]);
  });

  it("goes on beyond now as far as there is data", () => {
    const months = monthsOf({ from: "2019-06", to: "2020-12" });
    const reports = dueReports(months, now);
    expect(reports.map(({ due, monthsWithData }) => [due, monthsWithData])).toEqual([
      ["2021-12", 3],
      ["2021-06", 9],
      ["2020-12", 12],
      ["2020-06", 10],
      ["2019-12", 4],
    ]);
  });
});

describe("Versioned", () => {
  it("works once per version, for all who ask, and again after a failure", async () => {
    let version = "a";
    let loads = 0;
    const kept = new Versioned(
      async () => version,
      async () => {
        loads++;
        if (version === "b") throw new Error("failed");
        return loads;
      },
    );
    expect(await Promise.all([kept.value(), kept.value()])).toEqual([1, 1]);
    version = "b";
    await expect(kept.value()).rejects.toThrow("failed");
    await expect(kept.value()).rejects.toThrow("failed");
    expect(loads).toBe(3);
    version = "c";
    expect(await kept.value()).toBe(4);
  });
});

describe("problemOf", () => {
  it("keeps the words of a defect inside", () => {
    const context = { t: translator("en"), instance: "/x", requestId: "1", input: {} };
    const problem = problemOf(new Error("SELECT secret FROM /home/x"), context);
    expect(problem).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(JSON.stringify(problem)).not.toContain("secret");
    const full = Object.assign(new Error("write /data/uploads"), { code: "ENOSPC" });
    expect(problemOf(full, context)).toMatchObject({ status: 507, code: "STORE-FULL" });
  });
});

describe("reconciliationCsv", () => {
  it("disarms names that a spreadsheet would run, and nothing else", () => {
    const measures = { original: null, revised: null, blocked: null, budget: 0n, twelfths: 0n, realization: -5n };
    const row = (key: string, name: string | null) => ({
      keys: { satker: key },
      names: { satker: name },
      ...measures,
      remaining: 5n,
      absorption: null,
    });
    const reconciliation: Reconciliation = {
      request: { by: ["satker"], window: { from: "2019-01", to: "2019-01" }, theme: null, basis: "whole", where: {} },
      rows: [row("000001", '=HYPERLINK("x")'), row("000002", "-a"), row("000003", "Plain, name"), row("000004", null)],
      total: { ...measures, remaining: 5n, absorption: null },
      unallocated: [],
      untagged: measures,
      filteredOut: measures,
      residual: 0n,
      dataAsOf: null,
      extracts: [],
    };
    expect(reconciliationCsv(reconciliation).split("\r\n")).toEqual([
      "satker,name,original,revised,blocked,budget,realization,remaining,absorption",
      '000001,"\'=HYPERLINK(""x"")",,,,0,-5,5,',
      "000002,'-a,,,,0,-5,5,",
      '000003,"Plain, name",,,,0,-5,5,',
      "000004,,,,,0,-5,5,",
      "",
    ]);
  });
});
