/**
 * A text with memory of its own. A cell is a slice that keeps the whole chunk of the file alive; what is remembered
 * beyond its row must not.
 */
export function ownText(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
