import type { CodeNames } from "../coa/index.ts";
import type { References } from "./references.ts";

/**
 * The code lists as the decoder of codes asks for them: strictly of the year, null for what is not on the list then.
 * For years a list does not speak for, a name of a later year is better than none.
 */
export function codeNames(references: References): CodeNames {
  return {
    name: (list, code, year) =>
      references.isValid(list, code, year) || !references.covers(list, year) ? references.name(list, code, year) : null,
    has: (list, year) => references.covers(list, year),
    activityOwner: (activity, year) => {
      const owner = references.activityOwner(activity, year);
      return owner === null ? null : { ministry: owner.slice(0, 3), unit: owner.slice(3, 5), program: owner.slice(5) };
    },
    fundSource: (planningCode) => references.parent("fund_planning_codes", planningCode),
  };
}
