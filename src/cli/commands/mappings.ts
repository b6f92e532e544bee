import { readFile, stat, writeFile } from "node:fs/promises";
import { MAPPING_KINDS, type MappingKind, type NamedMapping } from "../../extracts/index.ts";
import { toJson } from "../../json.ts";
import { findMapping, listMappings, previewMapping, proposeForFile, saveMapping } from "../../mappings/index.ts";
import type { Db } from "../../store/index.ts";
import { type Command, type CommandContext, type ExitCode, usageError } from "../context.ts";
import { printMapping, printMappings, printPreview, printProposal } from "../mapping-output.ts";

export const command: Command = {
  usage:
    "mappings [list] · mappings show NAMA[@VERSI] · mappings propose BERKAS [--kind K] [--sheet LEMBAR] [--out F.json] · " +
    "mappings save NAMA --file F.json · mappings preview BERKAS --mapping NAMA[@VERSI] | --file F.json",
  options: {
    kind: { type: "string" },
    sheet: { type: "string" },
    out: { type: "string" },
    file: { type: "string" },
    mapping: { type: "string" },
  },
  run: async (context) => {
    const [action = "list", subject, ...rest] = context.positionals;
    const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    const needsSubject = action !== "list";
    if (!run || rest.length > 0 || needsSubject !== (subject !== undefined)) {
      throw usageError(context.t("cli.needsMappingsAction"), `tandai ${command.usage}`);
    }
    return run(context, subject ?? "");
  },
};

const ACTIONS: Record<string, (context: CommandContext, subject: string) => Promise<ExitCode>> = {
  list,
  show,
  propose,
  save,
  preview,
};

async function list(context: CommandContext): Promise<0> {
  const { mappingDocument } = await import("../../mappings/documents.ts");
  const mappings = (await context.withStore(listMappings)).map(mappingDocument);
  if (context.json) context.terminal.print(toJson(mappings));
  else printMappings(context, mappings);
  return 0;
}

async function show(context: CommandContext, reference: string): Promise<0> {
  const { mappingDocument } = await import("../../mappings/documents.ts");
  const mapping = mappingDocument(await context.withStore((db) => findMapping(db, reference)));
  if (context.json) context.terminal.print(toJson(mapping));
  else printMapping(context, mapping);
  return 0;
}

async function propose(context: CommandContext, file: string): Promise<ExitCode> {
  const { proposalDocument } = await import("../../mappings/documents.ts");
  await assertFile(context, file);
  const hints = { kind: kindOf(context), sheet: context.text("sheet") ?? null };
  const proposal = proposalDocument(await proposeForFile(file, hints, context.t), context.t);
  const out = context.text("out");
  if (out !== undefined) {
    await writeFile(out, `${JSON.stringify(proposal.definition, null, 2)}\n`);
    context.terminal.note(context.t("cli.mappingWritten", { file: out }));
  }
  if (context.json) context.terminal.print(toJson(proposal));
  else printProposal(context, proposal, file);
  return proposal.questions.length > 0 ? 1 : 0;
}

async function save(context: CommandContext, name: string): Promise<0> {
  const { mappingDocument } = await import("../../mappings/documents.ts");
  const { assertName } = await import("../../mappings/definition-schema.ts");
  assertName(name, context.t);
  const definition = await definitionFile(context);
  const saved = await context.withStore((db) => saveMapping(db, name, definition, new Date().toISOString()));
  const document = mappingDocument(saved);
  if (context.json) context.terminal.print(toJson(document));
  else context.terminal.print(context.t("cli.mappingSaved", { layout: document.layout }));
  return 0;
}

async function preview(context: CommandContext, file: string): Promise<ExitCode> {
  const { previewDocument } = await import("../../mappings/documents.ts");
  await assertFile(context, file);
  const document = await context.withStore(async (db) => {
    return previewDocument(await previewMapping(db, file, await chosen(context, db), context.t), context.t);
  });
  if (context.json) context.terminal.print(toJson(document));
  else printPreview(context, document);
  return document.totals.rows.rejected > 0 ? 1 : 0;
}

/** The mapping that is to be tried: a saved one, or a definition in a file. */
async function chosen(context: CommandContext, db: Db): Promise<NamedMapping> {
  const reference = context.text("mapping");
  if ((reference === undefined) === (context.text("file") === undefined)) {
    throw usageError(context.t("cli.needsMapping"), `tandai ${command.usage}`);
  }
  if (reference !== undefined) return findMapping(db, reference);
  return { name: "?", version: null, definition: await definitionFile(context) };
}

async function definitionFile(context: CommandContext) {
  const { definitionOf } = await import("../../mappings/definition-schema.ts");
  const file = context.text("file");
  if (file === undefined) throw usageError(context.t("cli.needsDefinition"), `tandai ${command.usage}`);
  await assertFile(context, file);
  return definitionOf(parsed(context, file, await readFile(file, "utf8")), context.t);
}

function parsed(context: CommandContext, file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(context.t("cli.notJson", { file }), error instanceof Error ? error.message : null);
  }
}

async function assertFile({ t }: CommandContext, file: string): Promise<void> {
  await stat(file).catch(() => {
    throw usageError(t("cli.noFile", { file }), t("cli.noFileHint"));
  });
}

function kindOf(context: CommandContext): MappingKind | null {
  const text = context.text("kind");
  if (text === undefined) return null;
  const kind = MAPPING_KINDS.find((one) => one === text);
  if (!kind) throw usageError(`--kind ${text}`, MAPPING_KINDS.join(" | "));
  return kind;
}
