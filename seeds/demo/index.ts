/**
 * Writes the demonstration budget as extracts in the plain layouts, to be loaded through the real import. Everything in
 * it is invented except the codes and the names of places; the same seed gives the same bytes.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { BUDGET_HEADER, budgetRows, buildBudget } from "./budget.ts";
import { readCatalogue, YEARS } from "./catalogue.ts";
import { CsvWriter, csvField } from "./csv.ts";
import { buildPayments } from "./payments.ts";
import { OUTPUTS_HEADER, outputRows } from "./programme.ts";
import {
  inSemester,
  PROVISIONAL_YEAR,
  provisional,
  REALIZATION_HEADER,
  realizationRows,
  type Semester,
} from "./realization.ts";
import { ReferenceLists } from "./references.ts";
import { buildSatkers, type Satker } from "./satkers.ts";
import { TAGS_HEADER, tagRows } from "./tags.ts";

export type DemonstrationLayout = "satkers" | "outputs" | "budget" | "realization" | "tags";

/** One written file, in the order in which they must be imported. */
export interface DemonstrationFile {
  path: string;
  layout: DemonstrationLayout;
  /** Tags only: the number of the agreement under which the file is imported. */
  agreement?: string;
  note: { id: string; en: string };
}

export interface DemonstrationOptions {
  /** Folder of the reference CSV files. */
  referenceDir: string;
  /** Folder to write to; it is made when it is missing. */
  outDir: string;
  /** Folder of the CSV files that describe the demonstration; by default `demo` beside the reference folder. */
  catalogueDir?: string;
  seed?: number;
}

const DEFAULT_SEED = 2018;

const SATKERS_HEADER = "code,name,ministry,unit,location,authority,kppn";

function* satkerRows(satkers: readonly Satker[]): Generator<string> {
  for (const satker of satkers) {
    const { code, ministry, unit, location, authority, kppn } = satker;
    yield [code, csvField(satker.name), ministry, unit, location, authority, kppn].join(",");
  }
}

/**
 * Writes all files of the demonstration.
 *
 * @returns the files in the order of their import.
 * @throws when a reference list is missing or the catalogue uses a code that the lists do not have.
 */
export async function writeDemonstration(options: DemonstrationOptions): Promise<DemonstrationFile[]> {
  const seed = options.seed ?? DEFAULT_SEED;
  const references = new ReferenceLists(options.referenceDir);
  const catalogue = readCatalogue(options.catalogueDir ?? join(options.referenceDir, "..", "demo"), references);
  const satkers = buildSatkers(catalogue.groups, references, seed);
  mkdirSync(options.outDir, { recursive: true });
  const files: DemonstrationFile[] = [];

  const write = async (
    name: string,
    header: string,
    rows: Iterable<string>,
    file: Omit<DemonstrationFile, "path">,
  ): Promise<void> => {
    const path = join(options.outDir, name);
    const writer = await CsvWriter.create(path, header);
    for (const row of rows) await writer.line(row);
    await writer.close();
    files.push({ path, ...file });
  };

  await write("satkers.csv", SATKERS_HEADER, satkerRows(satkers), {
    layout: "satkers",
    note: { id: "Daftar satker demonstrasi", en: "Satkers of the demonstration" },
  });
  await write("outputs.csv", OUTPUTS_HEADER, outputRows(catalogue, satkers, references), {
    layout: "outputs",
    note: { id: "Keluaran dan RO 2018 sampai 2022", en: "Outputs and RO from 2018 to 2022" },
  });
  for (const [year, rows] of tagRows(catalogue.outputs, references, seed)) {
    await write(`tags-${year}.csv`, TAGS_HEADER, rows, {
      layout: "tags",
      agreement: `BA-DEMO-01/${year}`,
      note: { id: `Tagging stunting yang disepakati untuk ${year}`, en: `Stunting tags agreed for ${year}` },
    });
  }

  for (const year of YEARS) {
    const budget = buildBudget(year, catalogue, satkers, references, seed);
    await write(`budget-${year}-dipa.csv`, BUDGET_HEADER, budgetRows(budget, "original", catalogue, seed), {
      layout: "budget",
      note: { id: `DIPA awal ${year}`, en: `Original DIPA ${year}` },
    });
    await write(`budget-${year}-revisi.csv`, BUDGET_HEADER, budgetRows(budget, "revised", catalogue, seed), {
      layout: "budget",
      note: { id: `Revisi DIPA ${year}`, en: `DIPA revisions ${year}` },
    });
    const payments = buildPayments(budget, catalogue, seed);
    for (const semester of [1, 2] satisfies Semester[]) {
      const half = inSemester(payments, semester);
      if (year === PROVISIONAL_YEAR && semester === 1) {
        await write(
          `realization-${year}-s1-sementara.csv`,
          REALIZATION_HEADER,
          realizationRows(provisional(budget, half, seed)),
          {
            layout: "realization",
            note: {
              id: `Realisasi ${year} semester 1 sementara; digantikan berkas berikutnya`,
              en: `Realization ${year} semester 1, provisional; the next file replaces it`,
            },
          },
        );
      }
      await write(`realization-${year}-s${semester}.csv`, REALIZATION_HEADER, realizationRows(half), {
        layout: "realization",
        note: { id: `Realisasi ${year} semester ${semester}`, en: `Realization ${year} semester ${semester}` },
      });
    }
  }
  return files;
}
