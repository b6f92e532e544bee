import type { Translate } from "../i18n/index.ts";
import { explain } from "../rules.ts";
import { type CodeError, codeProblem, type ParsedCode } from "./code.ts";
import { type Description, describeCode } from "./describe.ts";
import type { CodeNames } from "./names.ts";

/** An error or warning as users and other programs read it. */
export interface ExplainedError extends Pick<CodeError, "segment" | "position" | "code"> {
  message: string;
  cure: string;
}

/** The decoded code exactly as the contract prints it (`tandai code --json`). */
export interface CodeDocument
  extends Pick<ParsedCode, "input" | "valid" | "structure" | "kind" | "canonical" | "digits"> {
  segments: Description["segments"];
  errors: ExplainedError[];
  warnings: ExplainedError[];
}

/** Describes a parsed code and explains its errors and warnings in the reader's language. */
export function codeDocument(parsed: ParsedCode, names: CodeNames, t: Translate): CodeDocument {
  const { input, valid, structure, kind, canonical, digits } = parsed;
  const { segments, warnings } = describeCode(parsed, names);
  const explained = (error: CodeError): ExplainedError => {
    const { segment, position, code } = error;
    return { segment, position, code, ...explain(codeProblem(error, input), t) };
  };
  return {
    input,
    valid,
    structure,
    kind,
    canonical,
    digits,
    segments,
    errors: parsed.errors.map(explained),
    warnings: [...parsed.warnings, ...warnings].map(explained),
  };
}
