import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { markdown, writeToPage } from "./section.ts";
import type { Suite } from "./suite.ts";
import { importSuite } from "./suites/import.ts";
import { layoutsSuite } from "./suites/layouts.ts";
import { postgresSuite } from "./suites/postgres.ts";
import { reconcileSuite } from "./suites/reconcile.ts";
import { suggestSuite } from "./suites/suggest.ts";
import { xlsxSuite } from "./suites/xlsx.ts";

/**
 * Measures Tandai and, in the same run and in turn, programs that people would use instead. Prints medians and ratios
 * as Markdown: seconds alone say little on a shared machine.
 */
const SUITES: Record<string, Suite> = {
  import: importSuite,
  postgres: postgresSuite,
  reconcile: reconcileSuite,
  suggest: suggestSuite,
  xlsx: xlsxSuite,
  layouts: layoutsSuite,
};

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    large: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
  },
});
const chosen = values.only?.split(",") ?? Object.keys(SUITES);
const unknown = chosen.filter((name) => SUITES[name] === undefined);
const rounds = Number(values.rounds);
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`npm run bench -- [--only ${Object.keys(SUITES).join(",")}] [--large] [--rounds N] [--write]`);
  process.exit(2);
}

for (const name of chosen) {
  const folder = await mkdtemp(join(tmpdir(), "tandai-bench-"));
  try {
    const context = {
      folder,
      large: values.large,
      rounds,
      note: (text: string) => console.error(`… ${name}: ${text}`),
    };
    for (const section of (await SUITES[name]?.(context)) ?? []) {
      const { length: cores } = cpus();
      const measured = `Measured ${new Date().toISOString().slice(0, 10)}, ${cores} cores, Node ${process.versions.node}, ${rounds} rounds in turn.`;
      console.log(`${markdown(section)}\n\n${measured}\n`);
      if (values.write) writeToPage(section, measured);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
