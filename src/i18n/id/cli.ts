/** Texts of the command line and of the errors that every door shares. */
export const cli = {
  "reconcile.noMonths": "Jendela waktu tidak memuat satu bulan pun.",
  "reconcile.needsTheme": "Dimensi {dimension} hanya ada dalam sebuah tema.",
  "reconcile.needsThemeHint": "Tambahkan --theme stunting.",
  "reconcile.unknownTheme": 'Tema "{theme}" tidak dikenal.',
  "reconcile.unknownThemeHint": "Tema yang ada: {themes}.",
  "rejects.row": "baris",
  "rejects.rule": "aturan",
  "rejects.reason": "alasan",
  "rejects.cure": "perbaikan",
} as const;
