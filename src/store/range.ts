import { AppError } from "../errors.ts";
import { INT64_MAX, INT64_MIN } from "../money.ts";

/** Rupiah that leave 64 bits, in a file or in a sum: never wrapped, never rounded. */
export function outOfRange(): AppError {
  return new AppError(
    "AMT-RANGE",
    400,
    "Jumlah rupiah melampaui 64 bit / a sum of rupiah exceeds 64 bits",
    "Periksa jumlah yang terlalu besar / check for amounts that are far too large",
  );
}

/** An integer of the store as text. @throws AppError beyond 64 bits */
export function exactInteger(text: string): bigint {
  const value = BigInt(text);
  if (value > INT64_MAX || value < INT64_MIN) throw outOfRange();
  return value;
}
