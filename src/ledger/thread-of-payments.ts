import {
  type CheckedPayments,
  LAYOUTS,
  type LayoutContext,
  type Source,
  type Table,
  UnreadableFile,
} from "../extracts/index.ts";
import { listsVersion, loadReferences, loadThemes } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import type { FreshColumns } from "./columns/index.ts";
import type { PaymentsEnd } from "./gather-payments.ts";
import type { Reading } from "./reading.ts";
import type { ReadingThread } from "./start-reading.ts";
import type { ImportOptions } from "./types.ts";

/** Batches that may be under way between the threads. */
const AHEAD = 4;

/** What lines are checked with, and of which state of the store. */
export interface Lists extends Pick<LayoutContext, "references" | "themes"> {
  version: string;
}

/** Reads the lists; what changes while they are read makes their version an old one. */
export async function loadLists(db: Db, reader: Reader): Promise<Lists> {
  const version = await listsVersion(reader);
  return { version, references: await loadReferences(db, reader), themes: await loadThemes(db, reader) };
}

/**
 * Lets a thread begin to read payments; it waits with a few batches until they are asked for. What a mapping reads is
 * known to this thread only.
 *
 * @returns whether the thread can read the file
 */
export function beginReading(
  thread: ReadingThread,
  { source, table, options }: Pick<Reading, "source" | "table"> & { options: Pick<ImportOptions, "kinds" | "year"> },
  lists: Pick<Lists, "references" | "themes">,
): boolean {
  const { layout } = table;
  if (layout.kind !== "realization" || !LAYOUTS.some((known) => known === layout)) return false;
  const hints = { layout: layout.id, kinds: options.kinds, year: options.year };
  thread.begin({ source, hints, references: lists.references.data(), themes: lists.themes, ahead: AHEAD });
  return true;
}

/**
 * Gives what `gatherPayments` would, from a thread that has begun. What it finds out about the file is noted in `source`
 * and `table`.
 *
 * @throws UnreadableFile and AppError as `gatherPayments`
 */
export async function* paymentsOfThread(
  thread: ReadingThread,
  source: Source,
  table: Table,
): AsyncGenerator<CheckedPayments, PaymentsEnd> {
  for (;;) {
    const message = await thread.next();
    if (message.kind === "columns") throw new Error("columns came before the end of the file");
    if (message.kind === "unreadable") {
      throw new UnreadableFile(message.rule, message.row, message.value, message.params);
    }
    source.found.encoding = message.encoding;
    if (message.kind === "end") {
      table.formats.adopt(message.formats);
      return { gathered: message.gathered, columns: () => columnsOfThread(thread) };
    }
    source.progress.bytesRead = message.bytesRead;
    thread.askForMore();
    yield message.batch;
  }
}

async function columnsOfThread(thread: ReadingThread): Promise<readonly FreshColumns[]> {
  const message = await thread.next();
  if (message.kind !== "columns") throw new Error(`the reading thread says ${message.kind} after the end of the file`);
  return message.columns;
}
