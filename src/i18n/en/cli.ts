import type { cli as source } from "../id/cli.ts";

export const cli: Record<keyof typeof source, string> = {
  "reconcile.noMonths": "The window holds no month at all.",
  "reconcile.needsTheme": "Dimension {dimension} exists only within a theme.",
  "reconcile.needsThemeHint": "Add --theme stunting.",
  "reconcile.unknownTheme": 'Theme "{theme}" is not known.',
  "reconcile.unknownThemeHint": "Themes there are: {themes}.",
  "rejects.row": "row",
  "rejects.rule": "rule",
  "rejects.reason": "reason",
  "rejects.cure": "cure",
};
