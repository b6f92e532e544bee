import { loadDemonstration } from "../../../seeds/demonstration.ts";
import { loadSeeds } from "../../../seeds/index.ts";
import { formatNumber } from "../../i18n/index.ts";
import { toJson } from "../../json.ts";
import type { Command, ExitCode } from "../context.ts";
import { demonstrationSteps } from "../demonstration-output.ts";

export const command: Command = {
  usage: "seed [--demo]",
  options: { demo: { type: "boolean" } },
  run: (context) =>
    context.withStore<ExitCode>(async (db) => {
      const { terminal, t, language } = context;
      const counts = await db.tx(loadSeeds);
      const demonstration = context.flag("demo") ? await loadDemonstration(db, demonstrationSteps(context)) : null;
      if (context.json) {
        terminal.print(toJson({ ...counts, demonstration }));
        return 0;
      }
      const printed = Object.entries(counts).map(([name, count]) => [name, formatNumber(count, language)]);
      terminal.print(t("cli.seeded", Object.fromEntries(printed)));
      if (demonstration) {
        const key = demonstration.loaded ? "cli.demoLoaded" : "cli.demoPresent";
        terminal.print(t(key, { files: demonstration.files, rows: formatNumber(demonstration.rows, language) }));
      }
      return 0;
    }),
};
