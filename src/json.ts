/**
 * Values as JSON text with bigint as a bare integer of any size, which `JSON.stringify` refuses. Otherwise the rules of
 * `JSON.stringify`: `toJSON` is honoured, undefined and functions are left out of objects and are null in arrays.
 *
 * @param space spaces per level, 0 for one line
 * @throws TypeError for a number that is not finite (JSON would turn it into null) and for a value inside itself
 */
export function toJson(value: unknown, space = 0): string {
  return write(value, "", " ".repeat(space), []) ?? "null";
}

/** The text of a value, or undefined when JSON has none for it. */
function write(value: unknown, key: string, step: string, parents: readonly object[]): string | undefined {
  const plain = hasToJson(value) ? value.toJSON(key) : value;
  switch (typeof plain) {
    case "bigint":
      return plain.toString();
    case "number":
      if (!Number.isFinite(plain)) throw new TypeError(`JSON has no number ${plain} (at ${key || "the top"})`);
      return JSON.stringify(plain);
    case "object":
      return plain === null ? "null" : writeObject(plain, key, step, parents);
    default:
      return JSON.stringify(plain);
  }
}

function writeObject(value: object, key: string, step: string, parents: readonly object[]): string {
  if (parents.includes(value)) throw new TypeError(`a value inside itself has no JSON (at ${key || "the top"})`);
  const inside = [...parents, value];
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown, index) => write(item, String(index), step, inside) ?? "null");
    return enclose("[", items, "]", step, parents.length);
  }
  const colon = step === "" ? ":" : ": ";
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    const text = write(member, name, step, inside);
    if (text !== undefined) members.push(`${JSON.stringify(name)}${colon}${text}`);
  }
  return enclose("{", members, "}", step, parents.length);
}

function enclose(open: string, parts: readonly string[], close: string, step: string, depth: number): string {
  if (parts.length === 0 || step === "") return `${open}${parts.join(",")}${close}`;
  const indent = `\n${step.repeat(depth + 1)}`;
  return `${open}${indent}${parts.join(`,${indent}`)}\n${step.repeat(depth)}${close}`;
}

function hasToJson(value: unknown): value is { toJSON(key: string): unknown } {
  return typeof value === "object" && value !== null && "toJSON" in value && typeof value.toJSON === "function";
}
