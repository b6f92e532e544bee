import { serve } from "../../http/index.ts";
import { type Db, filesBeside } from "../../store/index.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";

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
  const dataDir = process.env.TANDAI_FILES || filesBeside(db.location);
  const server = await serve({ db, port: portOf(context), logger: true, dataDir, now: () => new Date() });
  terminal.print(t("cli.serving", { url: server.url }));
  await server.stopped;
}
