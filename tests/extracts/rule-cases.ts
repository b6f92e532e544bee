import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { MappingDefinition } from "../../src/extracts/index.ts";
import type { ImportOptions } from "../../src/ledger/index.ts";
import type { RuleId } from "../../src/rules.ts";
import { budget, code, type PaymentRow, realization, satkers, tags } from "../ledger/world.ts";
import { compoundFile, zip } from "./containers.ts";
import { dataAng, itemRow, type PaidCells, paidRow, planOf, realisasi } from "./layouts/monsakti.ts";
import {
  FA_TITLES,
  type FaLeaf,
  faCsv,
  faRows,
  leafOf,
  type OmspanOptions,
  type OmspanRow,
  omspan,
  titlesOf,
  workbook,
} from "./layouts/statements.ts";

/** A file for one rule: what it holds, how it is imported. */
export interface Case {
  content: string | Buffer;
  options?: Partial<ImportOptions>;
  name?: string;
}

/** Files that a rule lets pass, refuses, and one as near to the border as can be. */
export interface RuleCases {
  passes: Case | string;
  fails: Case | string;
  /** Passes unless `breaks`. */
  boundary: (Case | { content: string | Buffer }) & { breaks: boolean };
}

/** Codes of 2022 that every list knows, of a satker that the test imported. */
export const KNOWN = {
  satker: "636722",
  kppn: "015",
  account: "524111",
  program: "01505CC",
  output: "4787AEF",
  authority: "2",
  location: "3051",
};
const known = (parts: Parameters<typeof code>[0] = {}): string => code({ ...KNOWN, ...parts });

const OPEN_DOCUMENT = "application/vnd.oasis.opendocument";
const HEADER = "code,date,document,amount";
const pay = (...rows: PaymentRow[]): string => realization(rows);
const paid = (printed: string, year = 2022): string => pay([printed, `${year}-04-30`, 1]);
const amount = (text: string): string => pay([known(), "2022-04-30", text]);
const dated = (text: string): string => pay([code(), text, 1]);
const amounts = (...texts: string[]): string => pay(...texts.map((text): PaymentRow => [known(), "2022-04-30", text]));
const days = (...texts: string[]): string => pay(...texts.map((text): PaymentRow => [code(), text, 1]));
const times = (count: number, text: string): string[] => Array.from({ length: count }, () => text);
const raw = (...lines: string[]): string => `${[HEADER, ...lines].join("\n")}\n`;
const good = `${known()},2022-04-30,221330000000001,1`;

const satkerHeader = "code,name,ministry,unit,location,authority,kppn";
const satker = (line: string): string => `${satkerHeader}\n${line}\n`;

const line = { code: known(), year: 2022, revision: 0, amount: 1200 };
const plan = (...months: (number | null)[]): number[] => Array.from({ length: 12 }, (_, at) => months[at] ?? 100);

/** A MonSAKTI payment of a code that every list knows. */
const sakti = (cells: PaidCells): string => realisasi([paidRow(known({ detail: "001.051.0A.000001" }), cells)]);

/** A MonSAKTI budget item of a satker and activity that every list knows. */
const item = (cells: Record<string, string>): Case => {
  const row = { KDSATKER: KNOWN.satker, KODE_PROGRAM: "CC", KODE_KEGIATAN: "4787", KODE_OUTPUT: "AEF" };
  return { content: dataAng([itemRow({ ...row, ...cells })]), options: { year: 2022 } };
};
const unsaid = (name: string): Case => ({ ...item({}), options: { year: null }, name });

/** What a satker achieved: the plain layout, and the RO list of MonSAKTI. */
const achieved = (row: string): string => `fiscal_year,month,satker,code,indicator,target,achieved,unit\n${row}\n`;
const capaian = (...rows: string[]): string =>
  `${["KODE_KEMENTERIAN,KDSATKER,SUB_OUTPUT_KODE,KODE_PERIODE,RENCANA_SUB_OUTPUT,TOTAL_REALISASI_SUB_OUTPUT", ...rows].join("\n")}\n`;

/** A KRISNA plan of one row. */
const planned = (row: string): string => `tahun,kdprogram,kdgiat,kdkro,nmkro,kdtema\n${row}\n`;

const tagHeader = "theme,fiscal_year_from,fiscal_year_to,code,class,intervention,share,evidence";
const tag = (row: string): string => `${tagHeader}\n${row}\n`;
const share = (text: string | number): string => tags([{ code: "2080.QEA", intervention: "vitamin-a", share: text }]);

/** A file of which the test posted the good row, as extract 4, and another one, extract 5, with a newer one after it. */
export const PARTIAL = raw(`${known()},2022-06-30,221330000000001,1`, `${known()},2022-06-31,221330000000002,2`);
export const OUTDATED = PARTIAL.replaceAll("2022-06", "2022-09");
export const NEWER = pay([known(), "2022-09-30", 5]);

