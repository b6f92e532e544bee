import { sql } from "drizzle-orm";
import { ministryOf, satkerOf, UNKNOWN_SIGN } from "../coa/index.ts";
import type { CodeEntry } from "../extracts/index.ts";
import type { RowWriter, Transaction } from "../store/index.ts";

const COLUMNS = ["id", "ministry", "code", "locator", "complete"];
const BATCH = 1000;

/** A code that is not stored yet. */
interface Fresh {
  position: number;
  id: number;
}

/**
 * Gives every code of an import its number in the store; a code that is new is stored once. Numbers are given when codes
 * appear, rows are written by `flush`: all at once for a bulk of payments.
 */
export class CodeStore {
  readonly #tx: Transaction;
  /** By position in the code book. */
  readonly #ids: number[] = [];
  readonly #canonicals: string[] = [];
  readonly #ministries: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #fiscalYears: number[] = [];
  #fresh: Fresh[] = [];
  /** Numbers by code, kept only when the same code may come in another fiscal year. */
  #byCode: Map<string, number> | null = null;
  #last: number | null = null;
  #wasEmpty = false;

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  /** Gives numbers to codes that appear for the first time; positions follow those given before. */
  async add(canonicals: readonly string[], fiscalYears: readonly number[]): Promise<void> {
    const first = this.#canonicals.length;
    canonicals.forEach((canonical, index) => {
      this.#remember(first + index, canonical, fiscalYears[index] ?? 0);
    });
    await this.#number(canonicals.map((_, index) => first + index));
  }

  /** Gives numbers to the codes of lines and stores those that are new. */
  async prepare(lines: readonly { code: CodeEntry }[]): Promise<void> {
    const positions: number[] = [];
    for (const { code } of lines) {
      if (this.#canonicals[code.index] !== undefined) continue;
      this.#remember(code.index, code.canonical, code.fiscalYear);
      positions.push(code.index);
    }
    await this.#number(positions);
    await this.flush();
  }

  id(position: number): number {
    return this.#ids[position] as number;
  }

  ministry(position: number): string {
    return this.#ministries[position] as string;
  }

  canonical(position: number): string {
    return this.#canonicals[position] as string;
  }

  satker(position: number): string {
    return satkerOf(this.#canonicals[position] as string);
  }

  fiscalYear(position: number): number {
    return this.#fiscalYears[position] as number;
  }

  /** How many positions there are. */
  get size(): number {
    return this.#canonicals.length;
  }

  /** Writes the codes that are new and used by a line. */
  async flush(isUsed: (position: number) => boolean = () => true): Promise<void> {
    // A code that came in another fiscal year has its number from where it came first.
    const usedIds = this.#byCode && new Set(this.#ids.filter((_, position) => isUsed(position)));
    const fresh = this.#fresh.filter(({ position, id }) => usedIds?.has(id) ?? isUsed(position));
    this.#fresh = [];
    if (fresh.length === 0) return;
    const write: RowWriter = (values, at, index) => {
      const { position, id } = fresh[index] as Fresh;
      const canonical = this.#canonicals[position] as string;
      values[at] = id;
      values[at + 1] = ministryOf(canonical);
      values[at + 2] = canonical;
      values[at + 3] = locatorOf(canonical);
      values[at + 4] = canonical.includes(UNKNOWN_SIGN) ? 0 : 1;
    };
    await this.#tx.filling("stored_codes", fresh.length, () =>
      this.#tx.bulkLoad("stored_codes", COLUMNS, fresh.length, write),
    );
  }

  #remember(position: number, canonical: string, fiscalYear: number): void {
    // The first year needs no look at other years: within a year a code has one position.
    if (this.#byCode === null && fiscalYear !== (this.#fiscalYears[0] ?? fiscalYear)) this.#startMap();
    this.#canonicals[position] = canonical;
    this.#ministries[position] = this.#shared(ministryOf(canonical));
    this.#fiscalYears[position] = fiscalYear;
  }

  /** One string for all codes of a ministry. */
  #shared(ministry: string): string {
    const known = this.#names.get(ministry);
    if (known !== undefined) return known;
    this.#names.set(ministry, ministry);
    return ministry;
  }

  #startMap(): void {
    this.#byCode = new Map();
    for (const [position, id] of this.#ids.entries()) {
      const canonical = this.#canonicals[position];
      if (canonical !== undefined) this.#byCode.set(canonical, id);
    }
  }

  async #number(positions: readonly number[]): Promise<void> {
    if (positions.length === 0) return;
    let last = this.#last ?? (await this.#readLast());
    for (let start = 0; start < positions.length; start += BATCH) {
      const batch = positions.slice(start, start + BATCH);
      const stored = await this.#stored(batch);
      for (const position of batch) {
        const canonical = this.#canonicals[position] as string;
        let id = stored.get(canonical) ?? this.#byCode?.get(canonical);
        if (id === undefined) {
          id = ++last;
          this.#fresh.push({ position, id });
        }
        this.#ids[position] = id;
        this.#byCode?.set(canonical, id);
      }
    }
    this.#last = last;
  }

  async #readLast(): Promise<number> {
    const [row] = await this.#tx.rows<{ last: bigint | null }>(sql`SELECT max(id) AS last FROM stored_codes`);
    this.#wasEmpty = (row?.last ?? null) === null;
    return Number(row?.last ?? 0n);
  }

  async #stored(positions: readonly number[]): Promise<Map<string, number>> {
    if (this.#wasEmpty) return new Map();
    const list = this.#tx.list(
      { locator: "int", code: "text" },
      positions.map((position) => {
        const canonical = this.#canonicals[position] as string;
        return [locatorOf(canonical), canonical];
      }),
    );
    const rows = await this.#tx.rows<{ code: string; id: bigint }>(
      sql`SELECT c.code, c.id FROM ${list} AS n JOIN stored_codes c ON c.locator = n.locator AND c.code = n.code`,
    );
    return new Map(rows.map(({ code, id }) => [code, Number(id)]));
  }
}

/**
 * Satker, the end of the account and the item of a canonical code as one number of fifteen digits: few codes share one, so
 * that a small index finds a code. Unknown characters count as 0.
 */
export function locatorOf(canonical: string): number {
  const digits = canonical.slice(0, 6) + canonical.slice(14, 17) + (canonical.slice(85, 91) || "000000");
  return Number(digits.replaceAll(UNKNOWN_SIGN, "0"));
}
