import { INT64_MAX, INT64_MIN, outOfRange } from "../money.ts";

/** An integer of the store as text. @throws AppError beyond 64 bits */
export function exactInteger(text: string): bigint {
  const value = BigInt(text);
  if (value > INT64_MAX || value < INT64_MIN) throw outOfRange();
  return value;
}
