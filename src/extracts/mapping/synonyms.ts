/**
 * Names under which the fields of a plain layout and the pieces of a code stand in tables of the field, Indonesian and
 * English, without marks and in small letters. Order does not matter.
 */
const SYNONYMS: Record<string, readonly string[]> = {
  // Codes and their pieces.
  code: [
    "kode coa",
    "coa",
    "kode bas",
    "kode akun lengkap",
    "segmen",
    "kode 16 segmen",
    "kode 12 segmen",
    "code",
    "full code",
  ],
  satker: [
    "satker",
    "kode satker",
    "kdsatker",
    "kd satker",
    "satuan kerja",
    "kode satuan kerja",
    "spending unit",
    "work unit",
  ],
  kppn: ["kppn", "kode kppn", "kdkppn", "treasury office"],
  account: ["akun", "kode akun", "kdakun", "kd akun", "mak", "account", "natural account", "kode rekening"],
  program_segment: ["program", "kode program", "prog", "kdprogram", "program code", "ba es1 program"],
  ministry: [
    "ba",
    "kode ba",
    "kl",
    "k l",
    "kementerian",
    "kode kementerian",
    "kddept",
    "dept",
    "ministry",
    "bagian anggaran",
  ],
  unit: ["eselon i", "eselon 1", "es1", "unit", "kode unit", "kdunit", "kode eselon i", "directorate general"],
  program: ["program", "kode program", "prog", "kdprogram", "program code"],
  output_segment: ["output", "kode output", "kro", "kegiatan output", "kdoutput", "output code"],
  node: ["ro", "rincian output", "kode ro", "kegiatan kro ro", "kode rincian output", "activity kro ro"],
  activity: ["kegiatan", "kode kegiatan", "kdgiat", "giat", "activity", "activity code"],
  output: ["kro", "kode kro", "output", "kode output", "klasifikasi rincian output", "output code"],
  fund_segment: ["dana", "sumber dana", "kode dana", "fund", "fund code", "register dana"],
  fund_source: ["sumber dana", "kode sumber dana", "sdana", "fund source", "source of funds"],
  authority: ["kewenangan", "kode kewenangan", "kdkewenangan", "authority"],
  location: ["lokasi", "kode lokasi", "kdlokasi", "location", "kab kota", "kabupaten kota"],
  budget_type: ["tipe anggaran", "jenis anggaran", "budget type"],
  bank: ["bank", "kode bank"],
  ro: ["ro", "kode ro", "suboutput", "sub output", "rincian output", "output detail"],
  component: ["komponen", "kode komponen", "kdkmpnen", "component"],
  subcomponent: ["subkomponen", "sub komponen", "kode subkomponen", "subcomponent"],
  item: ["item", "kode item", "no item", "nomor item", "item number"],
  // Payments.
  date: [
    "tanggal",
    "tgl",
    "tanggal sp2d",
    "tgl sp2d",
    "tanggal bayar",
    "tanggal pembayaran",
    "tanggal realisasi",
    "date",
    "payment date",
    "paid on",
    "tanggal buku",
  ],
  document: [
    "no sp2d",
    "nomor sp2d",
    "sp2d",
    "no dokumen",
    "nomor dokumen",
    "dokumen",
    "document",
    "document no",
    "document number",
    "no bukti",
    "nomor bukti",
    "voucher",
  ],
  description: ["uraian", "keterangan", "deskripsi", "description", "remarks", "uraian sp2d"],
  "realization.amount": [
    "nilai",
    "jumlah",
    "realisasi",
    "nilai rupiah",
    "nilai sp2d",
    "jumlah rupiah",
    "nominal",
    "rupiah",
    "amount",
    "realization",
    "expenditure",
    "paid",
    "nilai realisasi",
    "jumlah bayar",
    "belanja",
  ],
  // Budgets.
  "budget.amount": [
    "pagu",
    "pagu revisi",
    "pagu dipa",
    "anggaran",
    "pagu anggaran",
    "alokasi",
    "budget",
    "revised budget",
    "allocation",
    "ceiling",
    "total",
    "total pagu",
    "nilai pagu",
  ],
  fiscal_year: ["tahun", "tahun anggaran", "ta", "thang", "fiscal year", "year", "fy"],
  revision: ["revisi", "revisi ke", "nomor revisi", "no revisi", "revision", "revision no", "dipa revisi ke"],
  revision_date: ["tanggal revisi", "tgl revisi", "revision date", "tanggal dipa"],
  blocked: ["blokir", "nilai blokir", "diblokir", "blocked", "locked"],
  // Lists.
  "satkers.code": [
    "satker",
    "kode satker",
    "kdsatker",
    "kd satker",
    "kode satuan kerja",
    "code",
    "kode",
    "satker code",
  ],
  "satkers.name": [
    "nama satker",
    "nama",
    "nmsatker",
    "satuan kerja",
    "uraian satker",
    "name",
    "satker name",
    "nama satuan kerja",
  ],
  "outputs.name": [
    "nama",
    "uraian",
    "nama output",
    "nama ro",
    "uraian ro",
    "nama kro",
    "nomenklatur",
    "name",
    "output name",
    "nama rincian output",
  ],
  // Achievements.
  month: ["bulan", "periode", "kode periode", "masa", "month", "period"],
  "achievements.code": [
    "kode ro",
    "kode rincian output",
    "kode output",
    "kode kro",
    "kode suboutput",
    "sub output kode",
    "kegiatan kro ro",
    "kode",
    "code",
    "output code",
  ],
  indicator: ["indikator", "nama indikator", "uraian indikator", "indikator kinerja", "indicator", "indicator name"],
  achieved: [
    "capaian",
    "capaian volume",
    "capaian output",
    "capaian ro",
    "realisasi",
    "realisasi volume",
    "realisasi output",
    "realisasi ro",
    "realisasi target",
    "realisasi capaian",
    "total realisasi sub output",
    "achieved",
    "achievement",
    "actual",
  ],
  "achievements.target": [
    "target",
    "target volume",
    "target output",
    "target ro",
    "volume",
    "rencana",
    "rencana volume",
    "rencana sub output",
    "planned",
  ],
  "achievements.unit": ["satuan", "satuan volume", "satuan sub output", "sat", "unit", "unit of measure", "measure"],
  district: ["kab kota", "kabupaten kota", "kode kab kota", "kabupaten", "kota", "lokasi", "kode lokasi", "district"],
  themes: ["tema", "kdtema", "kode tema", "tematik", "theme", "themes"],
  target: ["target", "volume", "target volume", "vol"],
  unit_of_measure: ["satuan", "unit of measure", "sat", "measure"],
};

