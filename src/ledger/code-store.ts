import { sql } from "drizzle-orm";
import type { CodeEntry } from "../extracts/index.ts";
import type { Transaction, Value } from "../store/index.ts";

const COLUMNS = ["id", "ministry", "code", "satker", "program", "account", "fund", "authority", "location", "node"];
const BATCH = 1000;

/** Gives every code of an import its number in the store; a code that is new is stored once. */
export class CodeStore {
  readonly #tx: Transaction;
  /** Number by position of the entry in its code book. */
  readonly #ids: number[] = [];
  readonly #byCode = new Map<string, number>();
  #last: number | null = null;
  #isEmpty = false;

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  /** Stores the entries of lines that have no number yet. Call before `id` for every batch. */
  async prepare(lines: readonly { code: CodeEntry }[]): Promise<void> {
    const fresh: CodeEntry[] = [];
    for (const { code } of lines) {
      if (this.#ids[code.index] !== undefined) continue;
      const known = this.#byCode.get(code.canonical);
      this.#ids[code.index] = known ?? 0;
      if (known === undefined) fresh.push(code);
    }
    for (let start = 0; start < fresh.length; start += BATCH) await this.#store(fresh.slice(start, start + BATCH));
  }

  id(entry: CodeEntry): number {
    const id = this.#ids[entry.index];
    if (!id) throw new Error(`code ${entry.canonical} was not prepared`);
    return id;
  }

  async #store(entries: CodeEntry[]): Promise<void> {
    let last = this.#last ?? (await this.#readLast());
    const existing = await this.#existing(entries);
    const fresh: { code: string; row: Value[] }[] = [];
    for (const entry of entries) {
      // The same printed code may stand in two fiscal years: two entries, one code combination.
      let id = existing.get(entry.canonical) ?? this.#byCode.get(entry.canonical);
      if (id === undefined) {
        id = ++last;
        const { ministry, canonical, satker, program, account, fund, authority, location, node } = entry;
        fresh.push({
          code: canonical,
          row: [id, ministry, canonical, satker, program, account, fund, authority, location, node],
        });
      }
      this.#byCode.set(entry.canonical, id);
      this.#ids[entry.index] = id;
    }
    this.#last = last;
    // In the order of the index on codes, which is then built from neighbouring pages.
    fresh.sort((a, b) => (a.code < b.code ? -1 : 1));
    const rows = fresh.map(({ row }) => row);
    await this.#tx.bulkInsert("code_combinations", COLUMNS, rows);
  }

  async #readLast(): Promise<number> {
    const [row] = await this.#tx.rows<{ last: bigint | null }>(sql`SELECT max(id) AS last FROM code_combinations`);
    this.#isEmpty = (row?.last ?? null) === null;
    return Number(row?.last ?? 0n);
  }

  async #existing(entries: CodeEntry[]): Promise<Map<string, number>> {
    if (this.#isEmpty) return new Map();
    const list = this.#tx.list(
      { code: "text" },
      entries.map(({ canonical }) => [canonical]),
    );
    const rows = await this.#tx.rows<{ code: string; id: bigint }>(
      sql`SELECT c.code, c.id FROM ${list} AS n JOIN code_combinations c ON c.code = n.code`,
    );
    return new Map(rows.map(({ code, id }) => [code, Number(id)]));
  }
}
