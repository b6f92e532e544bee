import { parentPort } from "node:worker_threads";
import { CodeBook, openTable, UnreadableFile } from "../extracts/index.ts";
import { References } from "../references/index.ts";
import { problemOf } from "../thread-problem.ts";
import { gatherPayments, PaymentGatherer } from "./gather-payments.ts";
import { type FromReader, memoryOfMessage, type ReadingTask } from "./reading-messages.ts";

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
    if (!(error instanceof UnreadableFile)) {
      say({ kind: "failed", problem: problemOf(error) });
      return;
    }
    const { rule, row, value, params } = error;
    say({ kind: "unreadable", rule, row, value, params });
  });
});

function say(message: FromReader): void {
  port.postMessage(message, memoryOfMessage(message));
}

async function read({ source, hints, references, themes }: ReadingTask): Promise<void> {
  const table = await openTable(source, hints);
  try {
    const { layout } = table;
    if (layout.kind !== "realization") throw new Error(`${layout.id} holds no payments`);
    const lists = new References(references);
    const context = { references: lists, themes, codes: new CodeBook(lists), facts: table.facts };
    const gatherer = new PaymentGatherer(context.codes);
    const batches = gatherPayments(layout, source, table, context, gatherer);
    for (;;) {
      const { done, value } = await batches.next();
      if (done) {
        const formats = table.formats.reports();
        say({ kind: "end", encoding: source.found.encoding, formats, gathered: value.gathered });
        // The other thread stores what it was told of meanwhile.
        say({ kind: "columns", columns: gatherer.columns() });
        port.close();
        return;
      }
      while (allowed === 0) {
        await new Promise<void>((resolve) => {
          proceed = resolve;
        });
      }
      allowed--;
      say({ kind: "batch", batch: value, bytesRead: source.progress.bytesRead, encoding: source.found.encoding });
    }
  } finally {
    await table.close();
  }
}
