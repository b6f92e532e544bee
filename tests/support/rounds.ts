import type { Parameters } from "fast-check";

/**
 * How often a random test tries, and with which seed. The seed is printed, so that a run can be repeated with
 * `TANDAI_FUZZ_SEED`; `TANDAI_FUZZ=20` tries twenty times as often and as long.
 */
export function rounds<T>(name: string, times: number, seconds: number): Parameters<T> & { seed: number } {
  const factor = Number(process.env.TANDAI_FUZZ ?? 1);
  const seed = Number(process.env.TANDAI_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
  if (!(factor > 0) || !Number.isSafeInteger(seed)) throw new Error("TANDAI_FUZZ and TANDAI_FUZZ_SEED are numbers");
  console.log(`${name}: TANDAI_FUZZ_SEED=${seed}`);
  return {
    seed,
    numRuns: Math.ceil(times * factor),
    interruptAfterTimeLimit: seconds * 1000 * factor,
    markInterruptAsFailure: false,
  };
}

/** How long vitest waits for a test that may take so many seconds. */
export function patience(seconds: number): number {
  return (seconds * Number(process.env.TANDAI_FUZZ ?? 1) + 60) * 1000;
}
