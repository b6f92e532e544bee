/** JSON in which every integer is exact: a bigint is written as an object that nothing else looks like. */
export function pack(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? { $bigint: String(part) } : part));
}

/** What `pack` wrote; the caller states what it was. */
export function unpack<T>(text: string): T {
  return JSON.parse(text, (_, part: unknown) => (isPacked(part) ? BigInt(part.$bigint) : part)) as T;
}

function isPacked(part: unknown): part is { $bigint: string } {
  return typeof part === "object" && part !== null && "$bigint" in part && typeof part.$bigint === "string";
}
