import { statSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { CLI, exists, measure, tandai } from "../process.ts";
import { compete } from "../rounds.ts";
import type { Suite } from "../suite.ts";
import { buildWorld, generator, YEAR } from "../world.ts";

const ROWS = 200_000;
/** The system's own Python is where a package of the distribution is installed. */
const PYTHONS = ["python3", "/usr/bin/python3"];
const OPENPYXL = `import sys, openpyxl
rows = 0
for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):
    rows += 1
assert rows == ${ROWS + 1}`;

/**
 * Reading a workbook and checking every row, against openpyxl that only reads. The first row has no date: once it is
 * certain that nothing will be posted, an import only checks the rest.
 */
export const xlsxSuite: Suite = async ({ folder, rounds, note }) => {
  const file = join(folder, "realization.xlsx");
  note(`writing ${ROWS.toLocaleString("en")} rows`);
  await writeWorkbook(file);
  const store = join(folder, "tandai.db");
  await tandai("seed", "--db", store);
  const python = await withOpenpyxl();
  const contenders = [
    { name: "tandai, read and checked", run: () => check(file, store) },
    ...(python ? [{ name: "python3-openpyxl, read only", run: () => measure(python, ["-c", OPENPYXL, file]) }] : []),
  ];
  note("reading");
  const outcomes = await compete(contenders, rounds);
  return [
    {
      id: "xlsx",
      title: `Reading a workbook of ${ROWS.toLocaleString("en")} rows (${Math.round(statSync(file).size / 1e6)} MB)`,
      columns: ["program", "seconds", "peak MB", "tandai ÷ it"],
      rows: outcomes.map(({ name, seconds, peakMb, ratio }) => [
        name,
        seconds,
        peakMb === null ? null : Math.round(peakMb),
        ratio,
      ]),
      notes: python ? [] : ["**SKIPPED: openpyxl is not installed for python3 (apt install python3-openpyxl).**"],
    },
  ];
};

function check(file: string, store: string) {
  return measure(process.execPath, [CLI, "import", file, "--dry-run", "--json", "--db", store], { exitCode: 1 });
}

async function withOpenpyxl(): Promise<string | null> {
  for (const python of PYTHONS) if (await exists(python, "-c", "import openpyxl")) return python;
  return null;
}

async function writeWorkbook(file: string): Promise<void> {
  const { codes } = buildWorld(ROWS / 20);
  const random = generator(ROWS);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings: true, useStyles: true });
  const sheet = workbook.addWorksheet("realization");
  sheet.addRow(["code", "date", "document", "amount", "description"]).commit();
  for (let row = 0; row < ROWS; row++) {
    const code = codes[Math.floor((row * codes.length) / ROWS)] ?? "";
    const date = row === 0 ? null : new Date(Date.UTC(YEAR, random(12), random(28) + 1));
    const document = `24${code.slice(7, 10)}${String(row).padStart(10, "0")}`;
    const line = sheet.addRow([code, date, document, random(90_000) * 1_000 + 1, "Pembayaran belanja"]);
    line.getCell(2).numFmt = "yyyy-mm-dd";
    line.commit();
  }
  await workbook.commit();
}
