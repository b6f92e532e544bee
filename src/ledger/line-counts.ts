import type { Payments } from "../extracts/index.ts";
import { ExactSum } from "../money.ts";
import { monthOf } from "../periods.ts";
import type { Group } from "./changes/index.ts";
import type { MonthSums } from "./month-sums.ts";

/** What the counts need to know of a code, by its position. */
export interface CodePlaces {
  readonly size: number;
  ministry(position: number): string;
  fiscalYear(position: number): number;
}

/** Counts payment lines by ministry, fiscal year and month while they pass. */
export class LineCounts {
  readonly #codes: CodePlaces;
  readonly #places: { ministry: string; fiscalYear: number }[] = [];
  readonly #numbers = new Map<string, number>();
  /** Number of the place of each code, from 1; 0 is not known yet. */
  #placeOf = new Uint16Array(1024);
  /** Lines per place and month. */
  #counts = new Float64Array(12 * 16);

  constructor(codes: CodePlaces) {
    this.#codes = codes;
  }

  add({ length, codes, dates }: Pick<Payments, "length" | "codes" | "dates">): void {
    for (let at = 0; at < length; at++) {
      const code = codes[at] as number;
      const place = this.#placeOf[code] || this.#place(code);
      const month = (((dates[at] as number) / 100) | 0) % 100;
      const slot = place * 12 + month - 1;
      this.#counts[slot] = (this.#counts[slot] as number) + 1;
    }
  }

  #place(code: number): number {
    if (code >= this.#placeOf.length) this.#placeOf = grown(this.#placeOf, Uint16Array, code + 1);
    const place = { ministry: this.#codes.ministry(code), fiscalYear: this.#codes.fiscalYear(code) };
    const name = `${place.ministry} ${place.fiscalYear}`;
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#places.push(place);
      this.#numbers.set(name, number);
      const slots = (number + 1) * 12;
      if (slots > this.#counts.length) this.#counts = grown(this.#counts, Float64Array, slots);
    }
    this.#placeOf[code] = number;
    return number;
  }

  /** The counts with the rupiah of the same lines. */
  groups(sums: MonthSums): Group[] {
    const amounts = this.#places.map(() => Array.from({ length: 12 }, () => new ExactSum()));
    const months: (number | bigint | string | null)[] = [];
    for (let code = 0; code < this.#codes.size; code++) {
      if (!sums.has(code)) continue;
      sums.write(code, months, 0);
      const own = amounts[(this.#placeOf[code] ?? 0) - 1];
      for (let month = 0; month < 12; month++) {
        const amount = months[month];
        if (typeof amount === "number" || typeof amount === "bigint") own?.[month]?.add(amount);
      }
    }
    return this.#places.flatMap(({ ministry, fiscalYear }, index) =>
      Array.from({ length: 12 }, (_, month): Group => {
        const lines = this.#counts[(index + 1) * 12 + month] ?? 0;
        const period = monthOf(fiscalYear, month + 1);
        return { ministry, fiscalYear, period, lines, amount: amounts[index]?.[month]?.value ?? 0n };
      }).filter(({ lines }) => lines > 0),
    );
  }
}

function grown<List extends Uint16Array | Float64Array>(
  list: List,
  Kind: new (size: number) => List,
  least: number,
): List {
  let size = list.length;
  while (size < least) size *= 2;
  const larger = new Kind(size);
  larger.set(list);
  return larger;
}
