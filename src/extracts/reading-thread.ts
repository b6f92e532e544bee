import { parentPort } from "node:worker_threads";
import { References } from "../references/index.ts";
import { CodeBook } from "./code-book.ts";
import { readPayments } from "./read-payments.ts";
import { UnreadableFile } from "./readers/csv-parser.ts";
import { openTable } from "./table.ts";
import { buffersOf, type FromReader, type ReadingTask } from "./thread-of-payments.ts";

/**
 * The entry of a thread that reads and checks payment lines while another posts them. It gives batches as long as it is
 * asked for more, so that a slow store does not let them pile up.
 */
if (!parentPort) throw new Error("reading-thread.ts runs in a thread");
const port = parentPort;

let allowed = 0;
let proceed: (() => void) | null = null;

/** The first message is the task; every other asks for one more batch. */
port.once("message", (task: ReadingTask) => {
  allowed = task.ahead;
  port.on("message", () => {
    allowed++;
    proceed?.();
  });
  void read(task).catch((error: unknown) => {
    if (!(error instanceof UnreadableFile)) throw error;
    const { rule, row, value, params } = error;
    say({ kind: "unreadable", rule, row, value, params });
  });
});

function say(message: FromReader): void {
  port.postMessage(message, message.kind === "batch" ? buffersOf(message.batch.payments) : []);
}

async function read({ source, hints, references, themes }: ReadingTask): Promise<void> {
  const table = await openTable(source, hints);
  try {
    const { layout } = table;
    if (layout.kind !== "realization") throw new Error(`${layout.id} holds no payments`);
    const lists = new References(references);
    const context = { references: lists, themes, codes: new CodeBook(lists), facts: table.facts };
    for await (const batch of readPayments(layout, source, table, context)) {
      while (allowed === 0) {
        await new Promise<void>((resolve) => {
          proceed = resolve;
        });
      }
      allowed--;
      say({ kind: "batch", batch, bytesRead: source.progress.bytesRead, encoding: source.found.encoding });
    }
    say({ kind: "end", encoding: source.found.encoding, verdicts: table.formats.verdicts() });
  } finally {
    await table.close();
  }
}
