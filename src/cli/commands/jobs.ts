import { AppError } from "../../errors.ts";
import { formatNumber } from "../../i18n/index.ts";
import { jobDocument, listedJobDocument } from "../../jobs/document.ts";
import { isFinished, JobQueue, type QueuedJob, StoredFiles } from "../../jobs/index.ts";
import { toJson } from "../../json.ts";
import { type Command, type CommandContext, usageError } from "../context.ts";
import { filesOf } from "../files-of.ts";
import { printImport } from "../import-output.ts";
import { bar, table } from "../terminal.ts";

/** Jobs in the list. */
const LISTED = 50;

const ACTIONS: Record<string, (queue: JobQueue, context: CommandContext) => Promise<void>> = { list, show, cancel };

export const command: Command = {
  usage: "jobs [list | show ID | cancel ID]",
  options: {},
  run: async (context) => {
    const [name = "list"] = context.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw usageError(`tandai jobs ${name}`, `tandai ${command.usage}`);
    await context.withStore(async (db) => {
      const queue = await JobQueue.open(db.location, await StoredFiles.open(filesOf(db)));
      try {
        await action(queue, context);
      } finally {
        await queue.close();
      }
    });
    return 0;
  },
};

async function list(queue: JobQueue, { terminal, t, language, json }: CommandContext): Promise<void> {
  const jobs = await queue.list(LISTED);
  if (json) return terminal.print(toJson(jobs.map(listedJobDocument)));
  if (jobs.length === 0) return terminal.print(t("jobs.none"));
  const header = ["id", "kind", "state", "progress", "created", "file"] as const;
  const rows = jobs.map((job) => {
    const { id, kind, state, progress, created_at: created, file } = listedJobDocument(job);
    const part = `${progress.percent} % · ${formatNumber(progress.rows, language)}`;
    return [id, t(`jobs.kind.${kind}`), t(`jobs.state.${state}`), part, created.slice(0, 16).replace("T", " "), file];
  });
  const titles = header.map((name) => t(`jobs.head.${name}`));
  for (const line of table(titles, rows, new Set([3]))) terminal.print(line);
}

async function show(queue: JobQueue, context: CommandContext): Promise<void> {
  const { terminal, t, json } = context;
  const job = await known(queue, context);
  const document = jobDocument(job, t);
  if (json) return terminal.print(toJson(document));
  const { progress, problem } = document;
  terminal.print(`${terminal.strong(job.name)} · ${t(`jobs.kind.${job.kind}`)} · ${t(`jobs.state.${job.status}`)}`);
  if (!isFinished(job)) terminal.print(`  ${bar(progress.percent, 100)} · ${formatNumber(progress.rows, t.language)}`);
  if (job.status === "queued")
    terminal.print(`  ${job.ahead === 0 ? t("jobs.next") : t("jobs.ahead", { ahead: job.ahead })}`);
  if (job.attempts > 1) terminal.print(`  ${t("jobs.attempt", { attempts: job.attempts })}`);
  if (job.status === "cancelled") terminal.print(`  ${t("jobs.cancelled")}`);
  if (problem) terminal.print(`  ${terminal.bad(problem.detail)} ${terminal.dim(problem.hint ?? "")}`);
  if (job.kind === "import" && job.result) printImport(context, job.result);
}

async function cancel(queue: JobQueue, context: CommandContext): Promise<void> {
  const { terminal, t, json } = context;
  const before = await known(queue, context);
  if (isFinished(before)) {
    throw new AppError("JOB-FINISHED", 409, t("http.problem.JOB-FINISHED"), t("http.problem.JOB-FINISHED.hint"));
  }
  const job = (await queue.cancel(before.id, new Date().toISOString())) ?? before;
  if (json) return terminal.print(toJson(jobDocument(job, t)));
  const text = job.status === "cancelled" ? "jobs.cli.cancelled" : "jobs.cli.stopping";
  terminal.print(`${terminal.good("✓")} ${t(text, { id: job.id })}`);
}

async function known(queue: JobQueue, { positionals, t }: CommandContext): Promise<QueuedJob> {
  const id = positionals[1];
  if (id === undefined) throw usageError(t("jobs.cli.needsId"), `tandai ${command.usage}`);
  const job = await queue.find(id);
  if (!job)
    throw new AppError("JOB-UNKNOWN", 404, t("http.jobUnknown", { id: id.slice(0, 60) }), t("http.jobUnknownHint"));
  return job;
}
