/** Bytes that no text has, with the good text before them (UTF-8), so that the reader can say in which row they stand. */
export class NotText extends Error {
  readonly rule: "FILE-002" | "FILE-007";
  readonly kind: string;
  readonly before: Buffer;

  constructor(rule: "FILE-002" | "FILE-007", kind: string, before: Buffer = Buffer.alloc(0)) {
    super(rule);
    this.rule = rule;
    this.kind = kind;
    this.before = before;
  }
}

/** Turns the bytes of one encoding into UTF-8, piece by piece; characters may be cut between pieces. */
export interface TextBytes {
  readonly encoding: Encoding;
  /** @throws NotText */
  push(chunk: Buffer): Buffer;
  /** @throws NotText when the last character is cut off, or the text as a whole cannot be of this encoding */
  finish(): Buffer;
}

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
