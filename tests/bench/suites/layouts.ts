import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  budget,
  capaianRo,
  type FieldRows,
  krisnaRenja,
  monsaktiDataAng,
  monsaktiRealisasi,
  omspanRealisasiFa,
  writeCsv,
} from "../field-files.ts";
import { freshStore, measure, tandai } from "../process.ts";
import { compete } from "../rounds.ts";
import type { Suite } from "../suite.ts";
import { buildWorld, YEAR } from "../world.ts";

const ROWS = 200_000;
const MILLION = 1_000_000;

interface Case {
  layout: string;
  rows: number;
  content: () => FieldRows;
  /** Rows above the header. */
  titles?: number;
  options?: string[];
}

const CASES: Case[] = [
  { layout: "monsakti-realisasi", rows: MILLION, content: () => monsaktiRealisasi(buildWorld(MILLION / 20), MILLION) },
  { layout: "omspan-realisasi-fa", rows: ROWS, content: () => omspanRealisasiFa(buildWorld(ROWS)), titles: 3 },
  {
    layout: "monsakti-data-ang",
    rows: ROWS,
    content: () => monsaktiDataAng(buildWorld(ROWS)),
    options: ["--year", String(YEAR)],
  },
  { layout: "budget", rows: ROWS, content: () => budget(buildWorld(ROWS)) },
  { layout: "capaian-ro", rows: ROWS, content: () => capaianRo(buildWorld(ROWS), ROWS) },
  { layout: "krisna-renja", rows: ROWS, content: () => krisnaRenja(buildWorld(ROWS), ROWS) },
];

/** Exports of the applications as CSV, against the sqlite3 shell that only stores their texts. */
export const layoutsSuite: Suite = async ({ folder, rounds, note }) => {
  const rows: (string | number | null)[][] = [];
  for (const { layout, rows: count, content, titles = 0, options = [] } of CASES) {
    const file = join(folder, `${layout}.csv`);
    await writeCsv(file, content());
    const name = `${layout}, ${count.toLocaleString("en")} rows (${Math.round(statSync(file).size / 1e6)} MB)`;
    note(name);
    const shell = join(folder, "shell.db");
    const outcomes = await compete(
      [
        {
          name: "tandai import",
          run: async () => tandai("import", file, ...options, "--db", await freshStore(folder)),
        },
        {
          name: "sqlite3 .import, no check",
          run: () => {
            rmSync(shell, { force: true });
            return measure("sqlite3", [shell], { input: `.import --csv --skip ${titles} ${file} lines\n` });
          },
        },
      ],
      rounds,
    );
    rmSync(file);
    for (const { name: contender, seconds, peakMb, ratio } of outcomes) {
      rows.push([name, contender, seconds, peakMb === null ? null : Math.round(peakMb), ratio]);
    }
  }
  return [
    {
      id: "layouts",
      title: "Exports of the applications as CSV, into an embedded store",
      columns: ["file", "program", "seconds", "peak MB", "tandai ÷ it"],
      rows,
      notes: [],
    },
  ];
};
