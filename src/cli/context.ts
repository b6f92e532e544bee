import { type ParseArgsConfig, parseArgs } from "node:util";
import { AppError } from "../errors.ts";
import { DEFAULT_LANGUAGE, isLanguage, LANGUAGES, type Language, type Translate, translator } from "../i18n/index.ts";
import { DEFAULT_STORE } from "../store/default-store.ts";
import type { Db } from "../store/index.ts";
import type { Terminal } from "./terminal.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Options that every command takes. */
const COMMON = {
  db: { type: "string" },
  json: { type: "boolean" },
  lang: { type: "string" },
  debug: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies Options;

/** Answer of a command: 0 done, 1 done but the answer is "no". */
export type ExitCode = 0 | 1;

/** What a command works with. */
export interface CommandContext {
  terminal: Terminal;
  t: Translate;
  language: Language;
  /** Print one JSON document instead of text. */
  json: boolean;
  /** Where the store is: what `--db` or TANDAI_DB says. It may hold a password. */
  location: string;
  positionals: string[];
  text(option: string): string | undefined;
  texts(option: string): string[];
  flag(option: string): boolean;
  integer(option: string, fallback: number): number;
  /** Who acts: what `--as` or TANDAI_AS says; null when nobody is named. */
  actor(): string | null;
  /** Runs with the store open; a new store gets its tables and code lists first. */
  withStore<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

/** A command: how it is called, and what it does. */
export interface Command {
  /** Synopsis after `tandai `. */
  usage: string;
  options: Options;
  run(context: CommandContext): Promise<ExitCode>;
}

export function usageError(message: string, hint: string | null = null): AppError {
  return new AppError("USAGE", 400, message, hint);
}

/** Reads the arguments of a command. @throws AppError USAGE for an unknown option or a bad value */
export function contextOf(command: Command, args: string[], terminal: Terminal): CommandContext & { help: boolean } {
  const { values, positionals } = parse(command, args);
  const language = languageOf(values.lang ?? process.env.TANDAI_LANG);
  const t = translator(language);
  const location = stringOf(values.db) ?? (process.env.TANDAI_DB || DEFAULT_STORE);
  return {
    terminal,
    t,
    language,
    json: values.json === true,
    location,
    help: values.help === true,
    positionals,
    text: (option) => stringOf(values[option]),
    texts: (option) => listOf(values[option]),
    flag: (option) => values[option] === true,
    actor: () => stringOf(values.as)?.trim() || process.env.TANDAI_AS?.trim() || null,
    integer: (option, fallback) => integerOf(option, stringOf(values[option]), fallback, t),
    withStore: async (work) => {
      // Loaded when it is needed: most of the time until a short answer would be spent on it.
      const [{ openStore }, { ensureReferences }] = await Promise.all([
        import("../store/index.ts"),
        import("../references/index.ts"),
      ]);
      const db = await openStore(location);
      try {
        if (await ensureReferences(db)) terminal.note(terminal.dim(t("cli.storeCreated", { store: db.describe() })));
        return await work(db);
      } finally {
        await db.close();
      }
    },
  };
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parse(command: Command, args: string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options: { ...COMMON, ...command.options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error), `tandai ${command.usage}`);
  }
}

function stringOf(value: Values[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function listOf(value: Values[string]): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string");
}

function integerOf(option: string, text: string | undefined, fallback: number, t: Translate): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw usageError(t("cli.notInteger", { option, value: text }));
  return Number(text);
}

function languageOf(value: Values[string]): Language {
  if (value === undefined || value === "") return DEFAULT_LANGUAGE;
  if (typeof value === "string" && isLanguage(value)) return value;
  throw usageError(`--lang ${value}: ${LANGUAGES.join(", ")}`);
}
