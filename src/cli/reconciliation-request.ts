import { momentOf } from "../moment.ts";
import { isMonth } from "../periods.ts";
import { DIMENSIONS, type Dimension, type ReconciliationRequest } from "../reconciliation/index.ts";
import { type CommandContext, usageError } from "./context.ts";

/** Reads the options of `reconcile`. @throws AppError USAGE with the dimensions or forms there are */
export function requestOf(context: CommandContext): ReconciliationRequest {
  const { t, text } = context;
  const by = context
    .texts("by")
    .flatMap((list) => list.split(","))
    .map((name) => dimensionOf(name, context));
  if (by.length === 0) throw usageError(t("cli.needsDimension"), DIMENSIONS.join(", "));
  const [from = "", to = ""] = [text("from"), text("to")];
  if (!isMonth(from) || !isMonth(to) || from > to) throw usageError(t("cli.needsWindow"));
  const basis = text("basis") ?? "whole";
  if (basis !== "whole" && basis !== "weighted") throw usageError(t("cli.unknownBasis", { value: basis }));
  return {
    by: [...new Set(by)],
    window: { from, to },
    theme: text("theme") ?? null,
    basis,
    where: whereOf(context),
    ...asOfOption(context),
  };
}

/** The moment of `--as-of`, if there is one. @throws AppError USAGE when it is neither a date nor an instant */
export function asOfOption({ t, text }: CommandContext): { asOf?: string } {
  const given = text("as-of");
  if (given === undefined) return {};
  const asOf = momentOf(given);
  if (asOf === null) throw usageError(t("cli.badAsOf", { value: given }));
  return { asOf };
}

function dimensionOf(name: string, { t }: CommandContext): Dimension {
  const found = DIMENSIONS.find((dimension) => dimension === name.trim());
  if (!found) throw usageError(t("cli.unknownDimension", { value: name }), DIMENSIONS.join(", "));
  return found;
}

/** `ministry=024,fund=A`; a dimension named twice takes either value, and so does `ministry=024|027`. */
function whereOf(context: CommandContext): ReconciliationRequest["where"] {
  const where: ReconciliationRequest["where"] = {};
  for (const pair of context.texts("where").flatMap((list) => list.split(","))) {
    const [name = "", value = ""] = pair.split("=");
    if (value === "" || name === "") throw usageError(context.t("cli.badWhere", { value: pair }));
    const dimension = dimensionOf(name, context);
    where[dimension] = [...(where[dimension] ?? []), ...value.split("|").map((code) => code.trim())];
  }
  return where;
}
