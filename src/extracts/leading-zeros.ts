/**
 * A code of digits with the leading zeros that a number cell has taken from it: `25455` is satker `025455`. Anything but
 * fewer digits stays as it is.
 */
export function restoreZeros(text: string, width: number): string {
  return /^\d+$/.test(text) ? text.padStart(width, "0") : text;
}
