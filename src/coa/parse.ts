import { firstSmall } from "./characters.ts";
import { type CodeError, type CodeWarning, formatCode, type ParsedCode, partsOf, type Reading } from "./code.ts";
import { readLedger, readUndotted } from "./ledger.ts";
import { cut, type Part } from "./parts.ts";
import { LONGEST_KEY, readFaultyShort, readKey, readShort } from "./short.ts";
import { LEDGER_KINDS } from "./structures.ts";

/** The longest text worth reading: 16 segments with spaces around every dot leave ample room below it. */
export const MAX_CODE_LENGTH = 400;

export interface ParseOptions {
  /** Fiscal year the code belongs to; decides the structure. Without it the code itself does. */
  fiscalYear?: number;
  /** Only a node of the budget tree is expected, so that `1795019` is an output and not ambiguous. */
  nodeOnly?: boolean;
}

/**
 * Reads a code of 12 or 16 segments, with or without separators, or a short notation. Never throws.
 *
 * Trims, takes letters a–z as capitals (warning COA-101), and accepts `.`, `-`, `,` or spaces between segments and a
 * leading `#` before a short notation.
 *
 * @returns the code with its segments, or with errors: COA-001 empty, COA-002 segment missing, COA-003 width,
 * COA-004 character, COA-005 length without dots, COA-006 form not recognised or ambiguous, COA-007 structure of
 * another year, COA-008 surplus part, COA-010 far too long
 */
export function parseCode(text: string, options: ParseOptions = {}): ParsedCode {
  const fiscalYear = options.fiscalYear ?? null;
  const trimmed = text.trim();
  const start = text.length - text.trimStart().length;

  if (trimmed === "") return finish(text, { segment: null, position: 0, code: "COA-001", params: {} }, fiscalYear);
  if (trimmed.length > MAX_CODE_LENGTH) {
    const params = { found: trimmed.length, limit: MAX_CODE_LENGTH };
    return finish(text, { segment: null, position: start, code: "COA-010", params }, fiscalYear);
  }
  return finish(text, read(trimmed, start, fiscalYear, options.nodeOnly ?? false), fiscalYear);
}

function read(trimmed: string, start: number, fiscalYear: number | null, nodeOnly: boolean): Reading | CodeError {
  const hash = /^#\s*/.exec(trimmed)?.[0].length ?? 0;
  const end = start + trimmed.length;
  const body = cut(trimmed.slice(hash), start + hash);
  const parts = hash > 0 ? cut(trimmed, start) : body;
  const unknown: CodeError = { segment: null, position: start, code: "COA-006", params: {} };

  const [key] = body;
  const short = body.length === 1 && key ? readKey(key, fiscalYear, nodeOnly) : readShort(body, fiscalYear);
  if (short) return short;
  const [single] = parts;
  if (single && parts.length === 1) {
    if (single.text.length <= LONGEST_KEY) return unknown;
    return readUndotted(single, fiscalYear) ?? wrongLength(single);
  }
  const looksLikeLedger = parts.some((part) => part.text.length >= 7);
  const ledger = looksLikeLedger ? readLedger(parts, end, fiscalYear) : null;
  return ledger ?? readFaultyShort(body, fiscalYear) ?? unknown;
}

/** COA-005 points at the end of a text that is too short, else at the first character too many. */
function wrongLength({ text, start }: Part): CodeError {
  const foreign = text.search(/[^A-Z0-9]/);
  if (foreign >= 0) return { segment: null, position: start + foreign, code: "COA-006", params: {} };
  const { "ledger-12": twelve, "ledger-16": sixteen } = LEDGER_KINDS;
  const found = text.length;
  const limit = found > sixteen.characters ? sixteen.characters : twelve.characters;
  return { segment: null, position: start + Math.min(found, limit), code: "COA-005", params: { found } };
}

function finish(input: string, outcome: Reading | CodeError, fiscalYear: number | null): ParsedCode {
  const reading = "errors" in outcome ? outcome : null;
  const errors = reading?.errors ?? ("errors" in outcome ? [] : [outcome]);
  const parsed: ParsedCode = {
    input,
    valid: errors.length === 0,
    structure: reading?.structure ?? null,
    kind: reading?.kind ?? null,
    canonical: null,
    digits: null,
    segments: reading?.segments ?? {},
    positions: reading?.positions ?? {},
    fiscalYear,
    errors,
    warnings: reading ? lowerCase(input) : [],
  };
  parsed.canonical = formatCode(parsed);
  parsed.digits = parsed.valid ? partsOf(parsed).join("") : null;
  return parsed;
}

function lowerCase(input: string): CodeWarning[] {
  const position = firstSmall(input);
  return position < 0 ? [] : [{ segment: null, position, code: "COA-101", params: {} }];
}
