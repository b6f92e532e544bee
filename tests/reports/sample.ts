import { monthsOf, type Window } from "../../src/periods.ts";
import { addFigures, noFigures } from "../../src/reporting/figures.ts";
import { type BudgetSource, type LineMatch, type PaymentSource, splitLines } from "../../src/reporting/lines.ts";
import { rankSatkers } from "../../src/reporting/ranking.ts";
import type {
  Figures,
  InterventionRow,
  LineCode,
  Named,
  PerformanceExecution,
  Placement,
  ReportLine,
} from "../../src/reporting/types.ts";

const named = (code: string, name: string | null): Named => ({ code, name });

export const WINDOW: Window = { from: "2019-04", to: "2020-03" };

const HEALTH = named("024", "KEMENTERIAN KESEHATAN");
const SOCIAL = named("027", "KEMENTERIAN SOSIAL");

function code(text: string, ministry: Named, satker: Named, output: Named, location: Named): LineCode {
  const account = named(text.slice(11, 17), "Belanja Bahan");
  const activity = named(output.code.slice(0, 4), "Pembinaan Gizi Masyarakat");
  return { code: text, ministry, satker, output, location, account, activity };
}

/** Four printed codes: shares below 100 %, one intervention, a place without a name, and a code that needs an RO. */
export const CODES: LineCode[] = [
  code(
    "400001.133.521211.0240308.2080001.A000000001.00000.1.0151.2.000000.000000",
    HEALTH,
    named("400001", "DIREKTORAT GIZI"),
    named("2080.001", "=Makanan tambahan bagi ibu hamil dan balita"),
    named("0151", "KOTA JAKARTA PUSAT"),
  ),
  code(
    "400002.030.521211.0240308.2080002.A000000001.00000.3.0500.2.000000.000000",
    HEALTH,
    named("400002", "DINAS KESEHATAN PROVINSI JAWA TIMUR"),
    named("2080.002", "Imunisasi dasar"),
    named("0500", "JAWA TIMUR"),
  ),
  code(
    "400003.030.521211.0270412.6279001.A000000001.00000.2.0599.2.000000.000000",
    SOCIAL,
    named("400003", null),
    named("6279.001", "Bantuan sosial"),
    named("0599", null),
  ),
  code(
    "400003.030.521211.0270412.6279002.A000000001.00000.2.0599.2.000000.000000",
    SOCIAL,
    named("400003", null),
    named("6279.002", null),
    named("0599", null),
  ),
];

const VITAMIN_A: Placement = { node: "2080.001", intervention: named("vitamin-a", "Vitamin A"), share: 6000 };
const ZINC: Placement = { node: "2080.001", intervention: named("zinc", "Suplementasi zink"), share: 2000 };
const IMMUNIZATION: Placement = { node: "2080.002", intervention: named("immunization", "Imunisasi"), share: 10_000 };
const FOOD: Placement = { node: "6279", intervention: named("food-assistance", "Bantuan pangan"), share: 5000 };

const MATCHES: LineMatch[] = [
  {
    placements: [
      { placement: VITAMIN_A, before: 0, upTo: 6000 },
      { placement: ZINC, before: 6000, upTo: 8000 },
    ],
    total: 8000,
  },
  { placements: [{ placement: IMMUNIZATION, before: 0, upTo: 10_000 }], total: 10_000 },
  { placements: [{ placement: FOOD, before: 0, upTo: 5000 }], total: 5000 },
  "needs-ro",
];

const CLASS_OF: Record<string, string> = { "food-assistance": "sensitive" };

export function payment(row: number, codeIndex: number, date: string, amount: bigint): PaymentSource {
  return { extract: 3, row, code: codeIndex, date, document: `1913300000${row}`, description: null, amount };
}

