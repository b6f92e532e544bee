import { AppError } from "../errors.ts";
import {
  amountAt,
  type CheckedPayments,
  CodeBook,
  checkRows,
  closeSource,
  type ExtractKind,
  hashFile,
  type KnownLayout,
  type Layout,
  type LayoutContext,
  type Lines,
  NO_SCOPE,
  openSource,
  type Payments,
  parseScope,
  RejectSpool,
  type ScopeOption,
  type Table,
  UnreadableFile,
} from "../extracts/index.ts";
import { ExactSum } from "../money.ts";
import { listsVersion, loadThemes, type References } from "../references/index.ts";
import type { RuleId } from "../rules.ts";
import type { Db, Transaction } from "../store/index.ts";
import { recordedReport } from "./changes/index.ts";
import { newerThanCompleted } from "./completion.ts";
import {
  nextExtractId,
  openExtract,
  type Statement,
  sameExtract,
  storeExtract,
  storeRejects,
} from "./extract-records.ts";
import { gatherPayments, type PaymentsEnd } from "./gather-payments.ts";
import { resultOf, unreadable } from "./import-result.ts";
import { keepSource } from "./kept-sources.ts";
import { AchievementPoster } from "./post-achievements.ts";
import { BudgetPoster } from "./post-budget.ts";
import { outputPoster, satkerPoster } from "./post-lists.ts";
import { RealizationPoster } from "./post-realization.ts";
import { StatementPoster } from "./post-statement.ts";
import { TagPoster } from "./post-tags.ts";
import { openReading, type Reading } from "./reading.ts";
import { isZipWorthAThread, ReadingThread, startReadingThread } from "./start-reading.ts";
import { headWarnings, isRelative, statementOf } from "./statement.ts";
import { Tally } from "./tally.ts";
import { beginReading, type Lists, loadLists, paymentsOfThread } from "./thread-of-payments.ts";
import {
  type ChangeWatcher,
  type ImportChanges,
  type ImportOptions,
  type ImportResult,
  LISTED_CHANGES,
  type Posted,
  type PostedReport,
  type Poster,
} from "./types.ts";

/**
 * Reads one file into the store: recognise, check, post, compare, and keep all of it or nothing. A dry run does the
 * same work and keeps nothing. A file that cannot be posted comes back as `blocked` with its rejects kept; only an
 * unreadable path or a wrong option throws.
 */
export async function importFile(
  db: Db,
  path: string,
  options: ImportOptions,
  onChanges: ChangeWatcher = async () => undefined,
): Promise<ImportResult> {
  if (options.scope !== null) parseScope(options.scope);
  const closing: (() => Promise<void>)[] = [];
  let thread = options.thread ?? (await startReadingThread(path));
  // The file is hashed while its table is opened and the thread begins to read.
  const hash = hashFile(path);
  hash.catch(() => undefined);
  try {
    const source = await openSource(path);
    closing.push(() => closeSource(source));
    if (isZipWorthAThread(source)) thread ??= new ReadingThread();
    const reading = await openReading(db, path, source, options);
    closing.push(reading.close);
    const lists = await loadLists(db, db.read);
    const isThreaded = thread !== null && beginReading(thread, reading, lists);
    if (!isThreaded) await thread?.close();
    const statement = statementOf(reading, await hash);
    // Asked before there is a wait for other writers, and again when it is this one's turn.
    const same = await sameExtract(db, db.read, statement);
    if (same && !isRelative(statement.kind)) return { ...same, dryRun: options.dryRun };
    const toImport = { reading, lists, statement, thread: isThreaded ? thread : null };
    return await new Import(db, toImport, onChanges).run();
  } catch (error) {
    if (error instanceof UnreadableFile) return unreadable(path, await hash, error, options);
    if (error instanceof AppError && error.code === "AMT-RANGE") {
      return unreadable(path, await hash, new UnreadableFile("AMT-009", 1), options);
    }
    throw error;
  } finally {
    await thread?.close();
    for (const close of closing.reverse()) await close();
  }
}

/** What is to be imported. */
interface ToImport {
  reading: Reading;
  lists: Lists;
  statement: Statement;
  /** Reads payments already, where the file is large. */
  thread: ReadingThread | null;
}

/** One import under way. */
class Import {
  readonly #db: Db;
  readonly #reading: Reading;
  readonly #table: Table;
  readonly #lists: Lists;
  readonly #statement: Statement;
  readonly #scope: ScopeOption;
  #thread: ReadingThread | null;
  readonly #options: ImportOptions;
  readonly #onChanges: ChangeWatcher;
  readonly #rejects = new RejectSpool();
  readonly #tally = new Tally();
  readonly #warnings = new Map<RuleId, number>();

