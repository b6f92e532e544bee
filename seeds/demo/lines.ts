/** Spreads the outputs of a fiscal year over satkers, places and accounts, into printed codes. */

import { apportion, percentOf } from "./amounts.ts";
import { type AccountShare, type Carrier, type Catalogue, type Output, REFOCUSING_YEAR } from "./catalogue.ts";
import { isActive, officeOutput, outputPart, programPart, roPart } from "./programme.ts";
import { Random } from "./random.ts";
import type { ReferenceLists } from "./references.ts";
import { isHeadOffice, officeKind, type Satker } from "./satkers.ts";

/** A budget line before revisions and scaling; amounts in thousands of rupiah. */
export interface LineDraft {
  code: string;
  activity: string;
  outputPart: string;
  ro: string | null;
  component: string | null;
  satker: Satker;
  output: Output;
  account: AccountShare;
  original: bigint;
  revised: bigint;
}

/** Catalogue sizes are in millions, lines in thousands of rupiah. */
const THOUSANDS_PER_MILLION = 1000n;

/** From 60 billion on, a builder's work lies in two districts. */
const TWO_PLACES = 60_000_000n;

/** Regional offices spend less than two billion on one account and less than twelve billion on two. */
const ONE_ACCOUNT = 2_000_000n;
const TWO_ACCOUNTS = 12_000_000n;

/** New in the revisions of 2020: what offices spent on the pandemic. */
const PANDEMIC_ACCOUNT: AccountShare = {
  account: "521131",
  percent: 100,
  component: "002",
  rhythm: "pengadaan",
  fund: "A000000001",
  headOnly: false,
  phrase: "masker dan penyanitasi tangan",
};

interface Amounts {
  original: bigint;
  revised: bigint;
}

function regionalAccounts(profile: readonly AccountShare[], { original, revised }: Amounts): AccountShare[] {
  const common = profile.filter((account) => !account.headOnly);
  const amount = original > revised ? original : revised;
  if (amount < ONE_ACCOUNT) return common.slice(0, 1);
  return amount < TWO_ACCOUNTS ? common.slice(0, 2) : common;
}

/** Collects the drafts of a year; the same printed code met twice is one line. */
class DraftBook {
  readonly drafts = new Map<string, LineDraft>();
  readonly #items = new Map<string, number>();
  readonly #year: number;
  readonly #seed: number;
  readonly #catalogue: Catalogue;

  constructor(year: number, catalogue: Catalogue, seed: number) {
    this.#year = year;
    this.#catalogue = catalogue;
    this.#seed = seed;
  }

