import type { KnownSegments } from "../coa/index.ts";
import type { References } from "../references/index.ts";

/**
 * What the lists say about a line whose file states no more than satker and activity: ministry, unit, KPPN, authority and
 * location as pieces of its code, null where no list knows.
 *
 * What titles state goes before all lists. The satker list says the ministry, else the activity does: it belongs to one unit and program of one ministry. The unit is
 * that of the activity where the ministry is the same, else that of the satker. Before the redesign activities only tell
 * the ministry.
 */
export function placeOf(
  references: References,
  satker: string,
  activity: string,
  fiscalYear: number,
  stated: { ministry: string | null; unit: string | null } = { ministry: null, unit: null },
): Pick<KnownSegments, "ministry" | "unit" | "kppn" | "authority" | "location"> {
  const listed = references.satker(satker);
  const owner = references.activityOwner(activity, fiscalYear);
  const ministry = stated.ministry ?? listed?.ministry ?? owner?.slice(0, 3) ?? null;
  const tellsUnit = references.covers("programs", fiscalYear) && owner?.slice(0, 3) === ministry;
  const ofSatker = listed?.ministry === ministry ? listed?.unit : null;
  const unit = stated.unit ?? (tellsUnit ? owner?.slice(3, 5) : null) ?? ofSatker ?? null;
  const { kppn = null, authority = null, location = null } = listed ?? {};
  return { ministry, unit, kppn, authority, location };
}
