import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, createDeflateRaw } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLI, measure } from "../bench/process.ts";
import { parts, sheet, zipOf } from "../extracts/readers/xlsx-files.ts";

const MB = 2 ** 20;
const SHEET = "xl/worksheets/sheet1.xml";

/** What `content` repeated up to a size packs to, and its CRC-32, without ever holding it. */
async function packed(content: string, size: number): Promise<{ bytes: Buffer; crc: number; size: number }> {
  const block = Buffer.from(content.repeat(Math.floor(MB / content.length)));
  const deflate = createDeflateRaw({ level: 9 });
  const pieces: Buffer[] = [];
  deflate.on("data", (piece: Buffer) => pieces.push(piece));
  let crc = 0;
  let written = 0;
  for (; written < size; written += block.length) {
    crc = crc32(block, crc);
    await new Promise((resolve) => deflate.write(block, resolve));
  }
  await new Promise((resolve) => deflate.end(resolve));
  return { bytes: Buffer.concat(pieces), crc, size: written };
}

/** A workbook whose last part, the sheet, is replaced by what would unfold to `size` bytes. */
async function bomb(content: string, size: number): Promise<Buffer> {
  const { [SHEET]: _, ...others } = parts();
  const whole = await zipOf({ ...others, [SHEET]: sheet("") }, "STORE");
  const { bytes, crc, size: unpacked } = await packed(content, size);
  const local = whole.lastIndexOf("PK\u0003\u0004");
  const data = local + 30 + SHEET.length;
  const directory = whole.indexOf("PK\u0001\u0002");
  const tail = Buffer.from(whole.subarray(directory));
  const fields = (copy: Buffer, at: number) => {
    copy.writeUInt16LE(8, at);
    copy.writeUInt32LE(crc, at + 6);
    copy.writeUInt32LE(bytes.length, at + 10);
    copy.writeUInt32LE(unpacked, at + 14);
  };
  const head = Buffer.from(whole.subarray(0, data));
  fields(head, local + 8);
  fields(tail, tail.lastIndexOf("PK\u0001\u0002") + 10);
  tail.writeUInt32LE(data + bytes.length, tail.lastIndexOf("PK\u0005\u0006") + 16);
  return Buffer.concat([head, bytes, tail]);
}

describe.skipIf(process.platform !== "linux")("a workbook of 1 MB that unfolds to 1 GB", () => {
  let folder: string;
  let store: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandai-bomb-"));
    store = join(folder, "store.db");
    await measure(process.execPath, [CLI, "seed", "--db", store, "--json"]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("is refused in less than a second and 100 MB, by the command as people call it", async () => {
    const file = join(folder, "bomb.xlsx");
    const content = await bomb(" ", 2 ** 30);
    expect(content.length).toBeLessThan(1.1 * MB);
    await writeFile(file, content);
    const runs = [];
    // The machine may be busy: the best of three tells what the command needs.
    for (let round = 0; round < 3; round++) {
      runs.push(await measure(process.execPath, [CLI, "import", file, "--db", store, "--json"], { exitCode: 1 }));
    }
    expect(Math.min(...runs.map(({ seconds }) => seconds))).toBeLessThan(1);
    for (const { peakMb } of runs) {
      expect(peakMb).not.toBeNull();
      expect(peakMb).toBeLessThan(100);
    }
  });
});
