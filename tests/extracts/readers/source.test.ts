import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import JSZip from "jszip";
import { describe, expect, it, test } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { readCsv } from "../../../src/extracts/readers/csv.ts";
import { contentOf, openSource } from "../../../src/extracts/readers/source.ts";
import { collect, refusalOf, withFile } from "../files.ts";

const TEXT = "code,amount\n1,2\n3,4\n";
const ROWS = [
  ["code", "amount"],
  ["1", "2"],
  ["3", "4"],
];

async function zipOf(files: Record<string, string>, compression: "STORE" | "DEFLATE" = "DEFLATE"): Promise<Buffer> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return zip.generateAsync({ type: "nodebuffer", compression });
}

/** Marks the first entry of a zip as encrypted, in its local and its central header. */
function encrypted(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  const central = copy.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  copy[6] = (copy[6] ?? 0) | 1;
  copy[central + 8] = (copy[central + 8] ?? 0) | 1;
  return copy;
}

function readFile(name: string, content: string | Buffer) {
  return withFile(name, content, async (path) => {
    const source = await openSource(path);
    return { source, rows: await collect(readCsv(contentOf(source))) };
  });
}

const refuse = (name: string, content: string | Buffer) => refusalOf(() => readFile(name, content));

/** The error that a person gets; fails when there is none. */
async function errorOf(work: () => Promise<unknown>): Promise<AppError> {
  const error = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`no error for a person: ${String(error)}`);
  return error;
}

describe("openSource and contentOf", () => {
  it("reads plain text whatever its name, with its hash and progress", async () => {
    for (const name of ["a.csv", "a.txt", "A", "a.zip"]) {
      const { source, rows } = await readFile(name, TEXT);
      expect(rows.map(({ cells }) => cells)).toEqual(ROWS);
      expect(source).toMatchObject({ name, container: "plain", bytes: TEXT.length });
      expect(source.sha256).toBe(createHash("sha256").update(TEXT).digest("hex"));
      expect(source.progress.bytesRead).toBe(TEXT.length);
    }
  });

  it("reads .gz, also of several members", async () => {
    const { source, rows } = await readFile("a.csv.gz", gzipSync(TEXT));
    expect(rows.map(({ cells }) => cells)).toEqual(ROWS);
    expect(source.container).toBe("gzip");
    const members = Buffer.concat([gzipSync("code,amount\n1,"), gzipSync("2\n3,4\n")]);
    expect((await readFile("a.csv.gz", members)).rows.map(({ cells }) => cells)).toEqual(ROWS);
  });

  test.each(["STORE", "DEFLATE"] as const)(
    "reads a .zip with one file (%s), folders beside it",
    async (compression) => {
      const zip = await zipOf({ "folder/": "", "folder/a.csv": TEXT }, compression);
      const { source, rows } = await readFile("a.zip", zip);
      expect(source.container).toBe("zip");
      expect(rows.map(({ cells }) => cells)).toEqual(ROWS);
    },
  );

  it("refuses a .zip with two files or none, or with a password", async () => {
    expect(await refuse("a.zip", await zipOf({ "a.csv": TEXT, "b.csv": TEXT }))).toMatchObject({
      rule: "FILE-012",
      value: "2 berkas/files",
    });
    expect(await refuse("a.zip", await zipOf({ "folder/": "" }))).toMatchObject({ rule: "FILE-012" });
    expect(await refuse("a.zip", encrypted(await zipOf({ "a.csv": TEXT })))).toMatchObject({
      rule: "FILE-012",
      value: "password",
    });
  });

  it("refuses every damaged .zip and .gz", async () => {
    const long = Array.from({ length: 3000 }, (_, index) => `${index * 7919},${(index * 104_729) % 10_007}`).join("\n");
    const zip = await zipOf({ "a.csv": long });
    const gzip = gzipSync(long);
    for (const damaged of [zip.subarray(0, zip.length - 30), zip.subarray(0, zip.length / 2), flipped(zip, 300)]) {
      expect(await refuse("a.zip", damaged)).toMatchObject({ rule: "FILE-012" });
    }
    for (const damaged of [gzip.subarray(0, gzip.length - 9), gzip.subarray(0, 100), flipped(gzip, 300)]) {
      const refusal = await refuse("a.csv.gz", damaged);
      expect(refusal.rule).toMatch(/^FILE-0(12|07|02)$/);
    }
    expect(await refuse("a.csv.gz", gzip.subarray(0, gzip.length - 9))).toMatchObject({ rule: "FILE-012" });
  });

  it("refuses a bomb", async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 2 ** 20, `${"a,b,".repeat(1000)}\n`));
    expect(await refuse("a.csv.gz", bomb)).toMatchObject({ rule: "FILE-012", value: "> 200×" });
  });

  it("takes what repeats itself a lot but is not large", async () => {
    const { rows } = await readFile("a.csv.gz", gzipSync("a,b\n".repeat(100_000)));
    expect(rows).toHaveLength(100_000);
  });

  test.each([
    ["xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ["PDF", Buffer.from("%PDF-1.7\n")],
    ["PNG", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])],
    ["SQLite", Buffer.from("SQLite format 3\u0000")],
  ])("names a %s renamed to .csv", async (kind, head) => {
    expect(await refuse("data.csv", Buffer.concat([head, Buffer.alloc(100)]))).toMatchObject({
      rule: "FILE-013",
      value: kind,
    });
  });

  it("an empty file", async () => {
    expect(await refuse("a.csv", "")).toMatchObject({ rule: "FILE-001" });
    expect(await refuse("a.csv.gz", gzipSync(""))).toMatchObject({ rule: "FILE-001" });
    expect(await refuse("a.zip", await zipOf({ "a.csv": "" }))).toMatchObject({ rule: "FILE-001" });
  });

  it("a path that cannot be read is an error for the person, with a cure", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tandai-file-"));
    try {
      const missing = await errorOf(() => openSource(join(folder, "missing.csv")));
      expect(missing).toMatchObject({ code: "FILE-NOT-FOUND", status: 404 });
      expect(missing.message).toContain("missing.csv");
      expect(missing.hint).not.toBeNull();
      await mkdir(join(folder, "inner.csv"));
      expect(await errorOf(() => openSource(join(folder, "inner.csv")))).toMatchObject({ code: "FILE-NOT-FILE" });
      expect(await errorOf(() => openSource(`${folder}/\u0000`))).toBeInstanceOf(AppError);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
