import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACHIEVEMENT_TABLE, achievementFile, PAYMENT_ROWS, PAYMENTS, paymentFile } from "../mappings/definitions.ts";
import { type Service, startService } from "./support.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const FILE = new Blob([paymentFile()]);

const post = (path: string, body: unknown) =>
  service.json(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const send = async (path: string, fields: Record<string, string>, file: Blob = FILE, name = "april.csv") => {
  const response = await service.upload(file, fields, path, name);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe("mappings over HTTP", () => {
  it("are proposed, tried, saved, listed, and reused by imports", async () => {
    const proposed = await send("/api/v1/mappings/propose", {});
    expect(proposed).toMatchObject({
      status: 200,
      body: {
        header_row: 3,
        questions: [],
        definition: { kind: "realization", fields: { amount: { column: "Nilai" } } },
      },
    });
    const tried = await send("/api/v1/mappings/preview", { definition: JSON.stringify(PAYMENTS) });
    expect(tried).toMatchObject({
      status: 200,
      body: {
        layout: "mapping:?",
        rows: [{ row: 4, values: { date: "2022-04-22", amount: "6776000" } }, { row: 5 }, { row: 6 }],
        totals: { rows: { read: 4, posted: 3, rejected: 0, skipped: 1 }, amount: { posted: 6_776_234 } },
        formats: [{ column: "nilai", style: "1.234.567,89" }, { style: "dd-mm-yyyy" }],
      },
    });
    const saved = await post("/api/v1/mappings", { name: "sikd", definition: PAYMENTS });
    expect(saved).toMatchObject({ status: 201, body: { layout: "mapping:sikd@1", definition: PAYMENTS } });
    const second = await post("/api/v1/mappings", { name: "sikd", definition: { ...PAYMENTS, filters: [] } });
    expect(second.body).toMatchObject({ version: 2 });
    const list = (await service.json("/api/v1/mappings")).body as unknown as { layout: string }[];
    expect(list.map(({ layout }) => layout)).toEqual(["mapping:sikd@2", "mapping:sikd@1"]);
    expect((await service.json("/api/v1/mappings/sikd")).body).toMatchObject({ version: 2 });
    expect((await service.json("/api/v1/mappings/sikd?version=1")).body).toMatchObject({ definition: PAYMENTS });
    expect((await send("/api/v1/mappings/preview", { mapping: "sikd@2" })).body).toMatchObject({
      totals: { rows: { posted: 4 } },
    });
    expect((await service.importFile(FILE)).result).toMatchObject({ layout: "mapping:sikd@2", rows: { posted: 4 } });
    expect((await service.importFile(FILE, { mapping: "sikd@1" })).result).toMatchObject({
      layout: "mapping:sikd@1",
      rows: { posted: 3, skipped: 1 },
    });
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });

  it("are refused with a problem document that says where and why", async () => {
    const broken = { ...PAYMENTS, fields: { ...PAYMENTS.fields, amount: { column: "Rupiah", unit: null } } };
    const refused = await post("/api/v1/mappings?lang=en", { name: "x", definition: broken });
    expect(refused).toMatchObject({ status: 422, body: { code: "MAPPING-INVALID" } });
    expect(refused.body.hint).toContain("The header of the table has no column Rupiah.");
    expect(refused.body.hint).toContain("State its unit");
    expect(await post("/api/v1/mappings", { name: "Nama Saya", definition: PAYMENTS })).toMatchObject({ status: 400 });
    expect(await post("/api/v1/mappings", { name: "x", definition: { kind: "gaji" } })).toMatchObject({ status: 400 });
    expect(await service.json("/api/v1/mappings/tiada")).toMatchObject({
      status: 404,
      body: { code: "MAPPING-UNKNOWN" },
    });
    const preview = (fields: Record<string, string>) => send("/api/v1/mappings/preview", fields);
    expect(await preview({})).toMatchObject({ status: 400, body: { code: "MAPPING-CHOICE" } });
    expect(await preview({ definition: "{" })).toMatchObject({ status: 422, body: { code: "MAPPING-INVALID" } });
    expect(await preview({ mapping: "tiada" })).toMatchObject({ status: 404 });
    expect(await send("/api/v1/mappings/propose", {}, new Blob([""]))).toMatchObject({
      status: 422,
      body: { code: "FILE-UNREADABLE" },
    });
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });
});

/** The fields of the form of a page, as a browser would send them. */
function formOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const decode = (text: string) =>
    text
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  const attribute = (tag: string, name: string) => {
    const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    return found === undefined ? null : decode(found);
  };
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, "name");
    const optional = /type="(radio|checkbox)"/.test(tag);
    if (name !== null && (!optional || /\bchecked\b/.test(tag))) fields[name] = attribute(tag, "value") ?? "";
  }
  for (const [, name = "", options = ""] of html.matchAll(/<select name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = [...options.matchAll(/<option value="([^"]*)"( selected)?/g)];
    fields[name] = decode((chosen.find(([, , selected]) => selected) ?? chosen[0])?.[1] ?? "");
  }
  return fields;
}

