import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawRequest, type Service, startService } from "./support.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const port = () => new URL(service.url).port;

describe("the address", () => {
  it("is the loopback address", () => {
    expect(new URL(service.url).hostname).toBe("127.0.0.1");
  });

  it.each(["localhost", "LOCALHOST:81", "127.0.0.1", "127.0.0.1:3000", "[::1]:3000", "[::1]"])(
    "answers Host %s",
    async (host) => {
      expect((await rawRequest(service.url, { path: "/health/live", headers: { host } })).status).toBe(200);
    },
  );

  it.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "evil.example:80",
    "0.0.0.0",
    "localhost:80@evil",
  ])("refuses Host %j on every path", async (host) => {
    for (const path of ["/health/live", "/", "/api/docs", "/nowhere", "/api/docs/static/swagger-ui.css"]) {
      const { status, body } = await rawRequest(service.url, { path, headers: { host } });
      expect(status).toBe(421);
      expect(JSON.parse(body)).toMatchObject({ code: "HOST-REFUSED" });
    }
  });

  it.each(["", "Host:\r\n"])("refuses a request without Host (%j)", async (line) => {
    const socket = connect({ port: Number(port()), host: "127.0.0.1" });
    socket.end(`GET /health/live HTTP/1.0\r\n${line}\r\n`);
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 421 /);
  });
});

describe("changes", () => {
  const post = (headers: Record<string, string>) =>
    rawRequest(service.url, { path: "/api/v1/verify", method: "POST", headers });

  it.each([
    [{ origin: "http://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "http://localhost:5173" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{}, 200],
  ])("asked for with %j give %i", async (headers, status) => {
    const reply = await post(headers as Record<string, string>);
    expect(reply.status).toBe(status);
    if (status === 403) expect(JSON.parse(reply.body)).toMatchObject({ code: "ORIGIN-REFUSED" });
  });

  it("are taken from the service's own pages, by either of its names", async () => {
    for (const name of ["localhost", "127.0.0.1"]) {
      const host = `${name}:${port()}`;
      expect((await post({ host, origin: `http://${host}` })).status).toBe(200);
    }
    expect((await post({ host: `localhost:${port()}`, origin: `https://localhost:${port()}` })).status).toBe(403);
  });

  it("do not hinder reading", async () => {
    const headers = { origin: "http://evil.example" };
    const { status, headers: sent } = await rawRequest(service.url, { path: "/api/v1/extracts", headers });
    expect(status).toBe(200);
    expect(sent["access-control-allow-origin"]).toBeUndefined();
    expect(sent["cross-origin-resource-policy"]).toBe("same-origin");
  });
});

describe("every reply", () => {
  it.each(["/", "/api/v1/extracts", "/api/docs", "/nowhere"])("of %s carries the security headers", async (path) => {
    const { headers } = await service.get(path);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none';script-src 'self';style-src 'self';/);
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get("set-cookie")).toBeNull();
  });
});

describe("problems", () => {
  it("have all members, and the id of the request", async () => {
    const response = await service.get("/api/v1/extracts/7?lang=en");
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(await response.json()).toEqual({
      type: "urn:tandai:problem:extract-unknown",
      title: "Not found",
      status: 404,
      detail: expect.stringContaining("7") as string,
      code: "EXTRACT-UNKNOWN",
      hint: "The extracts are listed at /api/v1/extracts.",
      instance: "/api/v1/extracts/7",
      request_id: response.headers.get("x-request-id"),
    });
  });

  it.each([
    ["", "Tidak ditemukan"],
    ["en", "Not found"],
    ["en-GB,en;q=0.9,id;q=0.8", "Not found"],
    ["fr, id;q=0.3, en;q=0.2", "Tidak ditemukan"],
    ["in-ID", "Tidak ditemukan"],
    ["de", "Tidak ditemukan"],
  ])("speak the language of Accept-Language %j", async (accepted, title) => {
    const { body } = await service.json("/api/nowhere", { headers: { "accept-language": accepted } });
    expect(body).toMatchObject({ title, code: "NOT-FOUND" });
  });

  it("let ?lang= win over Accept-Language", async () => {
    const response = await service.get("/api/nowhere?lang=id", { headers: { "accept-language": "en" } });
    expect(response.headers.get("content-language")).toBe("id");
    expect(await response.json()).toMatchObject({ title: "Tidak ditemukan" });
  });

  it("refuse an unknown language", async () => {
    const { status, body } = await service.json("/api/v1/extracts?lang=fr");
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ field: "lang", message: 'lang berisi "fr".', cure: "Pilih dari: id, en." }]);
  });

  it("name the methods that a path takes", async () => {
    for (const [path, allowed] of [
      ["/api/v1/extracts", "GET, HEAD, POST"],
      ["/api/v1/extracts/1/revert", "POST"],
      ["/upload", "POST"],
    ]) {
      const response = await service.get(path ?? "", { method: "DELETE" });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe(allowed);
      expect(await response.json()).toMatchObject({ code: "METHOD-NOT-ALLOWED" });
    }
  });

  it("answer malformed paths and paths that are too long", async () => {
    const malformed = await rawRequest(service.url, { path: "/api/%zz", headers: { "accept-language": "en" } });
    expect(malformed.status).toBe(400);
    expect(JSON.parse(malformed.body)).toMatchObject({ code: "REQUEST-400", detail: "The request could not be read." });
    expect((await service.json(`/api/v1/codes/${"1".repeat(1600)}`)).body).toMatchObject({ status: 414 });
  });

  it("answer what is not HTTP", async () => {
    const socket = connect({ port: Number(port()), host: "127.0.0.1" });
    socket.end("NONSENSE\r\n\r\n");
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    expect(JSON.parse(text.split("\r\n\r\n")[1] ?? "")).toMatchObject({ status: 400 });
  });

  it("show a page to a person and JSON to a program", async () => {
    const accept = { headers: { accept: "text/html,application/xhtml+xml" } };
    const page = await service.get("/nowhere?lang=en", accept);
    expect(page.status).toBe(404);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await page.text()).toContain("There is nothing at this address.");
    const program = await service.get("/api/nowhere", accept);
    expect(program.headers.get("content-type")).toContain("application/problem+json");
  });
});

describe("when the store breaks", () => {
  it("says so without a word about its inside", async () => {
    const broken = await startService();
    await broken.db.close();
    try {
      const ready = await broken.json("/health/ready?lang=en");
      expect(ready.status).toBe(503);
      expect(ready.body).toMatchObject({ code: "STORE-UNREACHABLE", detail: "The store does not answer." });
      expect((await broken.get("/health/live")).status).toBe(200);
      const failed = await broken.json("/api/v1/themes", { headers: { "accept-language": "en" } });
      expect(failed.status).toBe(500);
      expect(failed.body).toMatchObject({ code: "INTERNAL", title: "Something broke inside the service" });
      expect(failed.text).not.toMatch(/sqlite|database|connection|\.ts|\/tmp|node_modules/i);
    } finally {
      await broken.stop();
    }
  });
});
