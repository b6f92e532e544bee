import type { TagLine } from "../extracts/index.ts";
import type { Db, Transaction } from "../store/index.ts";
import { type FileOrigin, postTags } from "../tagging/index.ts";
import type { Posted, Poster } from "./types.ts";

/** Collects the tags of a file, because shares are checked over all of them, and hands them to the tagging module. */
export class TagPoster implements Poster<TagLine> {
  readonly #tx: Transaction;
  readonly #tables: Db["tables"];
  readonly #origin: FileOrigin;
  readonly #lines: TagLine[] = [];

  constructor(tx: Transaction, tables: Db["tables"], origin: FileOrigin) {
    this.#tx = tx;
    this.#tables = tables;
    this.#origin = origin;
  }

  async add(lines: readonly TagLine[]): Promise<void> {
    this.#lines.push(...lines);
  }

  async finish(): Promise<Posted> {
    const { rejects, ...counts } = await postTags(this.#tx, this.#tables, this.#lines, this.#origin);
    const years = this.#lines.flatMap(({ fiscalYearFrom, fiscalYearTo }) => [fiscalYearFrom, fiscalYearTo]);
    return {
      changes: { ...counts, removed: 0 },
      reports: [],
      scope: { kind: "tags", fiscal_years: [...new Set(years)].sort((a, b) => a - b), months: [], satkers: 0 },
      lastDate: null,
      stored: 0n,
      lateRejects: rejects,
    };
  }
}
