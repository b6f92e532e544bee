import { startReadingThread } from "../../ledger/start-reading.ts";
import type { Command } from "../context.ts";

const usage =
  "import <berkas>… [--layout L] [--mapping NAMA[@VERSI]] [--year Y] [--scope S] [--dry-run] [--force] [--max-rejects N] [--agreed NOMOR] [--as NAMA] [--changes BERKAS]";

export const command: Command = {
  usage,
  options: {
    layout: { type: "string" },
    mapping: { type: "string" },
    year: { type: "string" },
    scope: { type: "string" },
    "dry-run": { type: "boolean" },
    force: { type: "boolean" },
    "max-rejects": { type: "string" },
    agreed: { type: "string" },
    as: { type: "string" },
    changes: { type: "string" },
  },
  run: async (context) => {
    // The thread that reads gets ready while everything else is loaded.
    const [first] = context.positionals;
    const thread = first === undefined ? null : await startReadingThread(first);
    try {
      const { runImport } = await import("../run-import.ts");
      return await runImport(context, { kinds: null, usage, thread });
    } finally {
      await thread?.close();
    }
  },
};