const draft = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return service.get("/mappings/draft?lang=id", { method: "POST", body: form, redirect: "manual" });
};

describe("the pages of mappings", () => {
  const rows = PAYMENT_ROWS.map((row) => row.map((cell) => cell.replace("/04/", "/06/")));

  it("lead from a file to its import, without script", async () => {
    const proposal = await service.upload(new Blob([paymentFile(rows)]), {}, "/mappings/propose", "SP2D Juni.csv");
    expect(proposal.status).toBe(200);
    const first = await proposal.text();
    expect(first).not.toMatch(/<script|undefined|\[object|mapping\.\w+\.\w+/);
    expect(first).toContain("Kolom STATUS berisi");
    const form = formOf(first);
    expect(form).toMatchObject({ code_way: "pieces", "piece.satker.pad": "true", "field.amount.column": "Nilai" });
    const filter = { "filter.0.column": "STATUS", "filter.0.how": "is_not", "filter.0.values": "Batal, Void" };

    const open = await draft({ ...form, "field.amount.unit": "", "field.date.column": "", action: "preview" });
    const told = await open.text();
    expect(told).toContain('role="alert"');
    expect(told).toContain("Isian date belum ada sumbernya");

    const preview = await draft({ ...form, ...filter, action: "preview" });
    const shown = await preview.text();
    expect(shown).toContain("022001.015.524111.01505CC.4787AEF");
    expect(shown).toContain("Rp 6.776.234");
    const corrected = formOf(shown);
    expect(corrected).toMatchObject({ ...filter, name: "sp2d-juni" });

    const nameless = await draft({ ...corrected, name: "Nama Saya", action: "import" });
    expect(await nameless.text()).toContain("tidak sah");
    const saved = await draft({ ...corrected, name: "juni", action: "import" });
    expect(saved.status).toBe(303);
    const job = saved.headers.get("location") ?? "";
    const id = /\/jobs\/([^?]+)/.exec(job)?.[1];
    await (await service.get(`/api/v1/jobs/${id}/events`)).text();
    expect((await service.json(`/api/v1/jobs/${id}`)).body).toMatchObject({
      result: { status: "posted", layout: "mapping:juni@1", rows: { posted: 3, skipped: 1 } },
    });
    const list = await (await service.get("/mappings")).text();
    expect(list).toContain(">juni</a>");
    // Imported and gone: the form of an old page says so.
    expect((await draft({ ...corrected, action: "preview" })).status).toBe(404);
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });

  it("lead a table of achievements to its import, its nodes in pieces", async () => {
    const content = new Blob([achievementFile(ACHIEVEMENT_TABLE.slice(0, 4))]);
    const proposal = await service.upload(content, {}, "/mappings/propose", "capaian.csv");
    const page = await proposal.text();
    expect(page).toContain("sebagai capaian output");
    expect(page).not.toMatch(/undefined|\[object|mapping\.\w+\.\w+/);
    const form = formOf(page);
    expect(form).toMatchObject({
      code_way: "pieces",
      "piece.activity.column": "Kegiatan",
      "field.unit.column": "Satuan",
    });
    // Only levels of a node are offered.
    expect(form).not.toHaveProperty("piece.fund_segment.column");
    const shown = await (await draft({ ...form, action: "preview" })).text();
    expect(shown).toContain("4787.AEF.007");
    const saved = await draft({ ...formOf(shown), name: "capaian", action: "import" });
    const id = /\/jobs\/([^?]+)/.exec(saved.headers.get("location") ?? "")?.[1];
    await (await service.get(`/api/v1/jobs/${id}/events`)).text();
    expect((await service.json(`/api/v1/jobs/${id}`)).body).toMatchObject({
      result: { status: "posted", layout: "mapping:capaian@1", rows: { posted: 2 } },
    });
  });

  it("refuse forms that they did not make", async () => {
    const proposal = await service.upload(new Blob([paymentFile(rows)]), {}, "/mappings/propose", "a.csv");
    const form = formOf(await proposal.text());
    for (const upload of ["../../etc/passwd", "x/a.csv", `${"0".repeat(36)}/a.csv`, ""]) {
      expect((await draft({ ...form, upload })).status, upload).toBe(404);
    }
    expect((await draft({ ...form, header: "{}" })).status).toBe(400);
    expect((await draft({ ...form, kind: "gaji" })).status).toBe(400);
    const only = await draft({ ...form, name: "hanya", action: "save" });
    expect([only.status, only.headers.get("location")]).toEqual([303, "/mappings?lang=id"]);
    const none = await service.upload(new Blob([""]), {}, "/mappings/propose", "kosong.csv");
    expect(none.status).toBe(422);
  });
});
