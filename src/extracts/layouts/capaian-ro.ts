import { parseWrittenRo, type WrittenRo } from "../../coa/index.ts";
import { fiscalYearOf } from "../../periods.ts";
import { Cells } from "../cells.ts";
import { UNKNOWN_MINISTRY } from "../code-columns.ts";
import { placeOf } from "../places.ts";
import type { AchievementLine, ReaderContext, RowLayout, RowResult, RowView } from "../types.ts";
import { Doubles, monthCell } from "./achievements.ts";

const VOLUMES = ["rencana_sub_output", "total_realisasi_sub_output"] as const;
const PERCENTAGES = ["total_progress_capaian_ro", "persen_gap"] as const;
const MONEY = ["anggaran_belanja", "realisasi_belanja", "pengembalian_belanja"] as const;

const UNIT = /^(?:\d{3})?\d{2}$/;
const LAST_REVISION = 999;

/**
 * MonSAKTI "capaianRO": what a satker achieved of an RO up to a month (`KODE_PERIODE`), with the budget and realization that
 * the list states beside it; these are kept as stated and are no ledger lines.
 */
export const capaianRo: RowLayout<"achievements"> = {
  id: "capaian-ro",
  kind: "achievements",
  required: ["kdsatker", "sub_output_kode", "kode_periode", ...VOLUMES],
  optional: ["kode_kementerian", "kode_unit", "satuan_sub_output", ...PERCENTAGES, ...MONEY, "revisi_dipa_ke"],
  amountColumn: null,
  usesSatkers: true,
  written: { amounts: MONEY, dates: [], decimals: [VOLUMES, PERCENTAGES] },
  reader: (context) => {
    const doubles = new Doubles();
    return (row) => readRow(row, context, doubles);
  },
};

function readRow(
  row: RowView,
  { references, formats, warn }: ReaderContext,
  doubles: Doubles,
): RowResult<AchievementLine> {
  const cells = new Cells(row, formats);
  const ministry = cells.optionalDigits("kode_kementerian", 3, "BA 3 angka/digits");
  const unit = cells.optionalDigits("kode_unit", 2, "eselon I 2 angka/digits", UNIT);
  const satker = cells.digits("kdsatker", 6, "satker 6 angka/digits");
  const month = monthCell(cells, "kode_periode", null);
  const ro = readRo(cells, month);
  if (ro) compare(cells, ro, ministry, unit);
  const revision = cells.text("revisi_dipa_ke");
  const line: AchievementLine = {
    row: row.row,
    fiscalYear: month === "" ? 0 : fiscalYearOf(month),
    month,
    satker,
    ministry: ministry ?? UNKNOWN_MINISTRY,
    node: ro?.node.code ?? "",
    indicator: null,
    target: cells.optionalDecimal("rencana_sub_output"),
    achieved: cells.optionalDecimal("total_realisasi_sub_output"),
    unitOfMeasure: cells.optionalText("satuan_sub_output"),
    district: null,
    progress: cells.optionalDecimal("total_progress_capaian_ro"),
    gap: cells.optionalDecimal("persen_gap"),
    budget: cells.optionalAmount("anggaran_belanja"),
    realization: cells.optionalAmount("realisasi_belanja"),
    returns: cells.optionalAmount("pengembalian_belanja"),
    dipaRevision: revision === "" ? null : cells.integer("revisi_dipa_ke", 0, LAST_REVISION),
  };
  doubles.check(line, cells, "sub_output_kode");
  if (cells.problems.length > 0) return { problems: cells.problems, amount: 0n };

  const activity = line.node.slice(0, 4);
  const place = placeOf(references, line.satker, activity, line.fiscalYear);
  const known = ministry ?? ro?.ministry ?? place.ministry ?? null;
  const owner = references.activityOwner(activity, line.fiscalYear)?.slice(0, 3) ?? known;
  if (known === null) warn("REF-004");
  else if (owner !== known) warn("REF-002");
  if (!references.satker(line.satker)) warn("REF-003");
  if (cells.repaired) warn("COA-102");
  return { line: { ...line, ministry: known ?? UNKNOWN_MINISTRY } };
}

function readRo(cells: Cells, month: string): WrittenRo | null {
  const text = cells.requiredText("sub_output_kode");
  if (text === "") return null;
  const parsed = parseWrittenRo(text, month === "" ? undefined : fiscalYearOf(month));
  if (parsed.ok) return parsed.ro;
  cells.fail("ACH-001", "sub_output_kode", text);
  return null;
}

/** Ministry and unit in their own columns, held against a code that states them too. */
function compare(cells: Cells, ro: WrittenRo, ministry: string | null, unit: string | null): void {
  const differs = (column: string, value: string | null, expected: string | null) => {
    if (value === null || expected === null || value === expected) return;
    cells.fail("ACH-002", column, cells.text(column), { expected });
  };
  differs("kode_kementerian", ministry, ro.ministry);
  differs("kode_unit", unit?.slice(-2) ?? null, ro.unit);
}
