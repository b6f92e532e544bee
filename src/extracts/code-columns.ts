import { type LedgerCode, nodeOf, sliceLedgerCode, UNKNOWN_SIGN } from "../coa/index.ts";

/** What the store keeps of a code beside the code itself; null where the extract does not print the segment. */
export interface CodeColumns {
  /** `???` when unknown: it is part of every key. */
  ministry: string;
  satker: string;
  program: string | null;
  account: string | null;
  /** Of a fund of which only the source is known, the rest is `?`. */
  fund: string | null;
  authority: string | null;
  location: string | null;
  /** `2080.QEA` or `2080.QEA.003.051`, as deep as the code is known. */
  node: string | null;
}

/** The ministry of what no file and no list gives away. */
export const UNKNOWN_MINISTRY = UNKNOWN_SIGN.repeat(3);

/** The columns that follow from a canonical code of 73 or 91 characters. */
export function codeColumns(canonical: string): CodeColumns {
  const code = sliceLedgerCode(canonical);
  const ministry = code.program.slice(0, 3);
  if (!canonical.includes(UNKNOWN_SIGN)) {
    const { satker, program, account, fund, authority, location } = code;
    return { ministry, satker, program, account, fund, authority, location, node: nodeOf(canonical) };
  }
  return {
    ministry: known(ministry) ?? UNKNOWN_MINISTRY,
    satker: code.satker,
    program: known(code.program),
    account: known(code.account),
    fund: code.fund.startsWith(UNKNOWN_SIGN) ? null : code.fund,
    authority: known(code.authority),
    location: known(code.location),
    node: knownNode(code),
  };
}

/** The node down to the last level that is known. */
function knownNode({ output, ro, component }: LedgerCode): string | null {
  const levels = [output.slice(0, 4), output.slice(4), ro, component];
  const end = levels.findIndex((level) => level === null || known(level) === null);
  const node = (end === -1 ? levels : levels.slice(0, end)).join(".");
  return node === "" ? null : node;
}

function known(part: string): string | null {
  return part.includes(UNKNOWN_SIGN) ? null : part;
}
