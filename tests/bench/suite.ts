import type { Section } from "./section.ts";

/** What every suite is told. */
export interface BenchContext {
  /** An empty folder that is thrown away. */
  folder: string;
  /** Also the cases of 10 million lines. */
  large: boolean;
  rounds: number;
  /** Progress for who waits; not part of the answer. */
  note(text: string): void;
}

export type Suite = (context: BenchContext) => Promise<Section[]>;
