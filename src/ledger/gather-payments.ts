import { ministryOf } from "../coa/index.ts";
import {
  type CheckedPayments,
  type CodeBook,
  type Layout,
  type LayoutContext,
  type Payments,
  readPayments,
  type Source,
  type Table,
} from "../extracts/index.ts";
import type { Group } from "./changes/index.ts";
import { type FreshColumns, freshColumns } from "./columns/index.ts";
import { LineCounts } from "./line-counts.ts";
import { MonthSums, type MonthSumsData } from "./month-sums.ts";

/** What posting needs of all payment lines of a file together. Plain data, so that another thread can gather it. */
export interface Gathered {
  /** How many distinct codes there are. */
  codes: number;
  /** Sums by position of the code in the code book. */
  sums: MonthSumsData;
  /** Lines and rupiah by ministry and month. */
  groups: Group[];
}

/** What was gathered, and what takes longer to follow from it. */
export interface PaymentsEnd {
  gathered: Gathered;
  /** The sums as columns; index is the place among the codes that have any. */
  columns(): Promise<readonly FreshColumns[]>;
}

/** Gathers while payment lines pass. */
export class PaymentGatherer {
  readonly #codes: CodeBook;
  readonly #ministries: Ministries;
  readonly #sums = new MonthSums();
  readonly #counts: LineCounts;

  constructor(codes: CodeBook) {
    this.#codes = codes;
    this.#ministries = new Ministries(codes);
    this.#counts = new LineCounts(this.#ministries);
  }

  add(payments: Payments): void {
    this.#sums.add(payments);
    this.#counts.add(payments);
  }

  finish(): Gathered {
    return { codes: this.#codes.size, sums: this.#sums.data(), groups: this.#counts.groups(this.#sums) };
  }

  /** The sums as columns; index is the place among the codes that have any. */
  columns(): FreshColumns[] {
    const codes = this.#codes;
    const used = usedCodes(this.#sums, codes.size);
    const at = (index: number) => used[index] as number;
    return freshColumns({
      count: used.length,
      measures: ["realization"],
      code: (index) => codes.canonical(at(index)),
      ministry: (index) => this.#ministries.ministry(at(index)),
      fiscalYear: (index) => codes.fiscalYear(at(index)),
      amounts: (index, _, into) => this.#sums.copy(at(index), into),
    });
  }

  end(): PaymentsEnd {
    return { gathered: this.finish(), columns: async () => this.columns() };
  }
}

/** Reads and checks payment lines as `readPayments` does, and gathers on the way what follows from all of them. */
export async function* gatherPayments(
  layout: Layout<"realization">,
  source: Source,
  table: Table,
  context: Omit<LayoutContext, "warn">,
  gatherer = new PaymentGatherer(context.codes),
): AsyncGenerator<CheckedPayments, PaymentsEnd> {
  for await (const batch of readPayments(layout, source, table, context)) {
    gatherer.add(batch.payments);
    yield batch;
  }
  return gatherer.end();
}

/** Positions of the codes that a line has. */
export function usedCodes(sums: MonthSums, size: number): Int32Array {
  const used = new Int32Array(size);
  let count = 0;
  for (let position = 0; position < size; position++) if (sums.has(position)) used[count++] = position;
  return used.subarray(0, count);
}

/** Ministries of the codes of a book, one string for all codes of a ministry. */
class Ministries {
  readonly #codes: CodeBook;
  readonly #names = new Map<string, string>();
  readonly #byPosition: string[] = [];

  constructor(codes: CodeBook) {
    this.#codes = codes;
  }

  get size(): number {
    return this.#codes.size;
  }

  ministry(position: number): string {
    for (let next = this.#byPosition.length; next <= position; next++) {
      const name = ministryOf(this.#codes.canonical(next));
      const known = this.#names.get(name);
      if (known === undefined) this.#names.set(name, name);
      this.#byPosition.push(known ?? name);
    }
    return this.#byPosition[position] as string;
  }

  fiscalYear(position: number): number {
    return this.#codes.fiscalYear(position);
  }
}
