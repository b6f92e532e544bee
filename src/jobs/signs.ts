import type { Job } from "./types.ts";

interface Sign {
  owner: string | null;
  beat: number;
  /** Time without a new sign of life, in milliseconds. */
  silence: number;
}

/**
 * Watches over jobs that other processes run. No clock is compared with another: a process is taken for dead when its
 * jobs gave no sign of life while this one looked again and again.
 */
export class SignsOfLife {
  readonly #lease: number;
  /** Longest time between two looks that counts; a process that itself was stopped for an hour has not been looking. */
  readonly #step: number;
  #signs = new Map<string, Sign>();
  #lookedAt: number | null = null;

  constructor(lease: number, step: number) {
    this.#lease = lease;
    this.#step = step;
  }

  /**
   * The jobs whose process has been silent for too long.
   *
   * @param running all jobs that others run, as they are now
   * @param now a moment on a clock of this process, in milliseconds
   */
  silent(running: readonly Job[], now: number): Job[] {
    const passed = this.#lookedAt === null ? 0 : Math.min(now - this.#lookedAt, this.#step);
    this.#lookedAt = now;
    const signs = new Map<string, Sign>();
    for (const { id, owner, beat } of running) {
      const last = this.#signs.get(id);
      const alive = !last || last.owner !== owner || last.beat !== beat;
      signs.set(id, { owner, beat, silence: alive ? 0 : last.silence + passed });
    }
    this.#signs = signs;
    return running.filter(({ id }) => (signs.get(id)?.silence ?? 0) >= this.#lease);
  }
}
