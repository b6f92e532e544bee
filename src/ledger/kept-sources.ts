import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable, Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { sql } from "drizzle-orm";
import type { Reader, Transaction } from "../store/index.ts";

const PART_BYTES = 256 * 1024;

/** Packs little, but at the speed at which files are read. */
const PACKING = { level: 1 };

/** Keeps a file as it came, once, so that it can be read again with corrected rows. */
export async function keepSource(tx: Transaction, path: string, sha256: string): Promise<void> {
  if (await isKept(tx, sha256)) return;
  let part = 0;
  let waiting: Buffer[] = [];
  let bytes = 0;
  const store = async () => {
    if (bytes === 0) return;
    await tx.bulkInsert("source_parts", ["sha256", "part", "data"], [[sha256, BigInt(part++), Buffer.concat(waiting)]]);
    waiting = [];
    bytes = 0;
  };
  const packed = createReadStream(path, { highWaterMark: PART_BYTES }).pipe(createGzip(PACKING));
  for await (const piece of packed as AsyncIterable<Buffer>) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes >= PART_BYTES) await store();
  }
  await store();
}

export async function isKept(reader: Reader, sha256: string): Promise<boolean> {
  const rows = await reader.rows(sql`SELECT part FROM source_parts WHERE sha256 = ${sha256} AND part = 0`);
  return rows.length > 0;
}

/** Writes a kept file out again. @throws Error when what was kept is not the file any more */
export async function restoreSource(reader: Reader, sha256: string, path: string): Promise<void> {
  const hash = createHash("sha256");
  const check = new Transform({
    transform(piece: Buffer, _encoding, done: TransformCallback) {
      hash.update(piece);
      done(null, piece);
    },
  });
  await pipeline(
    Readable.from(partsOf(reader, sha256)),
    createGunzip(),
    check,
    createWriteStream(path, { mode: 0o600 }),
  );
  if (hash.digest("hex") !== sha256) throw new Error(`the kept file ${sha256} is damaged`);
}

async function* partsOf(reader: Reader, sha256: string): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part++) {
    const [row] = await reader.rows<{ data: Uint8Array }>(
      sql`SELECT data FROM source_parts WHERE sha256 = ${sha256} AND part = ${part}`,
    );
    if (!row) return;
    yield row.data;
  }
}
