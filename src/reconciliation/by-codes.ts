import type { Reader } from "../store/index.ts";
import { partOf, wholeOf } from "./amounts.ts";
import { filled, minus, plus, zero } from "./measures.ts";
import { addUp, type Sum } from "./queries.ts";
import type { Question } from "./question.ts";
import type { Shown, SumRow } from "./shown.ts";
import { matchTags } from "./tag-matches.ts";
import type { Measures } from "./types.ts";
import { partConditions, universeOf } from "./universe.ts";

const M_JOIN = "m.fiscal_year = b.fiscal_year AND m.node = c.node";
const N_JOIN = "n.fiscal_year = b.fiscal_year AND n.node = c.node";

/** Answers from the balances of every code, in SQL. It can answer everything and refuses sums beyond 64 bits. */
export async function answerByCodes(reader: Reader, question: Question): Promise<Shown> {
  const adder = new Adder(reader, question);
  if (question.rules) return sumTheme(adder, question, await matchTags(reader, question.rules, question.years));
  return { rows: await adder.rows({}), needsRo: adder.zero, untagged: adder.zero, filteredOut: adder.zero };
}

/** The expenditure that the filters leave, in one sum that knows nothing of tags. */
export async function expenditureByCodes(reader: Reader, question: Question): Promise<Measures> {
  return new Adder(reader, question).total({});
}

/** Runs sums over the same universe. */
class Adder {
  readonly zero: Measures;
  readonly #reader: Reader;
  readonly #base: Sum;
  readonly #byMonth: boolean;

  constructor(reader: Reader, { request, months, cohorts }: Question) {
    this.#reader = reader;
    this.#base = {
      months,
      universe: universeOf(reader, request, cohorts),
      joins: [],
      conditions: [],
      apply: wholeOf,
      by: request.by,
    };
    this.#byMonth = request.by.includes("month");
    this.zero = zero(this.#byMonth);
  }

  rows(change: Partial<Sum>): Promise<SumRow[]> {
    return addUp(this.#reader, { ...this.#base, ...change });
  }

  /** Without months as a dimension there is one row; with them only the monthly measures count. */
  async total(change: Partial<Sum>): Promise<Measures> {
    const [row] = await this.rows({ ...change, by: [] });
    return row ? filled(row.measures, this.#byMonth) : this.zero;
  }
}

async function sumTheme(
  adder: Adder,
  { request }: Question,
  matches: Awaited<ReturnType<typeof matchTags>>,
): Promise<Shown> {
  const parts = { joins: [{ table: matches.parts, on: M_JOIN }], apply: partOf };
  const nodes = { joins: [{ table: matches.nodes, on: M_JOIN }] };
  const conditions = partConditions(request);
  const untouched = await adder.total({ joins: [{ table: matches.untagged, on: N_JOIN }] });
  // In further analysis the rest of a tagged node is money that the theme does not touch.
  const rest =
    request.basis === "weighted"
      ? minus(await adder.total(nodes), await adder.total({ ...nodes, apply: partOf }))
      : adder.zero;
  return {
    rows: await adder.rows({ ...parts, conditions }),
    needsRo: await adder.total({ joins: [{ table: matches.needsRo, on: N_JOIN }] }),
    untagged: plus(untouched, rest),
    filteredOut:
      conditions.length > 0 ? minus(await adder.total(parts), await adder.total({ ...parts, conditions })) : adder.zero,
  };
}