const MONTHS = [
  ["jan", "januari", "january"],
  ["feb", "februari", "pebruari", "february"],
  ["mar", "maret", "march"],
  ["apr", "april"],
  ["mei", "may"],
  ["jun", "juni", "june"],
  ["jul", "juli", "july"],
  ["agu", "ags", "agt", "agustus", "aug", "august"],
  ["sep", "sept", "september"],
  ["okt", "oktober", "oct", "october"],
  ["nov", "nop", "november", "nopember"],
  ["des", "desember", "dec", "december"],
];

/** A name as synonyms are written: marks are spaces, what stands in brackets does not name anything. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\([^)]*\)/g, " ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** How surely the name of a column is that of a field: 1 one of its names, 0.6 one of them with other words around, else 0. */
export function nameMatch(kind: string, field: string, column: string): number {
  const name = plainName(column);
  if (name === "") return 0;
  const known = [
    ...(SYNONYMS[`${kind}.${field}`] ?? SYNONYMS[field] ?? []),
    field.replaceAll("_", " "),
    ...monthNames(field),
  ];
  if (known.includes(name)) return 1;
  const words = ` ${name} `;
  // One word of few letters, such as `ro` or `ta`, says nothing inside another name.
  return known.some((synonym) => synonym.length > 3 && words.includes(` ${synonym} `)) ? 0.6 : 0;
}

/** `plan_03` is also called by its month. */
function monthNames(field: string): string[] {
  const month = /^plan_(\d\d)$/.exec(field);
  const names = month ? (MONTHS[Number(month[1]) - 1] ?? []) : [];
  const called = month ? [...names, String(Number(month[1]))] : [];
  return [
    ...names,
    ...called.flatMap((name) => [`rpd ${name}`, `rencana ${name}`, `plan ${name}`, `pok nilai ${name}`]),
  ];
}

/** Words of a heading that say in which unit amounts are printed, and what that unit would be. */
const UNITS: readonly [RegExp, 1_000 | 1_000_000 | 1_000_000_000][] = [
  [/\b(ribuan|ribu|thousands?|rp ?000|000 ?rp)\b/i, 1_000],
  [/\b(jutaan|juta|millions?)\b/i, 1_000_000],
  [/\b(miliaran|miliar|milyar|milyaran|billions?)\b/i, 1_000_000_000],
];

/** The unit a heading seems to state, and the words that say so; null when it says nothing of the kind. */
export function unitHint(heading: string): { unit: 1_000 | 1_000_000 | 1_000_000_000; words: string } | null {
  for (const [pattern, unit] of UNITS) {
    const match = pattern.exec(heading);
    if (match) return { unit, words: match[0] };
  }
  return null;
}
