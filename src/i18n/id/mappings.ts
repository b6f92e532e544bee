/** Pemetaan: how a table that no layout knows is read. */
export const mappings = {
  "mapping.fault.missing": "Isian {field} belum ada sumbernya. Pilih kolom, atau isi nilai tetap.",
  "mapping.fault.unknownField": "{kind} tidak memiliki isian {field}. Hapus isian itu.",
  "mapping.fault.notCode": "Isian {field} bukan kode, jadi tidak dapat disusun dari beberapa kolom.",
  "mapping.fault.format": "Cara menulis {format} tidak cocok untuk isian {field}.",
  "mapping.fault.unit":
    "Kolom {column} tampaknya dalam ribuan atau jutaan rupiah. Sebutkan satuannya: 1, 1000, 1000000, atau 1000000000.",
  "mapping.fault.unitNeedsFormat":
    "Kolom {column} tidak dalam rupiah penuh. Sebutkan cara menulis angkanya, misalnya 1.234.567,89.",
  "mapping.fault.noColumn": "Kolom {column} tidak ada pada judul tabel.",
  "mapping.fault.doubledColumn": "Nama kolom {column} muncul dua kali pada judul. Beri nomor, misalnya {column} (2).",
  "mapping.fault.missingPiece": "Kode tidak menyebut {piece}; tanpa itu baris tidak punya tempat.",
} as const;
