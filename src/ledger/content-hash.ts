import { hash } from "node:crypto";

const LIMBS = 8;

/** Sums of 32-bit limbs stay exact in a number for this many entries. */
const CARRY_AFTER = 1 << 20;

/**
 * A hash of a collection that does not depend on the order of its entries: the SHA-256 of every entry, added modulo
 * 2^256. Equal entries count as often as they occur, so a doubled line is not a line.
 */
export class ContentHash {
  count = 0;
  readonly #limbs = new Float64Array(LIMBS);

  /** Adds one entry by its values; null is not the empty text, and no two lists of values read the same. */
  add(values: readonly (string | bigint | null)[]): void {
    const text = JSON.stringify(values.map((value) => (typeof value === "bigint" ? `#${value}` : value)));
    const digest = hash("sha256", text, "buffer");
    for (let limb = 0; limb < LIMBS; limb++) {
      this.#limbs[limb] = (this.#limbs[limb] ?? 0) + digest.readUInt32BE((LIMBS - 1 - limb) * 4);
    }
    if (++this.count % CARRY_AFTER === 0) this.#carry();
  }

  /** 64 hexadecimal digits. */
  digest(): string {
    this.#carry();
    const digits = [...this.#limbs].map((limb) => limb.toString(16).padStart(8, "0"));
    return digits.reverse().join("");
  }

  #carry(): void {
    let carry = 0;
    for (let limb = 0; limb < LIMBS; limb++) {
      const sum = (this.#limbs[limb] ?? 0) + carry;
      carry = Math.floor(sum / 2 ** 32);
      this.#limbs[limb] = sum - carry * 2 ** 32;
    }
  }
}
