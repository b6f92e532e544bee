#!/usr/bin/env node
import { AppError } from "../errors.ts";
import { toJson } from "../json.ts";
import { COMMANDS } from "./commands.ts";
import { contextOf, usageError } from "./context.ts";
import { overview } from "./overview.ts";
import { processTerminal } from "./terminal.ts";

/** Exit codes of the contract beyond a command's own answer. */
const WRONG_USAGE = 2;
const BROKEN = 3;

const [name, ...args] = process.argv.slice(2);
const terminal = processTerminal();

async function main(): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const commands = await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).command));
    for (const line of overview(commands)) terminal.print(line);
    return name === undefined ? WRONG_USAGE : 0;
  }
  if (name === "--version") {
    const { version } = await import("../version.ts");
    terminal.print(version());
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load)
    throw usageError(
      `tandai ${name}: perintah tidak dikenal / unknown command`,
      `tandai ${Object.keys(COMMANDS).join(" | ")}`,
    );
  const { command } = await load();
  const context = contextOf(command, args, terminal);
  if (context.help) {
    for (const line of overview([command])) terminal.print(line);
    return 0;
  }
  return command.run(context);
}

function report(error: unknown): number {
  const known = error instanceof AppError ? error : null;
  const message = known?.message ?? "Terjadi kesalahan di dalam Tandai / something broke inside Tandai";
  const hint = known ? known.hint : "Ulangi dengan --debug / run again with --debug";
  if (args.includes("--json")) terminal.print(toJson({ error: { code: known?.code ?? "INTERNAL", message, hint } }));
  terminal.note(`${terminal.bad("✗")} ${message}`);
  if (hint) terminal.note(`  ${hint}`);
  if (args.includes("--debug")) terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return known && known.status < 500 ? WRONG_USAGE : BROKEN;
}

// A reader that stops early (`| head`) is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : BROKEN));

process.exitCode = await main().catch(report);
