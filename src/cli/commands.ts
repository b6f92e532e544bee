import type { Command } from "./context.ts";

/** Commands by name; each is loaded when it is called, so that a short answer comes fast. */
export const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  code: () => import("./commands/code.ts"),
  seed: () => import("./commands/seed.ts"),
  import: () => import("./commands/import.ts"),
  mappings: () => import("./commands/mappings.ts"),
  extracts: () => import("./commands/extracts.ts"),
  tags: () => import("./commands/tags.ts"),
  reconcile: () => import("./commands/reconcile.ts"),
  report: () => import("./commands/report.ts"),
  verify: () => import("./commands/verify.ts"),
  jobs: () => import("./commands/jobs.ts"),
  backup: () => import("./commands/backup.ts"),
  restore: () => import("./commands/restore.ts"),
  serve: () => import("./commands/serve.ts"),
  start: () => import("./commands/start.ts"),
};
