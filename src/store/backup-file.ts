import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { openConnection } from "./sqlite-connection.ts";
import { sqliteError } from "./sqlite-errors.ts";

/**
 * A backup is an SQLite store with one more table: a document about it, and a seal. The seal is the SHA-256 of the whole
 * file with zeros where the seal stands, so that any change of any byte shows before anything of the file is believed.
 */
const TABLE = "backup_manifest";
const MARK = "tandai-backup-seal:";
const NONCE_BYTES = 16;
const HASH_LENGTH = 64;
const ZEROS = "0".repeat(HASH_LENGTH);
const MARK_LENGTH = MARK.length + 2 * NONCE_BYTES + 1;

/** Places that look like a seal; a text of the ledger may, once or twice. */
const MAX_PLACES = 8;

/** Adds the document to a store that nobody has open, and seals the file. */
export async function sealBackup(path: string, document: string): Promise<void> {
  const mark = `${MARK}${randomBytes(NONCE_BYTES).toString("hex")}:`;
  const client = openConnection(path, 0);
  try {
    client.pragma("journal_mode = DELETE");
    client.exec(`CREATE TABLE ${TABLE} (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT`);
    const insert = client.prepare(`INSERT INTO ${TABLE} VALUES (?, ?)`);
    insert.run("document", document);
    insert.run("seal", mark + ZEROS);
  } catch (error) {
    throw sqliteError(error, path);
  } finally {
    client.close();
  }
  const [place] = (await placesOfSeals(path)).filter((found) => found.mark === mark);
  if (!place) throw new Error(`${path}: no place for the seal`);
  const file = await open(path, "r+");
  try {
    await file.write(await hashWithout(path, place.at), place.at, "latin1");
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The document of a backup; `unsealed` when the file is none, `damaged` when it is not as it was sealed. */
export async function readBackup(path: string): Promise<{ document: string } | "unsealed" | "damaged"> {
  const places = await placesOfSeals(path);
  if (places.length === 0) return "unsealed";
  for (const { at, hash } of places) {
    if ((await hashWithout(path, at)) === hash) return { document: readDocument(path) };
  }
  return "damaged";
}

/** Takes the document out again: what is left is a store. */
export function unsealBackup(path: string): void {
  const client = openConnection(path, 0);
  try {
    client.exec(`DROP TABLE ${TABLE}`);
  } finally {
    client.close();
  }
}

function readDocument(path: string): string {
  const client = openConnection(path, 0, { readonly: true });
  try {
    return String(client.prepare(`SELECT value FROM ${TABLE} WHERE key = 'document'`).pluck().get());
  } finally {
    client.close();
  }
}

/** What follows a mark: where the hash begins, and the hash. */
interface Place {
  mark: string;
  at: number;
  hash: string;
}

const SEAL = new RegExp(`${MARK}[0-9a-f]{${2 * NONCE_BYTES}}:([0-9a-f]{${HASH_LENGTH}})`, "g");

async function placesOfSeals(path: string): Promise<Place[]> {
  const places: Place[] = [];
  let rest = "";
  let offset = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    const text: string = rest + (chunk as Buffer).toString("latin1");
    for (const match of text.matchAll(SEAL)) {
      const at = offset + match.index + MARK_LENGTH;
      if (places.length < MAX_PLACES) places.push({ mark: match[0].slice(0, MARK_LENGTH), at, hash: match[1] ?? "" });
    }
    // A seal may lie across two chunks; one that was found is not found again.
    const kept = Math.min(text.length, MARK_LENGTH + HASH_LENGTH - 1);
    offset += text.length - kept;
    rest = text.slice(text.length - kept);
  }
  return places;
}

/** SHA-256 of a file as if there were zeros at a place. */
async function hashWithout(path: string, at: number): Promise<string> {
  const hash = createHash("sha256");
  let offset = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    const chunk = piece as Buffer;
    const [from, to] = [Math.max(at - offset, 0), Math.min(at + HASH_LENGTH - offset, chunk.length)];
    if (from < to) chunk.fill("0", from, to, "latin1");
    hash.update(chunk);
    offset += chunk.length;
  }
  return hash.digest("hex");
}
