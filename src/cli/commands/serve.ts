import { serve } from "../../http/index.ts";
import type { Db } from "../../store/index.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";
import { filesOf } from "../files-of.ts";

const DEFAULT_PORT = 3000;

export const command: Command = {
  usage: "serve [--port 3000]",
  options: { port: { type: "string" } },
  run: async (context) => {
    portOf(context);
    await context.withStore((db) => serveUntilStopped(db, context));
    return 0;
  },
};

export function portOf({ integer, text, t }: CommandContext): number {
  const port = integer("port", DEFAULT_PORT);
  if (port > 65_535) throw usageError(t("cli.badPort", { value: text("port") ?? "" }));
  return port;
}

/** Serves until the process is told to stop, and lets running work finish. */
export async function serveUntilStopped(db: Db, context: CommandContext): Promise<void> {
  const { terminal, t } = context;
  const options = { db, port: portOf(context), logger: true, dataDir: filesOf(db), now: () => new Date() };
  const server = await serve(options);
  terminal.print(t("cli.serving", { url: server.url }));
  await server.stopped;
}