  constructor(db: Db, { reading, lists, statement, thread }: ToImport, onChanges: ChangeWatcher) {
    const { table, options } = reading;
    this.#db = db;
    this.#reading = reading;
    this.#table = table;
    this.#lists = lists;
    this.#statement = statement;
    this.#scope = options.scope === null ? NO_SCOPE : parseScope(options.scope);
    this.#thread = thread;
    this.#options = options;
    this.#onChanges = onChanges;
    for (const rule of headWarnings(table, this.#scope, options)) this.#warn(rule);
  }

  async run(): Promise<ImportResult> {
    try {
      const result = await this.#db.tx((tx) => this.#post(tx), {
        keep: ({ status }) => status === "posted",
        signal: this.#options.signal,
      });
      if (result.status === "blocked" && !result.dryRun) await this.#keepBlocked(result);
      return result;
    } finally {
      await this.#rejects.dispose();
    }
  }

  async #post(tx: Transaction): Promise<ImportResult> {
    // Another program may have posted the same file, or other lists, while this one waited for its turn.
    const found = await sameExtract(this.#db, tx, this.#statement);
    const same = found && { ...found, dryRun: this.#options.dryRun };
    if (same && !isRelative(this.#statement.kind)) return same;
    const { references, themes } = await this.#currentLists(tx);
    const codes = new CodeBook(references);
    const { facts } = this.#table;
    const context: LayoutContext = { references, themes, codes, facts, warn: (rule) => this.#warn(rule) };
    const id = await nextExtractId(tx);
    await openExtract(tx, this.#db.tables, id, this.#statement);
    const posted = await this.#read(tx, id, this.#table.layout, references, context);
    if (this.#reading.source.found.encoding === "windows-1252") this.#warn("FILE-121");
    await this.#assertNewest(tx, id);
    this.#tally.moveToRejects(posted.lateRejects);
    await this.#rejects.add(posted.lateRejects);
    const result = resultOf({
      id,
      statement: this.#statement,
      table: this.#table,
      options: this.#options,
      tally: this.#tally,
      rejects: this.#rejects,
      warnings: this.#warnings,
      isBlocked: this.#isBlocked(),
      posted,
    });
    const { created, updated, removed } = result.changes;
    if (same && result.status !== "blocked" && created + updated + removed === 0) return same;
    result.reports = await this.#reportChanges(tx, id, result.status === "blocked" ? [] : posted.reports);
    if (result.status === "posted") {
      await storeExtract(tx, this.#db.tables, result, posted);
      await this.#keepRejects(tx, id);
    }
    return result;
  }

  /** What the thread began to read with, unless another program changed it meanwhile: then the thread is not listened to. */
  async #currentLists(tx: Transaction): Promise<Lists> {
    if ((await listsVersion(tx)) === this.#lists.version) {
      return { ...this.#lists, themes: await loadThemes(this.#db, tx) };
    }
    this.#thread = null;
    return loadLists(this.#db, tx);
  }

  /** Completing an old statement must not put aside in silence what a newer one says about the same cells. */
  async #assertNewest(tx: Transaction, id: number): Promise<void> {
    const { chain, table } = this.#reading;
    const [completes] = chain;
    if (completes === undefined || this.#options.force || this.#isBlocked()) return;
    const newer = await newerThanCompleted(tx, id, table.layout.kind, chain);
    if (newer !== null) throw new UnreadableFile("FILE-044", 1, String(newer), { extract: completes, newer });
  }

  /** Keeps the rejects, and the file itself, so that it is complete once they come back corrected. */
  async #keepRejects(tx: Transaction, id: number): Promise<void> {
    await storeRejects(tx, id, this.#rejects);
    if (this.#rejects.count > 0) await keepSource(tx, this.#reading.path, this.#statement.sha256);
  }

  /** Reads the first changes as they will be listed, while they are still there in a dry run. */
  async #reportChanges(tx: Transaction, id: number, posted: readonly PostedReport[]): Promise<ImportChanges[]> {
    const reports: ImportChanges[] = [];
    for (const { kind, summary, recorded } of posted) {
      const report = recordedReport(tx, { id, kind, recorded }, summary);
      await this.#onChanges(report);
      const lines = recorded > 0 ? await report.lines(0, Math.min(LISTED_CHANGES, recorded)) : [];
      reports.push({ kind, summary, moves: await report.moves(0, LISTED_CHANGES), lines });
    }
    return reports;
  }

  #read(
    tx: Transaction,
    id: number,
    layout: KnownLayout,
    references: References,
    context: LayoutContext,
  ): Promise<Posted> {
    switch (layout.kind) {
      case "realization":
        return this.#payments(layout, context, new RealizationPoster(tx, id, references, this.#scope));
      case "budget":
        return this.#lines(layout, context, new BudgetPoster(tx, id, references, this.#scope));
      case "budget-and-realization":
        return this.#lines(layout, context, new StatementPoster(tx, id, context, this.#scope));
      case "satkers":
        return this.#lines(layout, context, satkerPoster(tx, id));
      case "outputs":
        return this.#lines(layout, context, outputPoster(tx, id));
      case "achievements":
        return this.#lines(layout, context, new AchievementPoster(tx, id, references, this.#scope));
      case "tags": {
        const { agreement, at, actor = null } = this.#options;
        return this.#lines(
          layout,
          context,
          new TagPoster(tx, this.#db.tables, { extractId: id, agreement, at, actor }),
        );
      }
    }
  }

  async #lines<Kind extends ExtractKind>(
    layout: Layout<Kind>,
    context: LayoutContext,
    poster: Poster<Lines[Kind]>,
  ): Promise<Posted> {
    for await (const batch of checkRows(layout, this.#table, context)) {
      this.#tally.add(batch, batch.lines.length, amountOf(batch.lines));
      await this.#rejects.add(batch.rejects);
      // Once it is certain that nothing will be posted, the rest is only checked.
      if (!this.#isBlocked()) await poster.add(batch.lines);
      this.#report();
    }
    return this.#finish(layout, poster);
  }

  async #payments(layout: Layout<"realization">, context: LayoutContext, poster: RealizationPoster): Promise<Posted> {
    const batches = this.#paymentsOf(layout, context);
    for (;;) {
      const { done, value } = await batches.next();
      if (done) return this.#finish(layout, { finish: () => poster.finish(value) });
      this.#tally.add(value, value.payments.length, sumOf(value.payments));
      for (const [rule, count] of value.warnings) this.#warn(rule, count);
      await this.#rejects.add(value.rejects);
      if (!this.#isBlocked()) await poster.add(value);
      this.#report();
    }
  }

  /** A large file is read in a thread of its own, while this one posts. */
  #paymentsOf(layout: Layout<"realization">, context: LayoutContext): AsyncGenerator<CheckedPayments, PaymentsEnd> {
    const { source } = this.#reading;
    return this.#thread
      ? paymentsOfThread(this.#thread, source, this.#table)
      : gatherPayments(layout, source, this.#table, context);
  }

  #report(): void {
    this.#options.progress?.({
      rows: this.#tally.read,
      amount: this.#tally.amountRead,
      bytesRead: this.#reading.source.progress.bytesRead,
      bytes: this.#reading.source.bytes,
    });
    this.#options.signal?.throwIfAborted();
  }

  async #finish({ kind }: { kind: ExtractKind }, poster: { finish(): Promise<Posted> }): Promise<Posted> {
    if (this.#tally.read === 0) throw new UnreadableFile("FILE-010", 1);
    const posted = await poster.finish();
    // `Tidak Ada Data` states that a scope is empty, if the scope is known.
    const { posted: lines, rejected, saysEmpty } = this.#tally;
    const isEmpty = lines + rejected === 0 && posted.scope.satkers === 0;
    if (isEmpty && (saysEmpty || isRelative(kind))) throw new UnreadableFile("FILE-036", 1);
    return posted;
  }

  #isBlocked(): boolean {
    return !this.#options.force && this.#tally.rejectedWithMoney > this.#options.maxRejects;
  }

  /** Nothing of a blocked extract is posted, but it is remembered with all its rejects. */
  async #keepBlocked(result: ImportResult): Promise<void> {
    await this.#db.tx(async (tx) => {
      const id = await nextExtractId(tx);
      result.extract = id;
      await openExtract(tx, this.#db.tables, id, this.#statement);
      await storeExtract(tx, this.#db.tables, result, { reports: [], lastDate: null });
      await this.#keepRejects(tx, id);
    });
  }

  #warn(rule: RuleId, count = 1): void {
    this.#warnings.set(rule, (this.#warnings.get(rule) ?? 0) + count);
  }
}

/** Rupiah of lines that carry any. */
function amountOf(lines: readonly Lines[ExtractKind][]): bigint {
  let sum = 0n;
  for (const line of lines) if ("amount" in line) sum += line.amount;
  return sum;
}

function sumOf(payments: Payments): bigint {
  const sum = new ExactSum();
  for (let at = 0; at < payments.length; at++) sum.add(amountAt(payments, at));
  return sum.value;
}
