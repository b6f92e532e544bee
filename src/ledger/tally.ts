import type { CheckedRows, ExtractKind, Reject, StatedTotal } from "../extracts/index.ts";
import type { ControlTotal, Posted } from "./types.ts";

/** Counts rows and rupiah of one import, so that what came in can be compared with what is stored. */
export class Tally {
  posted = 0;
  rejected = 0;
  skipped = 0;
  amountPosted = 0n;
  amountRejected = 0n;
  /** Rupiah of rows that a filter passed over. */
  amountSkipped = 0n;
  rejectedWithMoney = 0;
  /** The file says that it has no data. */
  saysEmpty = false;
  readonly statedTotals: bigint[] = [];
  readonly #totals: StatedTotal[] = [];

  get read(): number {
    return this.posted + this.rejected + this.skipped;
  }

  get amountRead(): bigint {
    return this.amountPosted + this.amountRejected;
  }

  /** Counts a batch with its lines and their rupiah. */
  add(batch: CheckedRows, lines: number, amount: bigint): void {
    this.posted += lines;
    this.rejected += batch.rejects.length;
    this.skipped += batch.skipped;
    this.amountPosted += amount;
    this.amountRejected += batch.rejectedAmount;
    this.amountSkipped += batch.skippedAmount;
    this.rejectedWithMoney += batch.rejectedWithMoney;
    this.saysEmpty ||= batch.saysEmpty;
    this.statedTotals.push(...batch.statedTotals);
    this.#totals.push(...batch.totals);
  }

  /** Rows that turned out wrong only when all were known; they carry no rupiah. */
  moveToRejects(rejects: readonly Reject[]): void {
    this.posted -= rejects.length;
    this.rejected += rejects.length;
  }

  /**
   * What must agree before an extract is posted: every total the file states with the rupiah of its rows, and the
   * rupiah that were read with those the store holds for this extract plus those rejected.
   */
  controlTotals(posted: Posted): ControlTotal[] {
    const { kind } = posted.scope;
    if (!hasRupiah(kind)) return [];
    const total = (name: string, file: bigint, read: bigint) => ({ name, file, read, difference: file - read });
    return [
      total("file total", this.amountRead, posted.stored + this.amountRejected),
      ...this.statedTotals.map((stated) => total("stated total", stated, this.amountRead + this.amountSkipped)),
      ...this.#totals.map(({ name, stated, computed }) => total(name, stated, computed)),
      ...(posted.totals ?? []),
    ];
  }
}

function hasRupiah(kind: ExtractKind): boolean {
  return kind === "realization" || kind === "budget" || kind === "budget-and-realization";
}
