import { createReadStream } from "node:fs";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Reject } from "./types.ts";

/** How many rejects stay in memory; a file that is wrong in every row must not fill it. */
const IN_MEMORY = 5_000;
const BATCH = 500;

/** Keeps rejects until it is known whether the extract is posted or blocked: they are stored either way. */
export class RejectSpool {
  count = 0;
  readonly #memory: Reject[] = [];
  #folder: string | null = null;

  async add(rejects: readonly Reject[]): Promise<void> {
    this.count += rejects.length;
    const room = IN_MEMORY - this.#memory.length;
    this.#memory.push(...rejects.slice(0, room));
    const rest = rejects.slice(Math.max(room, 0));
    if (rest.length === 0) return;
    this.#folder ??= await mkdtemp(join(tmpdir(), "tandai-rejects-"));
    await appendFile(this.#file(), rest.map((reject) => `${serialize(reject)}\n`).join(""));
  }

  /** The first rejects, for the report of the import. */
  first(count: number): Reject[] {
    return this.#memory.slice(0, count);
  }

  /** All rejects in the order of the file, in batches. */
  async *batches(): AsyncGenerator<Reject[]> {
    for (let start = 0; start < this.#memory.length; start += BATCH) yield this.#memory.slice(start, start + BATCH);
    if (!this.#folder) return;
    let batch: Reject[] = [];
    for await (const line of createInterface({ input: createReadStream(this.#file()) })) {
      batch.push(JSON.parse(line) as Reject);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  async dispose(): Promise<void> {
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  #file(): string {
    return join(this.#folder ?? "", "rejects.ndjson");
  }
}

/** Parameters of a problem may be bigint; JSON holds them as text, which is how sentences print them. */
function serialize(reject: Reject): string {
  return JSON.stringify(reject, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}
