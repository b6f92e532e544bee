import { AppError } from "../errors.ts";
import { isMonth, monthsOf } from "../periods.ts";

/** What `--scope` adds to the months and satkers a file contains. */
export interface ScopeOption {
  months: string[];
  ministries: string[];
  satkers: string[];
}

export const NO_SCOPE: ScopeOption = { months: [], ministries: [], satkers: [] };

/**
 * Reads `--scope`: parts separated by `;` or `,`, each a month range `2019-01..2019-06`, one month, `ministry=024` or
 * `satker=123456`. A bare code after `ministry=024,` continues that list.
 */
export function parseScope(text: string): ScopeOption {
  const scope: ScopeOption = { months: [], ministries: [], satkers: [] };
  let list: string[] | null = null;
  for (const part of text.split(/[,;]/).map((piece) => piece.trim())) {
    const [from = "", to = from, ...moreMonths] = part.split("..");
    const [key, value, ...moreValues] = part.split("=");
    if (isMonth(from) && isMonth(to) && from <= to && moreMonths.length === 0) {
      scope.months.push(...monthsOf({ from, to }));
    } else if (value !== undefined && moreValues.length === 0 && (key === "ministry" || key === "satker")) {
      list = key === "ministry" ? scope.ministries : scope.satkers;
      pushCode(list, value, text, key === "ministry" ? 3 : 6);
    } else if (list && /^\d+$/.test(part)) {
      pushCode(list, part, text, list === scope.ministries ? 3 : 6);
    } else throw invalid(text);
  }
  return scope;
}

function pushCode(list: string[], code: string, text: string, width: number): void {
  if (!new RegExp(`^\\d{${width}}$`).test(code)) throw invalid(text);
  list.push(code);
}

function invalid(text: string): AppError {
  return new AppError(
    "USAGE",
    400,
    `--scope ${text}: tidak dikenali / not recognised`,
    "Contoh / examples: 2019-01..2019-06 · ministry=024 · 2019-01..2019-06,ministry=024",
  );
}
