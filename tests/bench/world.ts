import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsvObjects } from "../../src/extracts/readers/csv-parser.ts";
import { projectRoot } from "../../src/paths.ts";

/** The fiscal year of everything the bench writes. */
export const YEAR = 2024;

/** A spending unit with what its codes have in common. */
export interface BenchSatker {
  code: string;
  /** Ministry 3 + unit 2 + program 2. */
  program: string;
  location: string;
  kppn: string;
  authority: string;
  /** Its outputs, activity 4 + output class 3. */
  outputs: string[];
}

/** A tag of an output: the interventions that share it, in basis points. */
export interface BenchTag {
  output: string;
  shares: { intervention: string; class: string; share: number }[];
}

/** A national budget of random but well-formed codes over the real code lists. */
export interface BenchWorld {
  satkers: BenchSatker[];
  /** Distinct printed codes of 12 segments, sorted. */
  codes: string[];
  tags: BenchTag[];
}

/** Deterministic numbers in [0, below). */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Builds a world with exactly so many distinct codes, of at most 20,000 satkers. */
export function buildWorld(codes: number): BenchWorld {
  const random = generator(2_024);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const satkers = buildSatkers(Math.min(20_000, Math.ceil(codes / 10)), pick);
  const accounts = read("accounts.csv")
    .map(({ code = "" }) => code)
    .filter((code) => /^5[1237]/.test(code));
  const chosen = Array.from({ length: 200 }, () => pick(accounts));
  const printed = new Set<string>();
  for (let index = 0; printed.size < codes; index++) {
    const satker = satkers[index % satkers.length] as BenchSatker;
    const { code, kppn, program, authority, location } = satker;
    const fund = random(20) === 0 ? "B000000001" : "A000000001";
    const output = pick(satker.outputs);
    printed.add(
      `${code}.${kppn}.${pick(chosen)}.${program}.${output}.${fund}.00000.${authority}.${location}.2.000000.000000`,
    );
  }
  return { satkers, codes: [...printed].sort(), tags: buildTags(satkers, random) };
}

function buildSatkers(count: number, pick: <T>(list: readonly T[]) => T): BenchSatker[] {
  const activities = new Map<string, string[]>();
  for (const { code = "", ministry, unit, program } of read("activities.csv")) {
    const owner = `${ministry}${unit}${program}`;
    if (owner.length === 7 && code.length === 4) activities.set(owner, [...(activities.get(owner) ?? []), code]);
  }
  const owners = [...activities];
  const classes = read("output_classes.csv").map(({ code = "" }) => code);
  const locations = read("locations.csv").map(({ province, district }) => `${province}${district}`);
  const offices = read("treasury_offices.csv").map(({ code = "" }) => code);
  return Array.from({ length: count }, (_, index) => {
    const [program, own] = pick(owners);
    const outputs = Array.from({ length: 12 }, () => {
      const activity = pick(own);
      // An activity has a handful of outputs, whoever carries it out.
      return `${activity}${classes[(Number(activity) * 7 + pick([0, 1, 2, 3, 4])) % classes.length]}`;
    });
    return {
      code: String(400_000 + index),
      program,
      location: pick(locations),
      kppn: pick(offices),
      authority: pick(["1", "2", "3", "4"]),
      outputs,
    };
  });
}

/** One output in fifty is tagged: alone, in part, or shared by two interventions. */
function buildTags(satkers: readonly BenchSatker[], random: (below: number) => number): BenchTag[] {
  const ofTheme = read("interventions.csv").filter(({ theme }) => theme === "stunting");
  const interventions = ofTheme.map(({ code = "", class: kind = "" }) => ({
    intervention: code,
    class: kind,
  }));
  const outputs = [...new Set(satkers.flatMap((satker) => satker.outputs))].sort();
  return outputs
    .filter(() => random(50) === 0)
    .map((output) => {
      const first = random(interventions.length);
      const second = (first + 1 + random(interventions.length - 1)) % interventions.length;
      const shares = [[10_000], [4_000], [3_333, 2_500]][random(3)] as number[];
      return {
        output,
        shares: shares.map((share, index) => {
          const { intervention = "", class: kind = "" } = interventions[index === 0 ? first : second] ?? {};
          return { intervention, class: kind, share };
        }),
      };
    });
}

function read(file: string): Record<string, string>[] {
  return parseCsvObjects(readFileSync(join(projectRoot(), "seeds", "reference", file), "utf8"));
}
