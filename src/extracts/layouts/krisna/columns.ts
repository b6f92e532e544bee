import type { TableRow } from "../../readers/csv-parser.ts";
import type { Heading } from "../../types.ts";

/**
 * The columns of KRISNA tables under the names of this layout. Exports, interfaces and ministries spell them differently,
 * so every name is accepted in all ways in which it is known to be written, without regard to case and signs. Names that say
 * code or name stand first; a bare name (`Kegiatan`) is the code where no other column is.
 */
const CODES = {
  tahun: ["tahun", "thang", "thnang", "tahunanggaran", "ta", "kodetahun", "tahunrenja"],
  kddept: [
    "kddept",
    "kodedept",
    "kdkementerian",
    "kodekementerian",
    "kementeriankode",
    "kdkl",
    "kodekl",
    "kdba",
    "kodeba",
  ],
  kdunit: ["kdunit", "kodeunit", "unitkode", "kdes1", "kdeselon1", "kodeeselon1", "kodeunitkerja", "kodeunites1"],
  kdprogram: ["kdprogram", "kodeprogram", "programkode", "kdprog"],
  kdgiat: ["kdgiat", "kodegiat", "kdkegiatan", "kodekegiatan", "kegiatankode"],
  kdkro: ["kdkro", "kodekro", "krokode", "kdoutput", "kodeoutput", "outputkode"],
  kdro: ["kdro", "kodero", "rokode", "kdsoutput", "kodesoutput", "kdsuboutput", "kodesuboutput", "suboutputkode"],
  kdkmpnen: ["kdkmpnen", "kodekmpnen", "kdkomponen", "kodekomponen", "komponenkode"],
} as const;

const BARE: Readonly<Record<keyof typeof CODES, readonly string[]>> = {
  tahun: [],
  kddept: ["kementerian", "kementerianlembaga", "kl", "ba", "dept"],
  kdunit: ["unit", "eselon1", "es1", "unites1", "unitkerja", "uniteselon1"],
  kdprogram: ["program"],
  kdgiat: ["kegiatan", "giat"],
  kdkro: ["kro", "output", "klasifikasirincianoutput"],
  kdro: ["ro", "soutput", "suboutput", "rincianoutput"],
  kdkmpnen: ["komponen", "kmpnen"],
};

const NAMES = {
  nmdept: ["nmdept", "nmkementerian", "namakementerian", "nmkl", "namakl", "kementeriannama"],
  nmunit: ["nmunit", "namaunit", "namaeselon1", "nmeselon1", "unitnama"],
  nmprogram: ["nmprogram", "namaprogram", "programnama"],
  nmgiat: ["nmgiat", "namagiat", "nmkegiatan", "namakegiatan", "kegiatannama"],
  nmkro: ["nmkro", "namakro", "kronama", "nmoutput", "namaoutput", "outputnama"],
  nmro: ["nmro", "namaro", "ronama", "nmsoutput", "namasoutput", "nmsuboutput", "namasuboutput", "suboutputnama"],
  nmkmpnen: ["nmkmpnen", "namakmpnen", "nmkomponen", "namakomponen", "komponennama"],
} as const;

const OTHERS = {
  nama: ["nama", "uraian", "nomenklatur"],
  kdtema: ["kdtema", "kodetema", "temakode", "tema", "tematik", "kdtematik", "kodetematik", "kdtemaapbn", "temaapbn"],
  target: [
    "target",
    "volume",
    "vol",
    "targetvolume",
    "volumetarget",
    "targetoutput",
    "targetro",
    "volumero",
    "volumeoutput",
  ],
  satuan: ["satuan", "sat", "satuantarget", "satuanoutput", "satuanro", "satuanvolume", "nmsatuan", "namasatuan"],
  lokasi: ["lokasi", "lokus", "nmlokasi", "namalokasi", "kdlokasi", "kodelokasi", "lokasiro", "wilayah"],
} as const;

/** Allocations are printed in rupiah, thousands or millions; the name says which. */
const ALLOCATION =
  /^(?:alokasi|pagu|jumlahpagu|jmlpagu|totalpagu|alokasianggaran|paguanggaran|anggaran|alokasiro|alokasipagu|jumlahalokasi|totalalokasi)(?:dalam|dlm|x)?(rp|rupiah|ribu|rpribu|riburp|riburupiah|rpribuan|ribuan|ribuanrupiah|000|rp000|juta|rpjuta|jutarp|jutarupiah|rpjutaan|jutaan)?$/;

export const ALLOCATIONS = { alokasi: 1n, alokasi_ribu: 1_000n, alokasi_juta: 1_000_000n } as const;

export const REQUIRED = ["tahun", "kdgiat", "kdkro", "kdtema"] as const;

/** The columns of codes from ministry to komponen, each with its column of names. */
export const LEVELS = [
  ["kddept", "nmdept"],
  ["kdunit", "nmunit"],
  ["kdprogram", "nmprogram"],
  ["kdgiat", "nmgiat"],
  ["kdkro", "nmkro"],
  ["kdro", "nmro"],
  ["kdkmpnen", "nmkmpnen"],
] as const;

export const OPTIONAL: readonly string[] = [
  ...LEVELS.flat().filter((name) => !(REQUIRED as readonly string[]).includes(name)),
  ...["nama", "target", "satuan", "lokasi"],
  ...Object.keys(ALLOCATIONS),
];

const BY_NAME = new Map<string, string>(
  Object.entries({ ...CODES, ...NAMES, ...OTHERS }).flatMap(([name, ways]) => ways.map((way) => [way, name] as const)),
);

function bare(cell: string): string {
  return cell.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

/** The name of the layout for a printed column name that says what it holds; null for others. */
function plainName(printed: string): string | null {
  const name = bare(printed);
  const allocation = ALLOCATION.exec(name);
  if (!allocation) return BY_NAME.get(name) ?? null;
  const unit = allocation[1] ?? "";
  if (/juta/.test(unit)) return "alokasi_juta";
  return /ribu|000/.test(unit) ? "alokasi_ribu" : "alokasi";
}

/** Names the columns of a header; what it does not know stays as printed. */
function named(cells: readonly string[]): string[] {
  const columns = cells.map((cell) => plainName(cell) ?? cell);
  for (const [code, names] of Object.entries(BARE) as [keyof typeof BARE, readonly string[]][]) {
    const at = cells.findIndex((cell) => names.includes(bare(cell)));
    if (at < 0) continue;
    const name = LEVELS.find(([level]) => level === code)?.[1];
    if (!columns.includes(code)) columns[at] = code;
    else if (name !== undefined && !columns.includes(name)) columns[at] = name;
  }
  return columns;
}

/** The first row that has the columns a KRISNA table cannot do without; one that lacks a single one is named and refused. */
export function recognise(head: readonly TableRow[]): Heading | null {
  let nearest: Heading | null = null;
  for (const [at, { cells }] of head.entries()) {
    const columns = named(cells);
    const missing = REQUIRED.filter((name) => !columns.includes(name));
    if (missing.length === 0) return { at, columns, missing };
    if (missing.length === 1) nearest ??= { at, columns, missing: [...missing] };
  }
  return nearest;
}
