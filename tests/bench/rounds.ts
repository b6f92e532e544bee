/** What one run of a contender took. */
export interface Run {
  seconds: number;
  /** Highest resident memory, in MB; null where it cannot be told apart. */
  peakMb: number | null;
}

/** A program that does the same work as the others of its group. */
export interface Contender {
  name: string;
  run(): Promise<Run>;
}

/** Medians of a contender over all rounds. */
export interface Outcome extends Run {
  name: string;
  /** Median over the rounds of the first contender's time ÷ this one's, in the same round; 1 for the first itself. */
  ratio: number;
}

/**
 * Lets the contenders run in turn, so that whatever else the machine does hits all of them. The first is ours: its
 * ratio against each other one is taken within a round.
 */
export async function compete(contenders: readonly Contender[], rounds: number): Promise<Outcome[]> {
  const runs = contenders.map((): Run[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) runs[index]?.push(await contender.run());
  }
  const [ours = []] = runs;
  return contenders.map(({ name }, index) => {
    const own = runs[index] ?? [];
    const peaks = own.flatMap(({ peakMb }) => peakMb ?? []);
    return {
      name,
      seconds: median(own.map(({ seconds }) => seconds)),
      peakMb: peaks.length > 0 ? Math.max(...peaks) : null,
      ratio: median(own.map(({ seconds }, round) => (ours[round]?.seconds ?? Number.NaN) / seconds)),
    };
  });
}

/** Times work of this process. */
export async function timed(work: () => Promise<unknown>): Promise<Run> {
  const start = performance.now();
  await work();
  return { seconds: (performance.now() - start) / 1000, peakMb: null };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
