/**
 * Repeatable chance. Every decision draws from a stream named after what it decides, so that adding a satker or an
 * output does not change the others. Streams are sfc32, started from a cyrb128 hash of seed and name (both public domain).
 */

function hash(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

const TWO_TO_32 = 4_294_967_296;

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count: number;

  constructor(seed: number, name: string) {
    [this.#a, this.#b, this.#c, this.#count] = hash(`${seed}/${name}`);
    for (let warmUp = 0; warmUp < 8; warmUp++) this.#next();
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** A whole number from low to high, both included. */
  between(low: number, high: number): number {
    return low + Math.floor((this.#next() / TWO_TO_32) * (high - low + 1));
  }

  /** True in so many of a thousand cases. */
  chance(perMille: number): boolean {
    return this.between(0, 999) < perMille;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.between(0, list.length - 1)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let at = copy.length - 1; at > 0; at--) {
      const other = this.between(0, at);
      const [x, y] = [copy[at] as T, copy[other] as T];
      copy[at] = y;
      copy[other] = x;
    }
    return copy;
  }
}
