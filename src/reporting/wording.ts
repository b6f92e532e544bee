import { formatMonth, formatNumber, formatRupiah, type Translate } from "../i18n/index.ts";
import { mulDivRound } from "../money.ts";
import type { Window } from "../periods.ts";
import type { Named } from "./types.ts";

const UNITS = [
  ["report.unit.trillion", 1_000_000_000_000n],
  ["report.unit.billion", 1_000_000_000n],
  ["report.unit.million", 1_000_000n],
] as const;

/** Rupiah as it is said: `Rp 29,07 triliun`. Rounded half away from zero to two decimals; below a million exact. */
export function sayRupiah(amount: bigint, t: Translate): string {
  const size = amount < 0n ? -amount : amount;
  for (const [unit, worth] of UNITS) {
    if (size < worth) continue;
    const hundredths = mulDivRound(size, 100n, worth);
    return t("report.rupiah-words", {
      sign: amount < 0n ? "-" : "",
      number: decimal(hundredths, 2, t),
      unit: t(unit),
    });
  }
  return formatRupiah(amount, t.language);
}

/** part ÷ whole in percent with one decimal, `85,9%`; null when there is nothing to divide by. */
export function sayPercent(part: bigint, whole: bigint, t: Translate): string | null {
  if (whole === 0n) return null;
  const sign = whole < 0n ? -1n : 1n;
  return `${decimal(mulDivRound(part * sign, 1000n, whole * sign), 1, t)}%`;
}

function decimal(scaled: bigint, places: number, t: Translate): string {
  const base = 10n ** BigInt(places);
  const size = scaled < 0n ? -scaled : scaled;
  const point = t.language === "id" ? "," : ".";
  const fraction = String(size % base).padStart(places, "0");
  return `${scaled < 0n ? "-" : ""}${formatNumber(size / base, t.language)}${point}${fraction}`;
}

/** `April 2019 s.d. Maret 2020`. */
export function sayWindow({ from, to }: Window, t: Translate): string {
  const start = formatMonth(from, t.language);
  return from === to ? start : t("report.period", { from: start, to: formatMonth(to, t.language) });
}

/** The name of a code, or the words for a name that no list knows. */
export function nameOf({ name }: Named, t: Translate): string {
  return name ?? t("report.unknown-name");
}

/** Several things in one sentence: `A, B, dan C`. */
export function sayList(items: readonly string[], t: Translate): string {
  if (items.length < 2) return items.join("");
  const head = items.slice(0, -1).join(", ");
  const joiner = items.length === 2 ? "report.join.pair" : "report.join.last";
  return t(joiner, { head, last: items.at(-1) ?? "" });
}
