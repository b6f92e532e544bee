import type { ParsedCode } from "./code.ts";
import { type Lookup, type Place, place } from "./lookup.ts";
import type { Named } from "./names.ts";
import { ACTIVITY_END, MINISTRY_END, UNIT_END } from "./structures.ts";

/** The part of a code that places it in the budget tree; a code states some or all of it. */
export interface TreeNames {
  ministry?: Named;
  unit?: Named;
  program?: Named;
  activity?: Named;
  output?: Named;
}

type TreePlaces = { [Level in keyof TreeNames]-?: Place | undefined };

/** Ministry, unit, program, activity and output of a code with their names, checked against each other. */
export function describeTree(parsed: ParsedCode, lookup: Lookup): TreeNames {
  const places = placesOf(parsed);
  const { ministry, unit, program, activity, output } = places;
  const tree: TreeNames = {
    ...(ministry && { ministry: { code: ministry.code, name: lookup.name("ministries", ministry.code, ministry) } }),
    ...(unit && { unit: { code: unit.code, name: unitName(unit, ministry, lookup) } }),
    ...(program && { program: { code: program.code, name: programName(program, places, lookup) } }),
    ...(activity && { activity: { code: activity.code, name: activityName(activity, lookup) } }),
    ...(output && { output: { code: output.code, name: outputName(output, lookup) } }),
  };
  checkOwner(places, lookup);
  return tree;
}

function placesOf(parsed: ParsedCode): TreePlaces {
  if (parsed.kind !== "short") {
    return {
      ministry: place(parsed, "program", 0, MINISTRY_END),
      unit: place(parsed, "program", MINISTRY_END, UNIT_END),
      program: place(parsed, "program", UNIT_END),
      activity: place(parsed, "output", 0, ACTIVITY_END),
      output: place(parsed, "output", ACTIVITY_END),
    };
  }
  const [ministry, unit, program] = [place(parsed, "ministry"), place(parsed, "unit"), place(parsed, "program")];
  return { ministry, unit, program, activity: place(parsed, "activity"), output: place(parsed, "output") };
}

/** An unknown ministry is one finding; that its units and programs are unknown too is not another. */
function isKnown(ministry: Place, lookup: Lookup): boolean {
  return lookup.quietName("ministries", ministry.code) !== null;
}

function unitName(unit: Place, ministry: Place | undefined, lookup: Lookup): string | null {
  if (!ministry) return null;
  const key = ministry.code + unit.code;
  return isKnown(ministry, lookup) ? lookup.name("units", key, unit) : lookup.quietName("units", key);
}

/** A program belongs to a unit, or to the whole ministry. Programs before the redesign are on no list. */
function programName(program: Place, { ministry, unit }: TreePlaces, lookup: Lookup): string | null {
  if (lookup.beforeRspp || !ministry || !unit) return null;
  const key = ministry.code + unit.code + program.code;
  const name = lookup.quietName("programs", key) ?? lookup.quietName("programs", ministry.code + program.code);
  if (name === null && isKnown(ministry, lookup)) lookup.absent("programs", key, program);
  return name;
}

/** Activities mostly kept their codes through the redesign, so a later name serves where the year has none. */
function activityName(activity: Place, lookup: Lookup): string | null {
  const name = lookup.name("activities", activity.code, activity);
  return name === null && lookup.beforeRspp ? lookup.newestName("activities", activity.code) : name;
}

/** Outputs before the redesign are on no list. */
function outputName(output: Place, lookup: Lookup): string | null {
  return lookup.beforeRspp ? null : lookup.name("output_classes", output.code, output);
}

/** An activity belongs to one ministry, unit and program (REF-002). Program codes changed with the redesign. */
function checkOwner({ ministry, unit, program, activity }: TreePlaces, lookup: Lookup): void {
  if (!activity || !ministry || !unit || !program) return;
  const stated = (lookup.beforeRspp ? [ministry] : [ministry, unit, program]).map(({ code }) => code);
  const found = stated.join(".");
  const owner = lookup.owner(activity.code, stated.length);
  if (owner !== null && owner !== found) lookup.warn(activity, "REF-002", { activity: activity.code, owner, found });
}
