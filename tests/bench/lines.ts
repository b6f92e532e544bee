import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** Deterministic numbers in [0, below). */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Writes realization lines of one fiscal year in the plain layout; `codes` distinct codes of 300 satkers. */
export async function writeRealization(path: string, lines: number, codes: number): Promise<void> {
  const random = generator(2_019);
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  const printed = Array.from({ length: codes }, (_, index) => {
    const account = ["511111", "521211", "521811", "524111", "532111"][random(5)];
    const detail = `${pad(random(40) + 1, 3)}.051.0A.${pad(index % 1_000_000, 6)}`;
    return `${pad(400_000 + (index % 300), 6)}.018.${account}.0240506.2080${pad(random(30) + 1, 3)}.A000000001.00000.2.0151.2.000000.000000.${detail}`;
  });
  const file = createWriteStream(path);
  file.write("code,date,document,amount,description\n");
  for (let line = 0; line < lines; line++) {
    const month = random(12) + 1;
    const date = `2019-${pad(month, 2)}-${pad(random(28) + 1, 2)}`;
    const document = `19018${pad(line, 10)}`;
    const more = file.write(`${printed[random(codes)]},${date},${document},${random(90_000_000) + 1},Pembayaran\n`);
    if (!more) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}