/** The rejects of an extract with its only rejected row corrected. */
function correctedRow(extract: number, file: string, row: string, month: string): string {
  const hash = createHash("sha256").update(file).digest("hex").slice(0, 16);
  const mended = `${known()},2022-${month}-30,221330000000002,2`;
  return `${HEADER},row [extract ${extract} #${hash}],reason\n${mended},${row},no such day\n`;
}

/** A node whose tag the test agreed before: 60 percent in 2019. */
export const AGREED = { code: "2078.QEA", intervention: "vitamin-a", share: 60, from: 2019 };
const agreed = (points: number): string => tags([{ ...AGREED, share: points }]);

/** Payments in force in January 2022, of satkers that only the rules about cumulative figures speak of. */
export const PAID: PaymentRow[] = [
  [known({ satker: "600001" }), "2022-01-31", 7],
  [known({ satker: "600002" }), "2022-01-31", 9],
];

/** The treasury report of one row, of the satker that the test imported. */
const treasury = (row: Partial<OmspanRow> = {}, options: OmspanOptions = {}): string =>
  omspan([{ satker: KNOWN.satker, budget: 1000, realized: 10, ...row }], options);

/** The detail report of one leaf. */
const detail = (
  leaves: Partial<FaLeaf>[] = [{}],
  satker = KNOWN.satker,
  period = "Februari 2022",
  year = 2022,
): string => faCsv(faRows({ titles: FA_TITLES(satker, year, period), leaves: leaves.map(leafOf) }));
const NO_PAST = { before: 0n };
const edited = (text: string, from: string | RegExp, to: string): string => {
  if (text.replace(from, to) === text) throw new Error(`nothing to edit: ${from}`);
  return text.replace(from, to);
};
const goodCells = [HEADER.split(","), good.split(",")];
const untitled = { titles: ["REALISASI DANA"] };

const atLimit = (characters: number): string => `${good}${" ".repeat(characters - good.length)}`;

const mapping = (columns: string[], filters: MappingDefinition["filters"]): MappingDefinition => ({
  kind: "realization",
  sheet: null,
  header: { rows: 1, columns },
  fields: { code: { column: "kode" }, date: { column: "tgl" }, amount: { column: "nilai" } },
  filters,
});

const MAPPED = ["kode", "tgl", "nilai", "status"];
const TWICE = ["kode", "tgl", "nilai"];

/** Mappings that the test saved: one with a filter, and two for one header. */
export const SAVED: [name: string, definition: MappingDefinition][] = [
  ["filtered", mapping(MAPPED, [{ column: "status", is: ["paid"] }])],
  ["first", mapping(TWICE, [])],
  ["second", mapping(TWICE, [])],
];
const mapped = (status: string): string => `${MAPPED.join(",")}\n${known()},2022-04-30,1,${status}\n`;
const twice = (header: string): string => `${header}\n${known()},2022-04-30,1\n`;

/** Every rule that an import can break. */
/** A satker list: it has no cells, so no scope applies to it. */
const SATKERS_FILE = "code,name,ministry,unit,location,authority,kppn\n123456,SATKER CONTOH,024,03,0151,1,133\n";