export function budget(
  row: number,
  codeIndex: number,
  fiscalYear: number,
  amount: bigint,
  planned = true,
): BudgetSource {
  const month = amount / 12n;
  const plan = Array.from({ length: 12 }, (_, index) => (index === 11 ? amount - month * 11n : month));
  return {
    extract: 2,
    row,
    code: codeIndex,
    fiscalYear,
    revision: 0,
    revisionDate: `${fiscalYear - 1}-12-05`,
    highest: true,
    amount,
    blocked: amount / 100n,
    plan: planned ? plan : plan.map(() => null),
  };
}

export const PAYMENTS: PaymentSource[] = [
  payment(2, 0, "2019-04-15", 1_000_000_007n),
  payment(3, 0, "2019-04-20", 333_333_333n),
  payment(4, 0, "2019-12-20", -50_000_001n),
  payment(5, 1, "2019-06-30", 9_000_000_000n),
  payment(6, 1, "2020-01-31", 4_000_000_000n),
  payment(7, 2, "2019-11-11", 2_500_000_000n),
  payment(8, 3, "2019-05-02", 77_000_000n),
];

export const BUDGETS: BudgetSource[] = [
  budget(2, 0, 2019, 4_000_000_001n),
  budget(3, 1, 2019, 10_000_000_000n),
  budget(4, 1, 2020, 2_000_000_000n, false),
  budget(5, 3, 2019, 120_000_000n),
];

/** A report put together from lines by adding them up, without a store: what the writer is fed in tests. */
export function sampleReport(
  change: Partial<PerformanceExecution> = {},
  payments: readonly PaymentSource[] = PAYMENTS,
  budgets: readonly BudgetSource[] = BUDGETS,
): PerformanceExecution {
  const { lines, placements } = splitLines(payments, budgets, WINDOW, (index) => MATCHES[index] ?? "untagged");
  const sums = new Sums(lines, placements);
  const untagged = { ...noFigures(), original: 500n, revised: 600n, budget: 300n, realization: 250n };
  const ministries = [HEALTH, SOCIAL].map((one) => ({
    ...one,
    ...sums.both((line) => sums.code(line).ministry === one),
  }));
  const total = sums.both(() => true);
  const needsRo = sums.needsRo();
  const interventions = [VITAMIN_A, ZINC, IMMUNIZATION, FOOD].flatMap(({ intervention }): InterventionRow[] => {
    const ofThis = (line: ReportLine) => placements[line.placement ?? -1]?.intervention === intervention;
    if (!lines.some(ofThis)) return [];
    const group = named(CLASS_OF[intervention.code] ?? "specific", CLASS_OF[intervention.code] ?? "Spesifik");
    return [{ ...intervention, class: group, ...sums.both(ofThis) }];
  });
  const satkers = sums
    .groups((line) => sums.code(line).satker)
    .map(([satker, figures]) => ({ ...satker, ministry: satker.code === "400003" ? SOCIAL : HEALTH, figures }));
  return {
    language: "id",
    window: WINDOW,
    due: "2020-06",
    demonstration: false,
    theme: named("stunting", "Percepatan penurunan stunting"),
    dataAsOf: "2020-03-31",
    versions: { data: "aaaaaaaaaaaa", tags: "bbbbbbbbbbbb", codeLists: "cccccccccccc" },
    total,
    needsRo,
    untagged,
    ledger: addFigures(addFigures(total.whole, needsRo), untagged),
    residual: { whole: 0n, weighted: 0n },
    twelfths: sums.months().reduce((sum, { twelfths }) => sum + twelfths, 0n),
    ministries: ministries.filter(({ code: key }) => lines.some((line) => sums.isTagged(line, key))),
    classes: [named("specific", "Spesifik"), named("sensitive", "Sensitif"), named("support", "Dukungan")],
    interventions,
    withoutTags: [named("deworming", "Pemberian obat cacing")],
    districts: sums
      .groups((line) => sums.code(line).location)
      .map(([place, figures]) => ({
        ...place,
        province: named(place.code.slice(0, 2), place.code.startsWith("01") ? "DKI JAKARTA" : "JAWA TIMUR"),
        figures,
      })),
    months: sums.months(),
    satkers,
    ranking: rankSatkers(satkers),
    accountGroups: lines.length > 0 ? [{ ...named("52", "Belanja barang dan jasa"), figures: total.whole }] : [],
    funds: lines.length > 0 ? [{ ...named("A", "RUPIAH MURNI"), figures: total.whole }] : [],
    codes: CODES,
    placements,
    lines,
    tags: [VITAMIN_A, ZINC, IMMUNIZATION, FOOD].map((placement) => ({
      ...placement,
      name: "@keluaran",
      class: named(CLASS_OF[placement.intervention.code] ?? "specific", "Kelas"),
      fiscalYearFrom: 2019,
      fiscalYearTo: 2020,
      agreement: "BA-01/2019",
      evidence: "+62 Renja K/L",
    })),
    extracts: [
      { id: 2, layout: "budget", file: "-anggaran.csv", sha256: "a".repeat(64), rows: 4, amount: 1n, lastDate: null },
      {
        id: 3,
        layout: "realization",
        file: "sp2d.csv",
        sha256: "b".repeat(64),
        rows: 7,
        amount: 2n,
        lastDate: "2020-03-31",
      },
    ],
    codeLists: [
      { list: "ministries", entries: [HEALTH, SOCIAL] },
      { list: "satkers", entries: CODES.slice(0, 3).map(({ satker }) => satker) },
    ],
    ...change,
  };
}

