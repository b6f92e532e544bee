/** Pemetaan: how a table that no layout knows is read. */
export const mappings = {
  "mapping.invalid": "Definisi pemetaan belum dapat dipakai.",
  "mapping.badName":
    'Nama pemetaan "{name}" tidak sah: pakai huruf kecil, angka, titik, garis bawah, atau tanda hubung.',
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
  "mapping.reason.name": 'nama kolom "{column}" berarti {field}',
  "mapping.reason.content": "{fits} dari {cells} sel contoh cocok, misalnya {example}",
  "mapping.reason.title": "judul menyebut {value}",
  "mapping.question.missing": "Tidak ada kolom yang jelas untuk {field}: pilih kolomnya atau isi nilai tetap.",
  "mapping.question.unit":
    'Judul menyebut "{words}" untuk kolom {column}. Apakah satu angka berarti {unit} rupiah? Sebutkan satuannya.',
  "mapping.note.status": "Kolom {column} berisi {values}: perlukah baris disaring?",
} as const;
