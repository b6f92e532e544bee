import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type ExcelJS from "exceljs";
import JSZip from "jszip";
import { formulasOf, inFolder, type OpenedWorkbook, readWorkbook } from "./open-workbook.ts";

const run = promisify(execFile);

/** LibreOffice, where it is installed; the recalculation cannot be tested without it. */
export const SOFFICE = ["/usr/bin/soffice", "/usr/bin/libreoffice", "/opt/libreoffice/program/soffice"].find(
  existsSync,
);

// Where everything is installed on purpose, a test that passes over itself would be a hole.
if (SOFFICE === undefined && process.env.CI)
  throw new Error("LibreOffice is missing: the workbook cannot be added up again");

/** Opens a workbook whose formulas were computed again by LibreOffice, from nothing: the cached values are taken out. */
export async function recalculated(bytes: Buffer): Promise<OpenedWorkbook> {
  const zip = await JSZip.loadAsync(bytes);
  for (const [name, entry] of Object.entries(zip.files)) {
    if (!name.startsWith("xl/worksheets/sheet")) continue;
    zip.file(name, (await entry.async("string")).replace(/<\/f><v>[^<]*<\/v>/g, "</f>"));
  }
  const emptied = await zip.generateAsync({ type: "nodebuffer" });
  return inFolder(async (folder) => {
    const source = join(folder, "emptied.xlsx");
    await writeFile(source, emptied);
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const target = join(folder, "out");
    await run(SOFFICE ?? "", [profile, "--headless", "--convert-to", "xlsx", "--outdir", target, source]);
    return readWorkbook(await readFile(join(target, "emptied.xlsx")));
  });
}

/** Formula cells whose value differs from what another program computed for them. */
export function differences(ours: ExcelJS.Workbook, theirs: ExcelJS.Workbook): string[] {
  const found: string[] = [];
  for (const sheet of ours.worksheets) {
    const other = theirs.getWorksheet(sheet.name);
    for (const { address, formula, result } of formulasOf(sheet)) {
      const computed = other?.getCell(address).result;
      if (!same(result ?? "", computed ?? "")) {
        found.push(`${sheet.name}!${address} =${formula}: ${String(result)}, LibreOffice ${JSON.stringify(computed)}`);
      }
    }
  }
  return found;
}

/** Sums are equal to the rupiah; ratios within what two programs may round differently. */
function same(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === "number" && typeof theirs === "number" && !Number.isInteger(ours)) {
    return Math.abs(ours - theirs) <= 1e-12 * Math.max(1, Math.abs(ours));
  }
  return ours === theirs;
}
