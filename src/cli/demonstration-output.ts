import type { DemonstrationSteps } from "../../seeds/demonstration.ts";
import type { CommandContext } from "./context.ts";
import { showProgress } from "./import-output.ts";
import { bar } from "./terminal.ts";

/** Shows how the demonstration budget is loaded. */
export function demonstrationSteps(context: CommandContext): DemonstrationSteps {
  const { terminal, t } = context;
  return {
    at: new Date().toISOString(),
    begin: () => terminal.note(t("cli.demoLoading")),
    file: (file, done, total) => {
      terminal.progress(() => `${bar(done, total)} ${file}`);
      return showProgress(context, file);
    },
  };
}
