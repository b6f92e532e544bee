/** A known name that resembles another, from 0 (no word in common) to 1 (the same words). */
export interface Resemblance<Item> {
  item: Item;
  similarity: number;
}

/**
 * Names by the words they share: the cosine between their sets of stems, a stem weighing the more the fewer names have it.
 */
export class NameIndex<Item> {
  readonly #weights = new Map<string, number>();
  readonly #items: { item: Item; norm: number }[] = [];
  readonly #byStem = new Map<string, number[]>();
  readonly #unseen: number;

  /** `corpus` are all names that tell how frequent a word is; `known` those to be found again. */
  constructor(corpus: Iterable<readonly string[]>, known: Iterable<{ stems: readonly string[]; item: Item }>) {
    const counts = new Map<string, number>();
    let names = 0;
    for (const stems of corpus) {
      names++;
      for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    }
    this.#unseen = Math.log(names + 1) + 1;
    for (const [stem, count] of counts) this.#weights.set(stem, Math.log((names + 1) / (count + 1)) + 1);
    for (const { stems, item } of known) {
      const index = this.#items.push({ item, norm: this.#norm(stems) }) - 1;
      for (const stem of stems) {
        const places = this.#byStem.get(stem);
        if (places) places.push(index);
        else this.#byStem.set(stem, [index]);
      }
    }
  }

  /** Known names that resemble a name at least so much, the most alike first. */
  similar(stems: readonly string[], least: number): Resemblance<Item>[] {
    const dots = new Map<number, number>();
    for (const stem of stems) {
      const square = this.#weight(stem) ** 2;
      for (const index of this.#byStem.get(stem) ?? []) dots.set(index, (dots.get(index) ?? 0) + square);
    }
    const own = this.#norm(stems);
    const found: (Resemblance<Item> & { index: number })[] = [];
    for (const [index, dot] of dots) {
      const known = this.#items[index];
      const similarity = known ? dot / (own * known.norm) : 0;
      if (known && similarity >= least) found.push({ item: known.item, similarity: Math.min(similarity, 1), index });
    }
    return found
      .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
      .map(({ item, similarity }) => ({ item, similarity }));
  }

  /** How much two names resemble each other. */
  between(a: readonly string[], b: readonly string[]): number {
    const others = new Set(b);
    const dot = a.filter((stem) => others.has(stem)).reduce((sum, stem) => sum + this.#weight(stem) ** 2, 0);
    return dot === 0 ? 0 : Math.min(dot / (this.#norm(a) * this.#norm(b)), 1);
  }

  #weight(stem: string): number {
    return this.#weights.get(stem) ?? this.#unseen;
  }

  #norm(stems: readonly string[]): number {
    return Math.sqrt(stems.reduce((sum, stem) => sum + this.#weight(stem) ** 2, 0)) || 1;
  }
}