export const RULE_CASES: Partial<Record<RuleId, RuleCases>> = {
  "FILE-001": { passes: raw(good), fails: "", boundary: { content: "\ufeff\r\n \r\n", breaks: true } },
  "FILE-002": {
    passes: raw(good),
    fails: { content: Buffer.from([0x50, 0x00, 0x51]) },
    boundary: { content: raw(`${good}\u0001`), breaks: false },
  },
  "FILE-003": {
    passes: raw(good),
    fails: "nama,alamat\nBudi,Jakarta\n",
    // Less than half of the columns of any layout is another file, half is one with columns missing.
    boundary: { content: `code,nama,alamat,umur\n1,2,3,4\n`, breaks: true },
  },
  "FILE-004": {
    passes: raw(good),
    fails: "code,date,amount\n1,2,3\n",
    boundary: { content: "code,date,nama\n1,2,3\n", breaks: true },
  },
  "FILE-005": {
    passes: raw(good),
    fails: "code,date,document,amount,amount\n1,2,3,4,5\n",
    boundary: { content: `${HEADER},,\n${good},,\n`, breaks: false },
  },
  "FILE-006": {
    passes: raw(good),
    fails: raw(atLimit(1_048_577)),
    boundary: { content: raw(atLimit(1_048_576)), breaks: false },
  },
  "FILE-007": {
    passes: raw(`${good.replace(",1", ",1")}`),
    fails: { content: Buffer.concat([Buffer.from(raw(good)), Buffer.from([0xe9])]) },
    boundary: { content: raw(good, `* é \u{10ffff}`), breaks: false },
  },
  "FILE-008": { passes: raw(good), fails: raw(`${good},x`), boundary: { content: raw(`${good}, ,`), breaks: false } },
  "FILE-009": {
    passes: raw(good),
    fails: raw(`"${known()}"x,2022-04-30,1,1`),
    boundary: { content: raw(`"${known()}",2022-04-30,"1""2""",1`), breaks: false },
  },
  "FILE-010": { passes: raw(good), fails: raw(), boundary: { content: HEADER, breaks: true } },
  "FILE-011": {
    passes: { content: raw(good), options: { layout: "realization" } },
    fails: { content: raw(good), options: { layout: "budget" } },
    boundary: { content: raw(good), options: { kinds: ["tags"] }, breaks: true },
  },
  "FILE-012": {
    passes: { content: gzipSync(raw(good)), name: "a.csv.gz" },
    fails: { content: gzipSync(raw(good)).subarray(0, 30), name: "a.csv.gz" },
    boundary: { content: Buffer.concat([gzipSync(raw(good)), gzipSync("")]), name: "a.csv.gz", breaks: false },
  },
  "FILE-013": {
    passes: raw(good),
    fails: { content: Buffer.from("%PDF-1.4") },
    boundary: { content: `%PD,${HEADER}\n,${good}\n`, breaks: false },
  },
  "FILE-014": {
    passes: raw(good),
    fails: { content: brokenWorkbook(), name: "a.xlsx" },
    boundary: { content: raw(good), name: "a.xlsx", breaks: false },
  },
  "FILE-021": {
    passes: { content: zip({ "a.csv": raw(good) }), name: "a.zip" },
    fails: { content: zip({ "a.csv": raw(good), "b.csv": raw(good) }), name: "a.zip" },
    boundary: { content: zip({ "x/": "", "x/a.csv": raw(good), "__MACOSX/x/._a.csv": "x" }), breaks: false },
  },
  "FILE-022": {
    passes: { content: gzipSync(raw(good)) },
    fails: { content: gzipSync(gzipSync(raw(good))) },
    boundary: { content: zip({ "a.zip": zip({ "a.csv": raw(good) }) }), breaks: true },
  },
  "FILE-023": {
    passes: raw(good),
    fails: { content: compoundFile("EncryptionInfo", "EncryptedPackage"), name: "a.xlsx" },
    boundary: { content: compoundFile("Workbook"), breaks: false, name: "a.xlsx" },
  },
  "FILE-024": {
    passes: raw(good),
    fails: { content: compoundFile("Workbook"), name: "a.xls" },
    boundary: { content: raw(good), name: "a.xls", breaks: false },
  },
  "FILE-025": {
    passes: raw(good),
    fails: { content: zip({ "[Content_Types].xml": "", "xl/workbook.bin": "x" }), name: "a.xlsb" },
    boundary: { content: raw(good), name: "a.xlsb", breaks: false },
  },
  "FILE-026": {
    passes: raw(good),
    fails: { content: zip({ mimetype: `${OPEN_DOCUMENT}.spreadsheet`, "content.xml": "" }), name: "a.ods" },
    boundary: { content: zip({ mimetype: `${OPEN_DOCUMENT}.text`, "content.xml": "" }), breaks: false },
  },
  "FILE-027": {
    passes: raw(good),
    fails: { content: "\r\n<TABLE border=1><tr><td>code</td></tr></TABLE>", name: "a.xls" },
    boundary: { content: raw(good, `* <table>`), breaks: false },
  },
  "FILE-028": {
    passes: raw(good),
    fails: { content: Buffer.from("Rar!\u001a\u0007\u0000"), name: "a.rar" },
    boundary: { content: `Rar,${HEADER}\n,${good}\n`, breaks: false },
  },
  "FILE-029": {
    passes: raw(good),
    fails: {
      content: '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      name: "a.xls",
    },
    boundary: { content: '<?xml version="1.0"?><data/>', breaks: false },
  },
  "FILE-031": {
    passes: { content: treasury({}, untitled), options: { year: 2022, scope: "2022-12" } },
    fails: treasury({}, untitled),
    boundary: { content: treasury({}, { titles: titlesOf(1999, "05-01-2023") }), breaks: true },
  },
  "FILE-032": {
    passes: { content: treasury(), options: { year: 2022 } },
    fails: { content: treasury(), options: { year: 2021 } },
    boundary: { content: treasury({}, untitled), options: { year: 2021, scope: "2021-12" }, breaks: false },
  },
  "FILE-033": {
    passes: detail([NO_PAST]),
    fails: edited(detail([NO_PAST]), "Satuan Kerja : 636722", "Satuan Kerja"),
    boundary: { content: edited(detail([NO_PAST]), "Satuan Kerja : 636722", "SATUAN KERJA;;636722"), breaks: false },
  },
  "FILE-034": {
    passes: treasury(),
    fails: { content: treasury({}, untitled), options: { year: 2022 } },
    boundary: { content: treasury({}, untitled), options: { year: 2022, scope: "2022-03" }, breaks: false },
  },
  "FILE-035": {
    passes: treasury({}, { titles: titlesOf(2022, "01-01-2022") }),
    fails: treasury({}, { titles: titlesOf(2022, "31-12-2021") }),
    boundary: { content: detail([NO_PAST], KNOWN.satker, "Februari 2021"), breaks: true },
  },
  "FILE-036": {
    passes: {
      content: `${omspan([], { titles: titlesOf(2022, "01-06-2022"), after: {} })}Tidak Ada Data\n`,
      options: { scope: "satker=636722" },
    },
    fails: `${omspan([])}Tidak Ada Data\n`,
    boundary: { content: `${omspan([])}Tidak Ada Data\n`, options: { scope: "ministry=024" }, breaks: true },
  },
  "FILE-041": {
    passes: correctedRow(4, PARTIAL, "3", "06"),
    fails: correctedRow(99, PARTIAL, "3", "06"),
    boundary: { content: correctedRow(4, OUTDATED, "3", "06"), breaks: true },
  },
  "FILE-042": {
    passes: correctedRow(4, PARTIAL, " 3 ", "06"),
    fails: correctedRow(4, PARTIAL, "2", "06"),
    boundary: { content: correctedRow(4, PARTIAL, "", "06"), breaks: true },
  },
  "FILE-043": {
    passes: correctedRow(4, PARTIAL, "3", "06"),
    // Nothing of it was rejected, so its file was not kept.
    fails: `${HEADER},row [extract 2 #${createHash("sha256").update(realization(PAID)).digest("hex").slice(0, 16)}]\n`,
    boundary: { content: correctedRow(5, OUTDATED, "3", "09"), breaks: false },
  },
  "FILE-044": {
    passes: correctedRow(4, PARTIAL, "3", "06"),
    fails: correctedRow(5, OUTDATED, "3", "09"),
    boundary: { content: correctedRow(5, OUTDATED, "3", "09"), options: { force: true }, breaks: false },
  },
  "FILE-101": {
    passes: raw(good),
    fails: `${HEADER},catatan\n${good},x\n`,
    boundary: { content: `${HEADER},Description\n${good},x\n`, breaks: false },
  },
  "FILE-102": {
    passes: { content: raw(good), options: { scope: "2022-01..2022-06,ministry=015" } },
    fails: { content: SATKERS_FILE, options: { scope: "ministry=015" } },
    boundary: { content: SATKERS_FILE, options: { scope: null }, breaks: false },
  },
  "FILE-103": {
    passes: raw(good),
    fails: { content: raw(good), options: { year: 2022 } },
    boundary: { content: raw(good), options: { year: null }, breaks: false },
  },
  "FILE-121": {
    passes: raw(`${good}`, "* é"),
    fails: { content: Buffer.from(raw(good, "* CÔTE D’IVOIRE".replace("’", "\u0092")), "latin1") },
    boundary: { content: Buffer.from(`\ufeff${raw(good, "* é")}`, "utf16le"), breaks: false },
  },
  "FILE-015": {
    passes: { content: twice(TWICE.join(",")), options: { mapping: "second" } },
    fails: twice(TWICE.join(",")),
    // Capital letters and empty columns behind make no other header.
    boundary: { content: twice("KODE, Tgl ,nilai,"), breaks: true },
  },
  "FILE-104": {
    passes: mapped("paid"),
    fails: mapped("draft"),
    boundary: { content: mapped(" PAID "), breaks: false },
  },
  "FILE-130": {
    passes: item({}),
    fails: unsaid("dataAng_2022.csv"),
    boundary: { ...item({}), name: "dataAng_2022.csv", breaks: false },
  },
  "FILE-131": {
    passes: { content: await workbook(goodCells, ["Data"]), name: "a.xlsx" },
    fails: { content: await workbook(goodCells, ["Catatan", "Data"], "Disusun oleh PPK"), name: "a.xlsx" },
    boundary: { content: await workbook(goodCells, ["Kosong", "Data"]), name: "a.xlsx", breaks: false },
  },
  "COA-001": { passes: paid(known()), fails: paid(""), boundary: { content: paid(" "), breaks: true } },
  "COA-002": {
    passes: paid(known()),
    fails: paid(known().replace(".015.", ".")),
    boundary: { content: paid(`${known()}.001.001.0A`), breaks: true },
  },
  "COA-003": {
    passes: paid(known()),
    fails: paid(known({ satker: "63672" })),
    boundary: { content: paid(known({ satker: "6367221" })), breaks: true },
  },
  "COA-004": {
    passes: paid(known()),
    fails: paid(known({ kppn: "O15" })),
    boundary: { content: paid(known({ output: "4787A0F" })), breaks: false },
  },
  "COA-005": {
    passes: paid(known().replaceAll(".", "")),
    fails: paid(known().replaceAll(".", "").slice(1)),
    boundary: { content: paid(`${known().replaceAll(".", "")}0`), breaks: true },
  },
  "COA-006": { passes: paid(known()), fails: paid("kosong"), boundary: { content: paid("636722"), breaks: true } },
  "COA-007": {
    passes: paid(known()),
    fails: paid(known(), 2020),
    boundary: { content: paid(known(), 2021), breaks: false },
  },
  "COA-008": {
    passes: paid(known({ detail: "001.052.0C.000000" })),
    fails: paid(known({ detail: "001.052.0C.000000.000000" })),
    boundary: { content: paid(`${known()}.1`), breaks: true },
  },
  "COA-009": {
    passes: paid(known()),
    fails: paid("2080.QEA"),
    boundary: { content: paid("#033.05.07.2417"), breaks: true },
  },
  "COA-010": {
    passes: paid(known()),
    fails: paid(`${known()}${".0".repeat(200)}`),
    boundary: { content: paid(`${" ".repeat(400)}${known()}`), breaks: false },
  },
  "COA-011": {
    passes: sakti({}),
    fails: sakti({ KODE_AKUN: "524112" }),
    // An empty cell contradicts nothing.
    boundary: { content: sakti({ KODE_AKUN: "", KODE_ITEM: "1" }), breaks: false },
  },
  "COA-101": {
    passes: paid(known()),
    fails: paid(known().toLowerCase()),
    boundary: { content: paid(known({ program: "01505cC" })), breaks: true },
  },
  "COA-102": {
    passes: sakti({}),
    fails: sakti({ KODE_KEMENTERIAN: "15" }),
    boundary: { content: sakti({ KODE_KEMENTERIAN: " 015 " }), breaks: false },
  },
  "REF-001": {
    passes: paid(known()),
    fails: paid(known({ kppn: "998" })),
    // The ministries of 2024 are valid from fiscal year 2025.
    boundary: { content: paid(known({ program: "13801CC" }), 2024), breaks: true },
  },
  "REF-002": {
    passes: paid(known()),
    fails: paid(known({ program: "01501CC" })),
    boundary: { content: paid(code({ ...KNOWN, program: "0150107", output: "4787001" }), 2020), breaks: false },
  },
  "REF-003": {
    passes: paid(known()),
    fails: paid(known({ satker: "636723" })),
    boundary: { content: paid(known().replaceAll(".", "")), breaks: false },
  },
  "REF-004": {
    passes: item({}),
    fails: item({ KDSATKER: "999998", KODE_KEGIATAN: "9998" }),
    // Its activity says it.
    boundary: { ...item({ KDSATKER: "999998" }), breaks: false },
  },
  "AMT-001": { passes: amount("0"), fails: amount(""), boundary: { content: amount("-"), breaks: false } },
  "AMT-002": { passes: amount("Rp 5"), fails: amount("lima"), boundary: { content: amount("Rp"), breaks: true } },
  "AMT-003": {
    passes: amount("6.776.000"),
    fails: amount("6.776.00000"),
    boundary: { content: amount("6.776.00"), breaks: true },
  },
  "AMT-004": { passes: amount("5,00"), fails: amount("5,01"), boundary: { content: amount("0.123"), breaks: true } },
  "AMT-005": {
    passes: amount("1"),
    fails: amount("9223372036854775808"),
    boundary: { content: amount("9223372036854775807"), breaks: false },
  },
  "AMT-006": {
    passes: amount("1.234"),
    fails: amount("1,234"),
    boundary: { content: amount("1,234,567"), breaks: false },
  },
  "AMT-007": {
    passes: amounts(...times(10, "6.776.000"), "1.234"),
    fails: amounts(...times(10, "6.776.000"), "6776000.00"),
    // With fewer cells on the one side, the other is not an error.
    boundary: { content: amounts(...times(9, "6.776.000"), "6776000.00"), breaks: false },
  },
  "AMT-008": {
    passes: amounts("6.776.000", "1.234"),
    fails: amounts("1.234", "1,234"),
    // A cell that leaves no doubt settles it: the comma is a decimal one, 1,234 a fraction.
    boundary: { content: amounts("1.234", "1,234", "1.234,00"), breaks: false },
  },
  "AMT-009": {
    passes: amounts("1", "2"),
    fails: amounts("9223372036854775807", "1"),
    boundary: { content: amounts("9223372036854775806", "1"), breaks: false },
  },
  "AMT-101": {
    passes: sakti({ MATA_UANG: "USD", KURS: "14250.50", NILAI_VALAS: "2", NILAI_RUPIAH: "28501.00" }),
    fails: sakti({ MATA_UANG: "USD", KURS: "14250.50", NILAI_VALAS: "2", NILAI_RUPIAH: "28503.00" }),
    boundary: { content: sakti({ KURS: "1.00", NILAI_VALAS: "1000.00", NILAI_RUPIAH: "1000.00" }), breaks: false },
  },
  "DAT-001": { passes: dated("30-04-2019"), fails: dated(""), boundary: { content: dated("0"), breaks: false } },
  "DAT-002": {
    passes: dated("30-Apr-2019"),
    fails: dated("April"),
    boundary: { content: dated("30-Ap-2019"), breaks: true },
  },
  "DAT-003": {
    passes: dated("28-02-2019"),
    fails: dated("29-02-2019"),
    boundary: { content: dated("29-02-2020"), breaks: false },
  },
  "DAT-004": {
    passes: dated("2005-01-01"),
    fails: dated("2004-12-31"),
    boundary: { content: dated("01-01-2005"), breaks: false },
  },
  "DAT-005": {
    passes: days("22/04/2019", "04/06/2019"),
    fails: days("22/04/2019", "04/22/2019", "04/06/2019"),
    // Proven by the whole column: the month comes first.
    boundary: { content: days("04/22/2019", "04/23/2019", "04/06/2019"), breaks: false },
  },
  "DAT-006": {
    passes: capaian("015,636722,4787.AEF.001,2022-07,12,6"),
    fails: capaian("015,636722,4787.AEF.001,2022-13,12,6"),
    boundary: { content: capaian("015,636722,4787.AEF.001,Juli 2022,12,6"), breaks: false },
  },
  "DAT-007": {
    passes: achieved("2022,2022-07,636722,4787.AEF,,12,6,orang"),
    fails: achieved("2022,2021-07,636722,4787.AEF,,12,6,orang"),
    boundary: { content: achieved("2022,7,636722,4787.AEF,,12,6,orang"), breaks: false },
  },
  "NUM-001": {
    passes: achieved("2022,2022-07,636722,4787.AEF,,12,6.5,orang"),
    fails: achieved("2022,2022-07,636722,4787.AEF,,12,enam,orang"),
    boundary: { content: achieved("2022,2022-07,636722,4787.AEF,,12,,orang"), breaks: false },
  },
  "NUM-002": {
    passes: achieved("2022,2022-07,636722,4787.AEF,,12,6.5,orang"),
    fails: achieved("2022,2022-07,636722,4787.AEF,,12,6.500,orang"),
    // Another row shows what the dot is.
    boundary: {
      content: achieved("2022,2022-07,636722,4787.AEF,,12.25,6.500,orang"),
      breaks: false,
    },
  },
  "FLD-001": {
    passes: satkers([["100001", "A", "024"]]),
    fails: satkers([["100001", "", "024"]]),
    boundary: { content: satker("100001,A,024,,,,"), breaks: false },
  },
  "FLD-002": {
    passes: budget([{ ...line, revision: 0 }]),
    fails: budget([{ ...line, revision: 1000 }]),
    boundary: { content: budget([{ ...line, revision: 999 }]), breaks: false },
  },
  "FLD-003": {
    passes: satkers([["100001", "A", "024"]]),
    fails: satkers([["100001", "A", "24A"]]),
    boundary: { content: satkers([["000000", "A", "000"]]), breaks: false },
  },
  "FLD-004": {
    passes: satkers([
      ["100001", "A", "024"],
      ["100002", "A", "024"],
    ]),
    fails: satkers([
      ["100001", "A", "024"],
      ["100001", "B", "024"],
    ]),
    boundary: {
      content: satkers([
        ["100001", "A", "024"],
        [" 100001 ", "A", "024"],
      ]),
      breaks: true,
    },
  },
  "BUD-001": {
    passes: budget([{ ...line, plan: plan() }]),
    fails: budget([{ ...line, plan: [null, ...plan().slice(1)] }]),
    boundary: { content: budget([{ ...line, plan: [] }]), breaks: false },
  },
  "BUD-002": {
    passes: budget([{ ...line, plan: plan() }]),
    fails: budget([{ ...line, plan: plan(101) }]),
    // A plan with a gap is not compared.
    boundary: { content: budget([{ ...line, plan: [null, ...plan().slice(1)] }]), breaks: false },
  },
  "BUD-003": {
    passes: budget([line]),
    fails: budget([{ ...line, blocked: 1201 }]),
    boundary: { content: budget([{ ...line, blocked: 1200 }]), breaks: false },
  },
  "BUD-004": {
    passes: budget([line, { ...line, revision: 1 }]),
    fails: budget([line, line]),
    boundary: { content: budget([line, { ...line, year: 2023 }]), breaks: false },
  },
  "BUD-005": {
    passes: budget([line]),
    fails: treasury(),
    boundary: { content: detail([NO_PAST]), breaks: true },
  },
  "BUD-006": {
    passes: treasury(),
    fails: treasury({ reserve: 5 }),
    boundary: { content: treasury({ reserve: "" }), breaks: false },
  },
  "CUM-001": {
    passes: pay([known(), "2022-04-30", 1]),
    fails: treasury(),
    boundary: { content: treasury({ realized: 0 }), breaks: true },
  },
  "CUM-002": {
    passes: detail([NO_PAST]),
    fails: detail([{ before: 1n }]),
    // What is in force in January is what the report states.
    boundary: { content: detail([{ before: 7n }], "600001"), breaks: false },
  },
  "CUM-003": {
    passes: treasury({ satker: "600001" }),
    fails: treasury({ satker: "600001", account: "521211" }),
    boundary: { content: treasury({ satker: "600001", output: "4787EBA" }), breaks: true },
  },
  "CUM-004": {
    passes: detail([{ before: 9n }], "600002"),
    fails: detail([{ before: 4n }, { before: 4n, item: "000002" }], "600002"),
    boundary: { content: detail([{ before: 4n }, { before: 5n, item: "000002" }], "600002"), breaks: false },
  },
  "TOT-001": {
    passes: detail([NO_PAST, { ...NO_PAST, item: "000002" }]),
    fails: edited(detail([NO_PAST, { ...NO_PAST, item: "000002" }]), /(;524111;(?:[^;]*;)*?)2\.000,00/, "$12.001,00"),
    boundary: {
      content: edited(detail([NO_PAST]), /(JUMLAH SELURUHNYA;(?:[^;]*;)*?)1\.000,00/, "$1999,00"),
      breaks: true,
    },
  },
  "TOT-002": {
    passes: treasury(),
    fails: treasury({ remaining: 991 }),
    boundary: { content: treasury({ reserve: 5, remaining: 985 }), breaks: false },
  },
  "TOT-003": {
    passes: detail([NO_PAST]),
    fails: edited(detail([NO_PAST]), /(000001\. Rincian belanja;;;1\.000,00;;0,00;;;;0,00;50,00;)50,00/, "$151,00"),
    boundary: { content: detail([{ before: 0n, inPeriod: -50n }]), breaks: false },
  },
  "TOT-004": {
    passes: detail([NO_PAST]),
    fails: edited(detail([NO_PAST]), "000001. Rincian belanja;;;1.000,00", "Rincian belanja;;;1.001,00"),
    // A name that is continued repeats the figures of its row.
    boundary: {
      content: edited(detail([NO_PAST]), /(\r\n[^\r\n]*)000001(\. Rincian belanja[^\r\n]*)/, "$1000001$2$1lanjutan$2"),
      breaks: false,
    },
  },
  "TOT-005": {
    passes: detail([NO_PAST]),
    fails: `${detail([NO_PAST])}\r\nSatuan Kerja : 636723;`,
    boundary: { content: `${detail([NO_PAST])}\r\nSatuan Kerja : 636722;`, breaks: false },
  },
  "TOT-006": {
    passes: detail([NO_PAST], KNOWN.satker, "Januari 2022"),
    fails: detail([{ before: 1n }], KNOWN.satker, "Januari 2022"),
    boundary: { content: detail([{ before: 1n }], KNOWN.satker, "s.d. Februari 2022"), breaks: true },
  },
  "TOT-101": {
    passes: detail([NO_PAST]),
    fails: faCsv(
      faRows({ titles: FA_TITLES(KNOWN.satker, 2022, "Februari 2022"), leaves: [leafOf(NO_PAST)], grandTotal: false }),
    ),
    boundary: { content: treasury(), breaks: false },
  },
  "BUD-007": {
    passes: item({}),
    fails: item(planOf("0")),
    boundary: { ...item({ ...planOf("0"), TOTAL: "0" }), breaks: false },
  },
  "BUD-008": {
    passes: item({}),
    fails: item({ VOLKEG: "2" }),
    boundary: { ...item({ VOLKEG: "3", HARGASAT: "400.0001" }), breaks: false },
  },
  "DOC-001": {
    passes: pay([known(), "2022-04-30", 1, "221330000000001"]),
    fails: pay([known(), "2022-04-30", 1, "22133000000000"]),
    boundary: { content: pay([known(), "2022-04-30", 1, " 221330000000001 "]), breaks: false },
  },
  "DOC-002": {
    passes: sakti({}),
    fails: sakti({ NO_SP2D: "220160000000001" }),
    boundary: { content: sakti({ NO_SP2D: "220150999999999" }), breaks: false },
  },
  "DOC-003": {
    passes: sakti({}),
    fails: sakti({ NO_SP2D: "210150000000001" }),
    boundary: { content: sakti({ TGL_SP2D: "31-12-2022" }), breaks: false },
  },
  "DOC-004": {
    passes: sakti({}),
    fails: sakti({ NO_SP2D: "", TGL_SP2D: "" }),
    boundary: { content: sakti({ NO_SP2D: "-" }), breaks: true },
  },
  "DOC-005": {
    passes: sakti({}),
    fails: sakti({ STATUS_DATA: "Batal" }),
    boundary: { content: sakti({ STATUS_DATA: "SP2D belum terbit" }), breaks: true },
  },
  "DOC-006": {
    passes: sakti({}),
    fails: sakti({ STATUS_DATA: "Retur" }),
    boundary: { content: sakti({ STATUS_DATA: "" }), breaks: false },
  },
  "OUT-001": {
    passes: planned("2022,CC,4787,AEF,KRO,008"),
    fails: planned("2022,CC,,,,"),
    boundary: {
      content: planned("2022,CC,4787,,,").replace("nmkro", "nama").replace(",,,", ",,Kegiatan,"),
      breaks: false,
    },
  },
  "ACH-001": {
    passes: capaian("015,636722,4787AEF001,2022-07,12,6"),
    fails: capaian("015,636722,001,2022-07,12,6"),
    boundary: { content: capaian("015,636722,4787.AEF,2022-07,12,6"), breaks: true },
  },
  "ACH-002": {
    passes: capaian("015,636722,015.05.CC.4787.AEF.001,2022-07,12,6"),
    fails: capaian("024,636722,015.05.CC.4787.AEF.001,2022-07,12,6"),
    boundary: { content: capaian("15,636722,015.05.CC.4787.AEF.001,2022-07,12,6"), breaks: false },
  },
  "TAG-001": {
    passes: tag("stunting,2019,2019,2080.QEA,,vitamin-a,100,"),
    fails: tag("gender,2019,2019,2080.QEA,,vitamin-a,100,"),
    boundary: { content: tag(" Stunting ,2019,2019,2080.QEA,,vitamin-a,100,"), breaks: false },
  },
  "TAG-002": {
    passes: share(100),
    fails: tag("stunting,2019,2019,2080.QEA,,vitamin-b,100,"),
    boundary: { content: tag("stunting,2019,2019,2080.QEA,, Vitamin-A ,100,"), breaks: false },
  },
  "TAG-003": {
    passes: tag("stunting,2019,2019,2080.QEA,specific,vitamin-a,100,"),
    fails: tag("stunting,2019,2019,2080.QEA,sensitive,vitamin-a,100,"),
    boundary: { content: tag("stunting,2019,2019,2080.QEA,,vitamin-a,100,"), breaks: false },
  },
  "TAG-004": { passes: share("33.33"), fails: share("33.333"), boundary: { content: share("0.01"), breaks: false } },
  "TAG-005": {
    passes: tags([
      { code: "2080.QEA", intervention: "vitamin-a", share: 50 },
      { code: "2080.QEA", intervention: "zinc", share: 50 },
    ]),
    fails: tags([
      { code: "2080.QEA", intervention: "vitamin-a", share: 50 },
      { code: "2080.QEA", intervention: "zinc", share: "50.01" },
    ]),
    // The ranges touch but share no year.
    boundary: {
      content: tags([
        { code: "2080.QEA", intervention: "vitamin-a", from: 2019, to: 2020 },
        { code: "2080.QEA", intervention: "zinc", from: 2021, to: 2022 },
      ]),
      breaks: false,
    },
  },
  "TAG-006": {
    passes: share(100),
    fails: tags([{ code: "2080.QEA.3", intervention: "vitamin-a" }]),
    boundary: { content: tags([{ code: "2040.007.029.001", intervention: "vitamin-a" }]), breaks: false },
  },
  "TAG-007": {
    passes: tags([{ code: "2080", intervention: "vitamin-a", from: 2019, to: 2020 }]),
    fails: tags([{ code: "2080", intervention: "vitamin-a", from: 2020, to: 2019 }]),
    boundary: { content: tags([{ code: "2080", intervention: "vitamin-a", from: 2020, to: 2020 }]), breaks: false },
  },
  "TAG-008": {
    passes: share(50),
    fails: tags([
      { code: "2080.QEA", intervention: "vitamin-a", share: 20 },
      { code: "2080QEA", intervention: "vitamin-a", share: 30 },
    ]),
    boundary: {
      content: tags([
        { code: "2080.QEA", intervention: "vitamin-a", share: 20, from: 2019, to: 2020 },
        { code: "2080.QEA", intervention: "vitamin-a", share: 20, from: 2019, to: 2021 },
      ]),
      breaks: false,
    },
  },
  "TAG-009": {
    passes: { content: agreed(70), options: { agreement: "BA-2" } },
    fails: agreed(59),
    boundary: { content: agreed(60), breaks: false },
  },
  "TAG-010": {
    passes: tags([{ code: "2080.QEA", intervention: "vitamin-a" }]),
    fails: tags([{ code: "9999.QEA", intervention: "vitamin-a" }]),
    // A KRO that no list has; before 2021 the outputs of an activity are numbers of its own.
    boundary: { content: tags([{ code: "2080.QZZ", intervention: "vitamin-a", from: 2021 }]), breaks: true },
  },
  "TAG-011": {
    passes: tags([
      { code: "2080.QEA", intervention: "vitamin-a", share: 10, from: 2019, to: 2020 },
      { code: "2080.QEA", intervention: "vitamin-a", share: 10, from: 2021, to: 2022 },
    ]),
    fails: tags([
      { code: "2080.QEA", intervention: "vitamin-a", share: 10, from: 2019, to: 2021 },
      { code: "2080.QEA", intervention: "vitamin-a", share: 10, from: 2020, to: 2022 },
    ]),
    boundary: {
      content: tags([
        { code: "2080.QEA", intervention: "vitamin-a", share: 10, from: 2019, to: 2020 },
        { code: "2080.QEA", intervention: "vitamin-a", share: 10, from: 2020, to: 2022 },
      ]),
      breaks: true,
    },
  },
  "TAG-012": {
    passes: linked("https://krisna.example/2080"),
    fails: linked("lihat lampiran"),
    boundary: { content: linked("http://a"), breaks: false },
  },
};

/** A tag with an address of its evidence. */
function linked(address: string): string {
  const header = "theme,fiscal_year_from,fiscal_year_to,code,class,intervention,share,evidence,link";
  return `${header}\nstunting,2019,2019,2080.QEA,,vitamin-a,100,,${address}\n`;
}

/** A file that begins like a workbook and ends in the middle. */
function brokenWorkbook(): Buffer {
  const name = "[Content_Types].xml";
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length, 16);
  return Buffer.concat([local, Buffer.from(name), central, Buffer.from(name), end]);
}
