import type { Command } from "./context.ts";

/** How commands are called: the text of `--help`, in both languages because it is shown before a language is known. */
export function overview(commands: readonly Command[]): string[] {
  return [
    "Tandai: apa biaya satu tujuan nasional, dan apa hasilnya / what one national goal costs and what it buys",
    "",
    ...commands.map(({ usage }) => `  tandai ${usage}`),
    "",
    "  --db BERKAS|URL  penyimpanan / store (TANDAI_DB, data/tandai.db)    --json  satu dokumen JSON / one JSON document",
    "  --lang id|en     bahasa / language (TANDAI_LANG)                    --debug rincian kesalahan / error details",
    "",
    "  0 selesai/done · 1 selesai, jawabannya tidak/done, the answer is no · 2 salah pakai/wrong usage · 3 rusak/broke",
  ];
}
