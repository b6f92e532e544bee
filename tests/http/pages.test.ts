import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realization, type Service, startService } from "./support.ts";

let service: Service;
let empty: Service;
beforeAll(async () => {
  service = await startService({ world: true });
  empty = await startService();
});
afterAll(async () => {
  await service.stop();
  await empty.stop();
});

const page = async (path: string, from: Service = service) => {
  const response = await from.get(path, { headers: { accept: "text/html" } });
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  return { status: response.status, html: await response.text() };
};

describe("every page", () => {
  it.each(["/", "/code?code=2080.QEA", "/nowhere", "/code?code="])(
    "%s needs no script and nothing from elsewhere",
    async (path) => {
      const { html } = await page(path);
      expect(html).toMatch(/^<!doctype html>\n<html lang="id">/);
      expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/i);
      for (const [, link = ""] of html.matchAll(/(?:href|src|action)="([^"]*)"/g)) expect(link).toMatch(/^(\/|#)/);
      expect(html).toContain('name="viewport"');
      expect(html).not.toMatch(/undefined|\[object|http\.\w+\.\w+/);
    },
  );

  it("links to files that are there", async () => {
    const { html } = await page("/");
    const [, style = ""] = /<link rel="stylesheet" href="([^"]+)"/.exec(html) ?? [];
    const css = await service.get(style);
    expect(css.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(css.headers.get("cache-control")).toContain("immutable");
    expect(await css.text()).not.toContain("url(");
    expect((await service.get("/assets/tandai.svg")).headers.get("content-type")).toContain("image/svg+xml");
  });
});

describe("the start page", () => {
  it("tells what the store holds", async () => {
    const { html } = await page("/?lang=en");
    expect(html).toContain("January 2019 – December 2021");
    expect(html).toContain("2019–2021");
    expect(html).toContain("Tagged stunting, October 2020 – September 2021 (newest report window)");
    const { body } = await service.json("/api/v1/reconciliation?by=class&from=2020-10&to=2021-09&theme=stunting");
    const total = body.total as { realization: number };
    expect(html).toContain(`Rp ${total.realization.toLocaleString("en-GB")}`);
    expect(html).not.toContain("DEMONSTRATION");
  });

  it("links to reports that can be downloaded, and marks what is not complete", async () => {
    const { html } = await page("/?lang=en");
    const links = [...html.matchAll(/href="(\/api\/v1\/reports\/[^"]+)"/g)].map(([, link = ""]) =>
      link.replaceAll("&amp;", "&"),
    );
    expect(links).toHaveLength(6);
    expect(links[0]).toBe("/api/v1/reports/performance-execution?due=2022-12&lang=en");
    expect(html).toContain("data for 3 of 12 months");
    const report = await service.get(links.at(-1) ?? "");
    expect(report.status).toBe(200);
    await report.arrayBuffer();
  });

  it("works on an empty store", async () => {
    const { status, html } = await page("/", empty);
    expect(status).toBe(200);
    expect(html).toContain("Belum ada ekstrak.");
    expect(html).toContain("belum ada");
  });

  it("shows a new extract at once", async () => {
    const before = await page("/", empty);
    await empty.importFile(realization("x"));
    const after = await page("/", empty);
    expect(before.html).not.toContain("ditahan</span>");
    expect(after.html).toContain("ditahan</span>");
  });
});

describe("the page of a code", () => {
  it("names the segments", async () => {
    const { html } = await page(
      "/code?code=636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000&year=&lang=en",
    );
    for (const text of [
      "KEMENTERIAN KEUANGAN",
      "PANGKAL PINANG",
      "valid code",
      "12 segments",
      "treasury office (KPPN)",
    ])
      expect(html).toContain(text);
  });

  it("says what is wrong, and shows any input harmlessly", async () => {
    const { status, html } = await page(`/code?lang=en&code=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(status).toBe(200);
    expect(html).toContain("invalid code");
    expect(html).not.toContain("<script>");
    expect(html).toContain("&quot;&gt;&lt;SCRIPT&gt;".toLowerCase());
  });

  it("explains a wrong year on a page", async () => {
    const { status, html } = await page("/code?code=2080&year=1900&lang=en");
    expect(status).toBe(400);
    expect(html).toContain("year is 1900, which is too small. At least 2000.");
  });
});

describe("sending a file from the page", () => {
  it("leads to a page that follows the import and shows its result", async () => {
    const sent = await service.upload(
      realization("1", "x"),
      { layout: "", scope: "", max_rejects: "" },
      "/upload?lang=en",
    );
    expect(sent.status).toBe(303);
    const location = sent.headers.get("location") ?? "";
    expect(location).toMatch(/^\/jobs\/[\da-f-]{36}\?lang=en$/);
    const finished = async () => !(await page(location)).html.includes('http-equiv="refresh"');
    await expect.poll(finished, { interval: 20, timeout: 20_000 }).toBe(true);
    const { html } = await page(location);
    expect(html).toContain("blocked");
    expect(html).toContain("Nothing was posted.");
    expect(html).toContain("&quot;x&quot; in column amount");
    const [, rejects = ""] = /href="(\/api\/v1\/extracts\/\d+\/rejects[^"]*)"/.exec(html) ?? [];
    expect((await service.get(rejects.replaceAll("&amp;", "&"))).status).toBe(200);
  });

  it("shows what is wrong with the form as a page", async () => {
    const form = new FormData();
    form.append("scope", "x");
    const response = await service.get("/upload?lang=en", {
      method: "POST",
      body: form,
      headers: { accept: "text/html" },
    });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain("file is required.");
    expect(html).toContain("cannot be read as a scope");
  });

  it("says that a job is unknown", async () => {
    const { status, html } = await page("/jobs/none?lang=en");
    expect(status).toBe(404);
    expect(html).toContain("There is no job none.");
  });
});
