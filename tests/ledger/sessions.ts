import fc from "fast-check";
import {
  type DipaLine,
  type ModelCode,
  type ModelRequest,
  type ModelTag,
  monthsBetween,
  type Payment,
} from "./model.ts";
import { code } from "./world.ts";

export const CLASSES: Record<string, string> = {
  "clean-water": "sensitive",
  "vitamin-a": "specific",
  zinc: "specific",
};
export const INTERVENTIONS = Object.keys(CLASSES);
const YEARS = [2019, 2020];
const ALL_MONTHS = monthsBetween("2019-01", "2020-12");

/** Codes that share satkers, ministries, nodes and levels in every way that has ever gone wrong. */
const CODES: ModelCode[] = [
  ["100001", "0240508", "2080", "001", "521211", "A", "0151", "1", null],
  ["100001", "0240508", "2080", "002", "521211", "A", "0151", "1", null],
  ["100001", "0240508", "2080", "001", "521211", "A", "0151", "1", "001.051.0A.000001"],
  ["100001", "0240508", "2080", "001", "521211", "A", "0151", "1", "001.051.0A.000002"],
  ["100001", "0240508", "2080", "001", "531111", "B", "0151", "1", "001.052.0A.000001"],
  ["100002", "0240508", "2080", "001", "521211", "A", "3051", "2", "002.051.0A.000001"],
  ["100002", "0270108", "2081", "001", "521211", "A", "3051", "2", null],
  ["100002", "0270108", "2081", "001", "521211", "A", "3051", "2", "001.051.0A.000001"],
  ["100003", "0270108", "2081", "001", "631111", "C", "3000", "6", null],
  ["100003", "0240508", "2080", "001", "411211", "A", "0151", "1", null],
  ["100004", "0330708", "2082", "001", "521211", "A", "0151", "1", "001.051.0A.000001"],
  ["100004", "0330708", "2082", "001", "571111", "A", "0151", "1", null],
].map((parts): ModelCode => {
  const [satker, program, activity, output, account, source, location, authority, detail] = parts as string[];
  if (!satker || !program || !activity || !output || !account || !source || !location || !authority) {
    throw new Error("a code lacks a part");
  }
  const below = detail?.split(".").slice(0, 2) ?? [];
  const [ro = null, component = null] = below;
  return {
    printed: code({
      satker,
      program,
      account,
      location,
      authority,
      output: activity + output,
      fund: `${source}000000001`,
      detail: detail ?? null,
    }),
    satker,
    account,
    node: [activity, output, ...below].join("."),
    dimensions: {
      ministry: program.slice(0, 3),
      unit: program.slice(0, 5),
      program,
      activity,
      output: activity + output,
      ro: ro && activity + output + ro,
      component: ro && component && activity + output + ro + component,
      satker,
      province: location.slice(0, 2),
      district: location,
      account_group: account.slice(0, 2),
      account,
      fund: source,
      authority,
      cohort: null,
    },
  };
});

/** Nodes of one whole tag, and nodes of up to three parts that always fit. */
const WHOLE_NODES = ["2080.001", "2081.001.001", "2082"];
const SPLIT_NODES = ["2080", "2080.001.001", "2080.001.001.051", "2081", "2082.001.001.051"];

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const amounts = fc.oneof(
  fc.bigInt({ min: -50n, max: 50n }),
  fc.bigInt({ min: -(10n ** 9n), max: 10n ** 12n }),
  fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
);
const date = fc
  .tuple(oneOf(["2019-10", "2019-11", "2019-12", "2020-01", "2020-02"]), oneOf(["01", "15", "28"]))
  .map((parts) => parts.join("-"));

interface Scope {
  text: string;
  months: string[];
  satkers: string[];
  ministry: string | null;
}
const scope: fc.Arbitrary<Scope | null> = fc.option(
  fc.constantFrom<Scope>(
    { text: "2019-11..2020-01", months: ["2019-11", "2019-12", "2020-01"], satkers: [], ministry: null },
    { text: "satker=100001,100002", months: [], satkers: ["100001", "100002"], ministry: null },
    { text: "2019-12;ministry=024", months: ["2019-12"], satkers: [], ministry: "024" },
    { text: "ministry=027", months: [], satkers: [], ministry: "027" },
  ),
  { freq: 2 },
);

