import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeDemonstration } from "../../../seeds/demo/index.ts";
import { parseCsvObjects } from "../../../src/extracts/readers/csv-parser.ts";
import { translator } from "../../../src/i18n/index.ts";
import { importFile } from "../../../src/ledger/index.ts";
import { projectRoot } from "../../../src/paths.ts";
import { ensureReferences } from "../../../src/references/index.ts";
import { type Db, openStore } from "../../../src/store/index.ts";
import { suggestionsOf } from "../../../src/suggestions/index.ts";
import { tandai } from "../process.ts";
import { median } from "../rounds.ts";
import type { BenchContext, Suite } from "../suite.ts";

/** Outputs of the year that is asked, as many as planners face. */
const OUTPUTS = 5_000;
/** So many suggestions somebody looks at. */
const LOOKED_AT = 200;
const HEADER = "fiscal_year,ministry,unit,program,activity,output,ro,component,name,themes,target,unit_of_measure";
const TAGS_HEADER = "theme,fiscal_year_from,fiscal_year_to,code,class,intervention,share,evidence";

type Row = Record<string, string>;

/** What is known beside the list of the year: words only, marks, or the tags of the years before. */
const CASES = [
  { name: "keywords only", marks: false, earlier: false },
  { name: "keywords and KRISNA marks", marks: true, earlier: false },
  { name: "keywords and tags of earlier years", marks: false, earlier: true },
  { name: "everything", marks: true, earlier: true },
];

/** Beginnings of names, so that real activities become plausible outputs. */
const BEGINNINGS = ["", "Layanan ", "Fasilitasi ", "Laporan ", "Rekomendasi ", "Pelatihan ", "Dokumen ", "Sarana "];

/**
 * How many of the demonstration's agreed tags of a held-out year stand in the first 200 suggestions over 5,000 outputs: those of the
 * demonstration, the names that only sound alike, and outputs named after real activities that the demonstration does not tag.
 */
export const suggestSuite: Suite = async (context) => {
  const demo = join(context.folder, "demo");
  const files = await writeDemonstration({ referenceDir: join(projectRoot(), "seeds", "reference"), outDir: demo });
  const outputs = parse(join(demo, "outputs.csv"));
  const tags = files.filter(({ layout }) => layout === "tags").flatMap(({ path }) => parse(path));
  const fillers = fillersOf(new Set(tags.map(({ code = "" }) => code.slice(0, 4))));
  const rows: (string | number | null)[][] = [];
  for (const year of ["2019", "2021", "2022"]) {
    for (const one of CASES) {
      context.note(`${year}, ${one.name}`);
      rows.push([year, one.name, ...(await measureCase(context, one, year, { outputs, tags, fillers }))]);
    }
  }
  return [
    {
      id: "suggest",
      title: `Suggestions for stunting: the first ${LOOKED_AT} of ${OUTPUTS.toLocaleString("en")} outputs, the tags of the year held out`,
      columns: ["year", "known", "tags held out", "recall", "recall, same node", "precision", "seconds of the command"],
      rows,
      notes: [
        "Recall counts a held-out tag whose node, or one above or below it, is among the suggestions; the same node: exactly that one. " +
          "Precision is the part of the suggestions that meet a held-out tag; outputs that the demonstration does not tag count as wrong, " +
          "though some of them (real activities such as the support of family planning) might well be tagged.",
      ],
    },
  ];
};

interface World {
  outputs: readonly Row[];
  tags: readonly Row[];
  fillers: (year: string, count: number) => Row[];
}