  /** Spreads what a satker has for an output over places and accounts. */
  spread(satker: Satker, output: Output, amounts: Amounts): void {
    const random = new Random(this.#seed, `accounts ${this.#year} ${satker.code} ${output.activity} ${output.name}`);
    const profile = this.#catalogue.profiles.get(output.profile) ?? [];
    const accounts = isHeadOffice(satker) ? profile : regionalAccounts(profile, amounts);
    const shuffled = random.shuffle(satker.workplaces);
    const places = shuffled.slice(0, amounts.revised >= TWO_PLACES ? 2 : 1);
    const sites = places.length > 0 ? places : [satker.location];
    const targets = sites.flatMap((location) => accounts.map((account) => ({ location, account })));
    const draw = (amount: bigint): bigint[] =>
      apportion(
        amount,
        targets.map(({ account }) => account.percent * random.between(85, 115)),
      );
    const originals = draw(amounts.original);
    const revised = draw(amounts.revised);
    targets.forEach(({ location, account }, at) => {
      this.add(satker, output, account, location, { original: originals[at] ?? 0n, revised: revised[at] ?? 0n });
    });
  }

  add(satker: Satker, output: Output, account: AccountShare, location: string, amounts: Amounts): void {
    const ro = satker.printsRo ? roPart(this.#year, output) : null;
    const part = outputPart(this.#year, output);
    const program = `${output.ministry}${output.unit}${programPart(this.#year, output)}`;
    const twelve =
      `${satker.code}.${satker.kppn}.${account.account}.${program}.${output.activity}${part}.${account.fund}` +
      `.00000.${satker.authority}.${location}.2.000000.000000`;
    const code = ro === null ? twelve : `${twelve}.${ro}.${account.component}.0A.${this.#item(satker.code)}`;
    const known = this.drafts.get(code);
    if (known) {
      known.original += amounts.original;
      known.revised += amounts.revised;
      return;
    }
    this.drafts.set(code, {
      code,
      activity: output.activity,
      outputPart: part,
      ro,
      component: ro === null ? null : account.component,
      satker,
      output,
      account,
      ...amounts,
    });
  }

  /** Items are numbered through the whole satker, as SAKTI does. */
  #item(satker: string): string {
    const number = (this.#items.get(satker) ?? 0) + 1;
    this.#items.set(satker, number);
    return String(number).padStart(6, "0");
  }
}

/** The satkers of a carrier that take part in an output; at least one. */
function members(carrier: Carrier, output: Output, satkers: readonly Satker[], seed: number): Satker[] {
  const all = satkers.filter((satker) => satker.group.group === carrier.group);
  const count = Math.max(1, Math.round((all.length * carrier.coverage) / 100));
  const random = new Random(seed, `members ${carrier.group} ${output.activity} ${output.name}`);
  const chosen = new Set(random.shuffle(all).slice(0, count));
  return all.filter((satker) => chosen.has(satker));
}

/** Original and revised size of something in a year. In most years the revision is drawn later and both are equal. */
function sizeIn(year: number, size: bigint, trend: string, catalogue: Catalogue): Amounts {
  const percents = catalogue.trends.get(trend);
  const original = percents?.get(String(year));
  if (original === undefined) throw new Error(`trend ${trend} has no ${year}`);
  const revised = percents?.get(`${year}-revised`) ?? original;
  return { original: percentOf(size, original), revised: percentOf(size, revised) };
}

/** All lines of a fiscal year, satker by satker. */
export function lineDrafts(
  year: number,
  catalogue: Catalogue,
  satkers: readonly Satker[],
  references: ReferenceLists,
  seed: number,
): LineDraft[] {
  const book = new DraftBook(year, catalogue, seed);
  for (const output of catalogue.outputs.filter((candidate) => isActive(year, candidate))) {
    const whole = sizeIn(year, BigInt(output.size) * THOUSANDS_PER_MILLION, output.trend, catalogue);
    for (const carrier of output.carriers) {
      const carriers = members(carrier, output, satkers, seed);
      const random = new Random(seed, `weights ${year} ${carrier.group} ${output.activity} ${output.name}`);
      const weights = carriers.map(() => random.between(60, 140));
      const originals = apportion(percentOf(whole.original, carrier.percent), weights);
      const revised = apportion(percentOf(whole.revised, carrier.percent), weights);
      carriers.forEach((satker, at) => {
        book.spread(satker, output, { original: originals[at] ?? 0n, revised: revised[at] ?? 0n });
      });
    }
  }
  for (const satker of satkers) addOffice(book, year, satker, catalogue, references, seed);
  const order = new Map(satkers.map((satker, at) => [satker.code, at]));
  const place = (draft: LineDraft): number => order.get(draft.satker.code) ?? 0;
  return [...book.drafts.values()].sort((a, b) => place(a) - place(b));
}

/** The routine outputs of a satker: salaries and upkeep, equipment, management; in 2020 also the pandemic. */
function addOffice(
  book: DraftBook,
  year: number,
  satker: Satker,
  catalogue: Catalogue,
  references: ReferenceLists,
  seed: number,
): void {
  const random = new Random(seed, `office ${year} ${satker.code}`);
  const size = percentOf(BigInt(satker.group.officeSize) * THOUSANDS_PER_MILLION, random.between(92, 108));
  for (const office of catalogue.offices) {
    const percent = office.percent[officeKind(satker)];
    if (percent === 0) continue;
    const output = officeOutput(office, satker.group.officeActivity, references);
    const share = percentOf(size, percent);
    book.spread(satker, output, sizeIn(year, share, output.trend, catalogue));
    if (year === REFOCUSING_YEAR && office.profile === "kantor" && random.chance(400)) {
      book.add(satker, output, PANDEMIC_ACCOUNT, satker.location, { original: 0n, revised: percentOf(share, 3) });
    }
  }
}