/** Adds lines up the plain way. */
class Sums {
  readonly #lines: readonly ReportLine[];
  readonly #placements: readonly Placement[];

  constructor(lines: readonly ReportLine[], placements: readonly Placement[]) {
    this.#lines = lines;
    this.#placements = placements;
  }

  code(line: ReportLine): LineCode {
    const found = CODES[line.code];
    if (!found) throw new Error(`no code ${line.code}`);
    return found;
  }

  isTagged(line: ReportLine, ministry: string): boolean {
    return this.#placements[line.placement ?? -1] !== undefined && this.code(line).ministry.code === ministry;
  }

  both(keep: (line: ReportLine) => boolean): { whole: Figures; weighted: Figures } {
    const tagged = this.#lines.filter((line) => line.placement !== null && keep(line));
    return { whole: add(tagged, "whole"), weighted: add(tagged, "weighted") };
  }

  needsRo(): Figures {
    const lines = this.#lines.filter((line) => line.placement === null);
    return add(lines, "whole");
  }

  groups(key: (line: ReportLine) => Named): [Named, Figures][] {
    const tagged = this.#lines.filter((line) => line.placement !== null);
    const keys = new Map(tagged.map((line) => [key(line).code, key(line)]));
    return [...keys.values()]
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .map((one) => [one, this.both((line) => key(line).code === one.code).whole]);
  }

  months() {
    return monthsOf(WINDOW).map((month, index) => {
      let [plan, twelfths, realization] = [0n, 0n, 0n];
      for (const line of this.#lines) {
        if (line.placement === null) continue;
        if (line.kind === "realization") {
          if (line.date.startsWith(month)) realization += line.whole;
        } else {
          plan += line.plan[index] ?? 0n;
          if (line.spread) twelfths += line.plan[index] ?? 0n;
        }
      }
      return { month, budget: plan, twelfths, realization };
    });
  }
}

function add(lines: readonly ReportLine[], basis: "whole" | "weighted"): Figures {
  const figures = noFigures();
  for (const line of lines) {
    if (line.kind === "realization") figures.realization += line[basis] ?? 0n;
    else {
      figures.original += line[basis]?.original ?? 0n;
      figures.revised += line[basis]?.revised ?? 0n;
      figures.blocked += line[basis]?.blocked ?? 0n;
      figures.budget += line[basis]?.budget ?? 0n;
    }
  }
  return figures;
}