const payment: fc.Arbitrary<Payment> = fc.record({ code: oneOf(CODES), date, amount: amounts });
const plan = fc.oneof(
  fc.constant(Array<bigint | null>(12).fill(null)),
  fc.array(amounts, { minLength: 12, maxLength: 12 }),
  fc.array(fc.option(amounts, { freq: 9 }), { minLength: 12, maxLength: 12 }),
);
const dipaLine: fc.Arbitrary<DipaLine> = fc.record({
  code: oneOf(CODES),
  year: oneOf(YEARS),
  revision: oneOf([0, 0, 1, 2, 10]),
  amount: amounts,
  blocked: amounts,
  plan,
});
const wholeTag = fc.record({
  node: oneOf(WHOLE_NODES),
  intervention: fc.constant("zinc"),
  from: fc.constant(2019),
  to: fc.constant(2020),
  share: fc.integer({ min: 1, max: 10_000 }),
});
/** One intervention has one tag in a year, so the ranges of an intervention share none. */
const splitTag = fc
  .record({
    node: oneOf(SPLIT_NODES),
    intervention: oneOf(INTERVENTIONS),
    range: oneOf([
      { from: 2018, to: 2019 },
      { from: 2020, to: 2021 },
    ]),
    share: fc.integer({ min: 1, max: 833 }),
  })
  .map(({ range, ...tag }) => ({ ...tag, ...range }));
const tagRows = fc.uniqueArray(fc.oneof(wholeTag, splitTag), {
  minLength: 1,
  maxLength: 6,
  selector: ({ node, intervention, from, to }) => [node, intervention, from, to].join(" "),
});

export type Step =
  | { do: "payments"; payments: Payment[]; scope: Scope | null }
  | { do: "budget"; lines: DipaLine[] }
  | { do: "tags"; tags: Omit<ModelTag, "agreed" | "agreement">[]; agreed: boolean }
  | { do: "try"; payments: Payment[] }
  | { do: "revert" | "again"; pick: number }
  | { do: "blocked" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("payments" as const),
      payments: fc.array(payment, { minLength: 1, maxLength: 10 }),
      scope,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("budget" as const),
      lines: fc.array(dipaLine, { minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("tags" as const), tags: tagRows, agreed: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("revert" as const, "revert" as const, "revert" as const, "again" as const),
      pick: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "blocked" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("try" as const),
      payments: fc.array(payment, { minLength: 1, maxLength: 5 }),
    }),
  },
);

const LINE_DIMENSIONS = Object.keys(CODES[0]?.dimensions ?? {});
const TAG_DIMENSIONS = ["class", "intervention"];

const where = fc.subarray(
  [
    ["ministry", ["024", "033"]],
    ["satker", ["100001", "100002", "999999"]],
    ["fund", ["A"]],
    ["month", ["2019-10", "2019-12", "2020-02"]],
    ["ro", ["2080001001", "2082001001"]],
    ["district", ["0151"]],
    ["class", ["specific"]],
    ["intervention", ["zinc", "clean-water"]],
  ] as [string, string[]][],
  { maxLength: 2 },
);
const request: fc.Arbitrary<ModelRequest> = fc
  .record({
    themed: fc.boolean(),
    by: fc.subarray([...LINE_DIMENSIONS, ...TAG_DIMENSIONS, "month"], { minLength: 1, maxLength: 3 }),
    reverse: fc.boolean(),
    window: fc.tuple(oneOf(ALL_MONTHS.slice(0, 12)), oneOf(ALL_MONTHS.slice(11))).map(([from, to]) => ({ from, to })),
    basis: oneOf(["whole", "weighted"] as const),
    where,
  })
  .map(({ themed, by, reverse, window, basis, where: filters }) => {
    const fits = (dimension: string) => themed || !TAG_DIMENSIONS.includes(dimension);
    const dimensions = by.filter(fits);
    const used = dimensions.length > 0 ? dimensions : ["ministry"];
    return {
      themed,
      by: reverse ? used.reverse() : used,
      window,
      basis,
      where: Object.fromEntries(filters.filter(([dimension]) => fits(dimension))),
    };
  })
  // A filter that leaves no month of the window is another test.
  .filter(({ window, where: { month } }) => !month || month.some((one) => window.from <= one && one <= window.to));

export const session = fc.array(fc.record({ step, requests: fc.array(request, { minLength: 1, maxLength: 2 }) }), {
  minLength: 4,
  maxLength: 12,
  size: "max",
});
