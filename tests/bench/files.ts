import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { csvLine } from "../../src/csv.ts";
import { type BenchWorld, generator, YEAR } from "./world.ts";

/** Order of the lines of a file: by code, as treasury exports are, or every line with any code. */
export type Order = "grouped" | "shuffled";

const LINES_PER_WRITE = 2_000;

/** Writes realization lines of one fiscal year in the plain layout; grouped lines repeat every code equally often. */
export async function writeRealization(path: string, world: BenchWorld, lines: number, order: Order): Promise<void> {
  const { codes } = world;
  const random = generator(lines + codes.length);
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  const days = Array.from(
    { length: 12 * 28 },
    (_, day) => `${YEAR}-${pad((day % 12) + 1, 2)}-${pad(Math.floor(day / 12) + 1, 2)}`,
  );
  const file = createWriteStream(path);
  let text = "code,date,document,amount\n";
  for (let line = 0; line < lines; line++) {
    const code = codes[order === "grouped" ? Math.floor((line * codes.length) / lines) : random(codes.length)] ?? "";
    // The random low digits of the generator are poor: the amount is made of two draws.
    const amount = random(90_000) * 1_000 + random(1_000) - 2_000_000;
    text += `${code},${days[random(days.length)]},24${code.slice(7, 10)}${pad(line, 10)},${amount}\n`;
    if (line % LINES_PER_WRITE !== 0) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await once(file, "close");
}

export async function writeSatkers(path: string, { satkers }: BenchWorld): Promise<void> {
  const rows = satkers.map(({ code, program, location, authority, kppn }) =>
    csvLine([code, `SATKER ${code}`, program.slice(0, 3), program.slice(3, 5), location, authority, kppn]),
  );
  await writeFile(path, `code,name,ministry,unit,location,authority,kppn\n${rows.join("\n")}\n`);
}

export async function writeTags(path: string, { tags }: BenchWorld): Promise<void> {
  const rows = tags.flatMap(({ output, shares }) =>
    shares.map(({ intervention, class: kind, share }) =>
      csvLine([
        "stunting",
        YEAR,
        YEAR,
        `${output.slice(0, 4)}.${output.slice(4)}`,
        kind,
        intervention,
        share / 100,
        "bench",
      ]),
    ),
  );
  const header = "theme,fiscal_year_from,fiscal_year_to,code,class,intervention,share,evidence";
  await writeFile(path, `${header}\n${rows.join("\n")}\n`);
}