async function measureCase(
  { folder, rounds }: BenchContext,
  { marks, earlier }: (typeof CASES)[number],
  year: string,
  { outputs, tags, fillers }: World,
): Promise<(string | number)[]> {
  const store = join(folder, `suggest-${year}-${marks}-${earlier}.db`);
  const years = [...new Set(outputs.map((row) => `${row.fiscal_year}`))].filter(
    (one) => one === year || (earlier && one < year),
  );
  const db = await openStore(store);
  try {
    await ensureReferences(db);
    for (const one of years) {
      const own = outputs.filter((row) => row.fiscal_year === one);
      const listed = [...own, ...fillers(one, OUTPUTS - own.length)];
      await load(
        db,
        join(folder, "outputs.csv"),
        HEADER,
        marks ? listed : listed.map((row) => ({ ...row, themes: "" })),
      );
    }
    const known = tags.filter((row) => `${row.fiscal_year_from}` < year).map((row) => endBefore(row, year));
    if (earlier) await load(db, join(folder, "tags.csv"), TAGS_HEADER, known, "BA-BENCH");
    const { suggestions } = await suggestionsOf(db, "stunting", Number(year), translator("en"));
    const held = new Set(tags.filter((row) => holdsIn(row, year)).map((row) => `${row.code}`));
    const seconds = [];
    for (let round = 0; round < rounds; round++) {
      const run = await tandai("tags", "suggest", "--theme", "stunting", "--year", year, "--db", store);
      seconds.push(run.seconds);
    }
    const first = suggestions.slice(0, LOOKED_AT).map(({ code }) => code);
    return [held.size, ...shares([...held], first), median(seconds)];
  } finally {
    await db.close();
  }
}

/** Recall of tags by any node of their branch, by exactly their node, and precision. */
function shares(held: readonly string[], first: readonly string[]): number[] {
  const inBranch = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
  const part = (list: readonly string[], test: (node: string) => boolean) => list.filter(test).length / list.length;
  return [
    part(held, (node) => first.some((code) => inBranch(node, code))),
    part(held, (node) => first.includes(node)),
    part(first, (code) => held.some((node) => inBranch(node, code))),
  ];
}

function holdsIn({ fiscal_year_from, fiscal_year_to }: Row, year: string): boolean {
  return `${fiscal_year_from}` <= year && year <= `${fiscal_year_to}`;
}

/** A tag whose range reaches into the held-out year ends before it. */
function endBefore(row: Row, year: string): Row {
  return holdsIn(row, year) ? { ...row, fiscal_year_to: String(Number(year) - 1) } : row;
}

async function load(db: Db, file: string, header: string, rows: readonly Row[], agreement: string | null = null) {
  const line = (row: Row) => header.split(",").map((column) => `"${(row[column] ?? "").replaceAll('"', '""')}"`);
  await writeFile(file, [header, ...rows.map((row) => line(row).join(","))].join("\n"));
  const result = await importFile(db, file, {
    layout: null,
    kinds: null,
    scope: null,
    year: null,
    dryRun: false,
    force: true,
    maxRejects: 0,
    agreement,
    at: "2026-01-01T00:00:00.000Z",
  });
  if (result.status !== "posted") throw new Error(`${file}: ${result.status}`);
}

/** Outputs that the demonstration does not have: names that only sound alike, then real activities under several names. */
function fillersOf(taken: ReadonlySet<string>): World["fillers"] {
  const alike = parse(join(projectRoot(), "tests", "suggestions", "names.csv")).filter(
    ({ intervention }) => !intervention,
  );
  const activities = parse(join(projectRoot(), "seeds", "reference", "activities.csv")).filter(
    ({ code = "", ministry, unit, program }) => `${ministry}${unit}${program}`.length === 7 && !taken.has(code),
  );
  return (year, count) =>
    Array.from({ length: count }, (_, index) => {
      const place = Math.floor(index / activities.length);
      const activity = activities[(index * 7_919) % activities.length] ?? {};
      const other = alike[index];
      const beginning = BEGINNINGS[(index + place) % BEGINNINGS.length];
      return {
        fiscal_year: year,
        ministry: `${other?.ministry ?? activity.ministry}`,
        unit: `${activity.unit}`,
        program: `${activity.program}`,
        activity: `${activity.code}`,
        output: `${year < "2021" ? "00" : "QA"}${"123456789"[place]}`,
        ro: "001",
        component: "",
        name: other?.name ?? `${beginning}${activity.name}`,
        themes: index % 37 === 0 ? "003" : "",
        target: "1",
        unit_of_measure: "Layanan",
      };
    });
}

function parse(file: string): Row[] {
  return parseCsvObjects(readFileSync(file, "utf8"));
}
