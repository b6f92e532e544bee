import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import JSZip from "jszip";
import { describe, expect, it, test } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { readCsv } from "../../../src/extracts/readers/csv.ts";
import { closeSource, contentOf, hashFile, openSource } from "../../../src/extracts/readers/source.ts";
import { readXlsx } from "../../../src/extracts/readers/xlsx.ts";
import { compoundFile, zip } from "../containers.ts";
import { collect, refusalOf, withFile } from "../files.ts";
import { workbookOf } from "./xlsx-files.ts";

const OPEN_DOCUMENT = "application/vnd.oasis.opendocument";
const TEXT = "code,amount\n1,2\n3,4\n";
const ROWS = [
  ["code", "amount"],
  ["1", "2"],
  ["3", "4"],
];

async function zipOf(
  files: Record<string, string | Buffer>,
  compression: "STORE" | "DEFLATE" = "DEFLATE",
): Promise<Buffer> {
  const archive = new JSZip();
  for (const [name, content] of Object.entries(files)) archive.file(name, content);
  return archive.generateAsync({ type: "nodebuffer", compression });
}

/** Marks the first entry of a zip as encrypted, in its local and its central header. */
function encrypted(file: Buffer): Buffer {
  const copy = Buffer.from(file);
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
  it("reads plain text whatever its name, with its progress", async () => {
    for (const name of ["a.csv", "a.txt", "A", "a.zip"]) {
      const { source, rows } = await readFile(name, TEXT);
      expect(rows.map(({ cells }) => cells)).toEqual(ROWS);
      expect(source).toMatchObject({ name, container: "plain", bytes: TEXT.length });
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
      const file = await zipOf({ "folder/": "", "folder/a.csv": TEXT }, compression);
      const { source, rows } = await readFile("a.zip", file);
      expect(source.progress.bytesRead).toBeGreaterThan(0);
      expect(source.container).toBe("zip");
      expect(rows.map(({ cells }) => cells)).toEqual(ROWS);
    },
  );

  it("refuses a .zip with two files or none, or with a password", async () => {
    expect(await refuse("a.zip", await zipOf({ "a.csv": TEXT, "b.csv": TEXT }))).toMatchObject({
      rule: "FILE-021",
      value: "a.csv, b.csv",
      params: { found: 2 },
    });
    expect(await refuse("a.zip", await zipOf({ "folder/": "" }))).toMatchObject({ rule: "FILE-021" });
    expect(await refuse("a.zip", zip({}))).toMatchObject({ rule: "FILE-021", params: { found: 0 } });
    expect(await refuse("a.zip", encrypted(await zipOf({ "a.csv": TEXT })))).toMatchObject({ rule: "FILE-023" });
  });

  it("passes over what macOS puts into a .zip, and nothing else", async () => {
    const litter = { "a/": "", "a/.DS_Store": "x", "__MACOSX/": "", "__MACOSX/a/._a.csv": "x", "a/._a.csv": "x" };
    const { rows } = await readFile("a.zip", zip({ ...litter, "a/a.csv": TEXT }));
    expect(rows.map(({ cells }) => cells)).toEqual(ROWS);
    expect(await refuse("a.zip", zip({ "a/a.csv": TEXT, "a/.hidden": "x" }))).toMatchObject({ rule: "FILE-021" });
  });

  it("unpacks a workbook that is packed, and removes the copy", async () => {
    const book = await workbookOf('<row r="2"><c r="B2"><v>7</v></c></row>');
    for (const packed of [gzipSync(book), zip({ "data.xlsx": book }), await zipOf({ "x/data": book })]) {
      await withFile("data.csv.gz", packed, async (path) => {
        const source = await openSource(path);
        expect(source).toMatchObject({ container: "xlsx", name: "data.csv.gz", bytes: packed.length });
        expect(await hashFile(path)).toBe(createHash("sha256").update(packed).digest("hex"));
        expect(await collect(readXlsx(source))).toEqual([{ row: 2, cells: ["", "7"], malformed: null }]);
        await closeSource(source);
        await expect(stat(source.path)).rejects.toThrow("ENOENT");
        expect((await stat(path)).size).toBe(packed.length);
      });
    }
  });

  test.each([
    ["gz in gz", gzipSync(gzipSync(TEXT)), "gz"],
    ["zip in gz", gzipSync(zip({ "a.csv": TEXT })), "zip"],
    ["zip of two in zip", zip({ "a.zip": zip({ "a.csv": TEXT, "b.csv": TEXT }) }), "zip"],
    ["gz in zip", zip({ "a.csv.gz": gzipSync(TEXT) }), "gz"],
    ["7z in zip", zip({ "a.7z": Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]) }), "7z"],
    ["tar in gz", gzipSync(Buffer.concat([Buffer.alloc(257, "a"), Buffer.from("ustar"), Buffer.alloc(250)])), "tar"],
  ])("refuses an archive in an archive: %s", async (_, content, value) => {
    expect(await refuse("a.zip", content)).toMatchObject({ rule: "FILE-022", value });
  });

  test.each([
    ["xls", compoundFile("Workbook"), "FILE-024"],
    ["very old xls", compoundFile("Book"), "FILE-024"],
    ["a damaged xls", compoundFile("Workbook").subarray(0, 600), "FILE-024"],
    ["xlsx with a password", compoundFile("EncryptionInfo", "EncryptedPackage"), "FILE-023"],
    [
      "xlsx with a password, a long directory",
      compoundFile(..."abcdefghijklm", "EncryptionInfo", "EncryptedPackage"),
      "FILE-023",
    ],
    ["doc", compoundFile("1Table", "WordDocument"), "FILE-013"],
    ["xlsb", zip({ "[Content_Types].xml": "", "xl/workbook.bin": "x" }), "FILE-025"],
    ["docx", zip({ "[Content_Types].xml": "", "word/document.xml": "x" }), "FILE-013"],
    ["ods", zip({ mimetype: `${OPEN_DOCUMENT}.spreadsheet`, "content.xml": "x", "META-INF/": "" }), "FILE-026"],
    ["ods template", zip({ mimetype: `${OPEN_DOCUMENT}.spreadsheet-template`, "content.xml": "x" }), "FILE-026"],
    ["odt", zip({ mimetype: `${OPEN_DOCUMENT}.text`, "content.xml": "x" }), "FILE-013"],
    ["a web page", '\r\n <html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', "FILE-027"],
    ["a web page with a byte order mark", "\ufeff<!DOCTYPE html><p>", "FILE-027"],
    ["a web page in UTF-16", Buffer.from("\ufeff<html><table>", "utf16le"), "FILE-027"],
    ["a table alone", "<!-- laporan -->\n<table border='1'>", "FILE-027"],
    ["a web archive", "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "FILE-027"],
    ["XML of Excel 2003", '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>', "FILE-029"],
    ["other XML", "<?xml version='1.0'?><data/>", "FILE-013"],
    ["RAR", "Rar!\u001a\u0007\u0001\u0000", "FILE-028"],
  ])("names %s whatever its name, alone or packed", async (_, content, rule) => {
    for (const file of [content, gzipSync(content), zip({ "data.xls": content })]) {
      const packed = rule === "FILE-028" && file !== content ? "FILE-022" : rule;
      expect(await refuse("data.csv", file)).toMatchObject({ rule: packed });
    }
  });

  it("leaves nothing in the folder of temporary files", async () => {
    const unpacked = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("tandai-unpacked-")).length;
    const before = await unpacked();
    const book = await workbookOf("<row><c><v>1</v></c></row>");
    for (const inside of [compoundFile("Workbook"), zip({ "a.csv": TEXT }), book.subarray(0, 200)]) {
      await refuse("a.gz", gzipSync(inside));
      await refuse("a.gz", gzipSync(inside).subarray(0, -9));
    }
    expect(await unpacked()).toBeLessThanOrEqual(before);
  });

  it("refuses every damaged .zip and .gz", async () => {
    const long = Array.from({ length: 3000 }, (_, index) => `${index * 7919},${(index * 104_729) % 10_007}`).join("\n");
    const file = await zipOf({ "a.csv": long });
    const stored = await zipOf({ "a.csv": long }, "STORE");
    const digit = stored.indexOf(Buffer.from("7919"));
    expect(await refuse("a.zip", flipped(stored, digit))).toMatchObject({ rule: "FILE-012", value: "CRC" });
    const gzip = gzipSync(long);
    for (const damaged of [file.subarray(0, file.length - 30), file.subarray(0, file.length / 2), flipped(file, 300)]) {
      expect(await refuse("a.zip", damaged)).toMatchObject({ rule: "FILE-012" });
    }
    for (const damaged of [gzip.subarray(0, gzip.length - 9), gzip.subarray(0, 100), flipped(gzip, 300)]) {
      const refusal = await refuse("a.csv.gz", damaged);
      expect(refusal.rule).toMatch(/^FILE-0(12|07|02)$/);
    }
    expect(await refuse("a.csv.gz", gzip.subarray(0, gzip.length - 9))).toMatchObject({ rule: "FILE-012" });
  });

  it("refuses a bomb", async () => {
    const content = Buffer.alloc(40 * 2 ** 20, `${"a,b,".repeat(1000)}\n`);
    expect(await refuse("a.csv.gz", gzipSync(content))).toMatchObject({ rule: "FILE-012", value: "> 200×" });
    const packed = await zipOf({ "a.csv": content });
    expect(await refuse("a.zip", packed)).toMatchObject({ rule: "FILE-012", value: "> 200×" });
    // A zip that states less than it holds.
    const lying = Buffer.from(packed);
    const record = lying.lastIndexOf(Buffer.from("PK\u0001\u0002"));
    lying.writeUInt32LE(1000, record + 24);
    expect(await refuse("a.zip", lying)).toMatchObject({ rule: "FILE-012", value: "size" });
  });

  it("takes what repeats itself a lot but is not large", async () => {
    const { rows } = await readFile("a.csv.gz", gzipSync("a,b\n".repeat(100_000)));
    expect(rows).toHaveLength(100_000);
  });

  test.each([
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
