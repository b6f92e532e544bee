/** Something worked out from the ledger, kept until the ledger's version changes. */
export class Versioned<Value> {
  readonly #version: () => Promise<string>;
  readonly #load: () => Promise<Value>;
  #kept: { version: string; value: Promise<Value> } | null = null;

  constructor(version: () => Promise<string>, load: () => Promise<Value>) {
    this.#version = version;
    this.#load = load;
  }

  /** The value of the present version; several who ask at once wait for one piece of work. */
  async value(): Promise<Value> {
    const version = await this.#version();
    if (this.#kept?.version !== version) {
      const kept = { version, value: this.#load() };
      this.#kept = kept;
      // A failure is not kept: whoever asks next tries again.
      kept.value.catch(() => {
        if (this.#kept === kept) this.#kept = null;
      });
    }
    return this.#kept.value;
  }
}
