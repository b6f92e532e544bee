/** Last millisecond of a day. */
const END_OF_DAY = "T23:59:59.999Z";

/**
 * Reads a date (`2026-03-31`: its end in UTC) or an instant with a time zone (`2026-03-31T17:00:00+07:00`).
 *
 * @returns ISO text in UTC with milliseconds; null when it is neither
 */
export function momentOf(text: string): string | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  if (!day && !instant) return null;
  const moment = new Date(day ? `${text}${END_OF_DAY}` : text);
  if (Number.isNaN(moment.getTime())) return null;
  // JavaScript takes 30 February for 1 March.
  const [, , dayOfMonth = ""] = text.slice(0, 10).split("-");
  const first = new Date(`${text.slice(0, 7)}-01T00:00:00Z`);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return Number(dayOfMonth) >= 1 && Number(dayOfMonth) <= last ? moment.toISOString() : null;
}
