import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type FieldRows,
  monsaktiRealisasi,
  omspanRealisasiFa,
  realization,
  saktiFaDetail,
  writeWorkbook,
} from "../field-files.ts";
import { exists, freshStore, measure, tandai } from "../process.ts";
import { compete } from "../rounds.ts";
import type { Suite } from "../suite.ts";
import { buildWorld } from "../world.ts";

const ROWS = 200_000;
/** The system's own Python is where a package of the distribution is installed. */
const PYTHONS = ["python3", "/usr/bin/python3"];
const OPENPYXL = `import sys, openpyxl
for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):
    pass`;

/** Workbooks by the layout that they have: lines whose codes come back, statements in which every row is another code. */
const WORKBOOKS: Record<string, () => FieldRows> = {
  realization: () => realization(buildWorld(ROWS / 20), ROWS),
  "monsakti-realisasi": () => monsaktiRealisasi(buildWorld(ROWS / 20), ROWS),
  "omspan-realisasi-fa": () => omspanRealisasiFa(buildWorld(ROWS)),
  "sakti-fa-detail": () => saktiFaDetail(ROWS),
};

/** Workbooks from reading to the last balance, against openpyxl that only reads. */
export const xlsxSuite: Suite = async ({ folder, rounds, note }) => {
  const python = await withOpenpyxl();
  const rows: (string | number | null)[][] = [];
  for (const [layout, content] of Object.entries(WORKBOOKS)) {
    note(`${layout}, ${ROWS.toLocaleString("en")} rows`);
    const file = join(folder, `${layout}.xlsx`);
    await writeWorkbook(file, layout, content());
    const contenders = [
      { name: "tandai import", run: async () => tandai("import", file, "--db", await freshStore(folder)) },
      ...(python ? [{ name: "python3-openpyxl, read only", run: () => measure(python, ["-c", OPENPYXL, file]) }] : []),
    ];
    const name = `${layout} (${Math.round(statSync(file).size / 1e6)} MB)`;
    for (const { name: contender, seconds, peakMb, ratio } of await compete(contenders, rounds)) {
      rows.push([name, contender, seconds, peakMb === null ? null : Math.round(peakMb), ratio]);
    }
    rmSync(file);
  }
  return [
    {
      id: "xlsx",
      title: `Workbooks of ${ROWS.toLocaleString("en")} rows, imported whole`,
      columns: ["file", "program", "seconds", "peak MB", "tandai ÷ it"],
      rows,
      notes: python ? [] : ["**SKIPPED: openpyxl is not installed for python3 (apt install python3-openpyxl).**"],
    },
  ];
};

async function withOpenpyxl(): Promise<string | null> {
  for (const python of PYTHONS) if (await exists(python, "-c", "import openpyxl")) return python;
  return null;
}
