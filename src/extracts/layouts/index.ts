import type { ExtractKind, Layout } from "../types.ts";
import { achievements } from "./achievements.ts";
import { budget } from "./budget.ts";
import { capaianRo } from "./capaian-ro.ts";
import { krisnaRenja } from "./krisna-renja.ts";
import { monsaktiDataAng } from "./monsakti-data-ang.ts";
import { monsaktiRealisasi } from "./monsakti-realisasi.ts";
import { omspanRealisasiFa } from "./omspan-realisasi-fa.ts";
import { outputs } from "./outputs.ts";
import { realization } from "./realization.ts";
import { saktiFaDetail } from "./sakti-fa-detail.ts";
import { satkers } from "./satkers.ts";
import { tags } from "./tags.ts";

/** A layout of any kind. */
export type KnownLayout = { [Kind in ExtractKind]: Layout<Kind> }[ExtractKind];

/** Every layout the service can read. */
export const LAYOUTS: readonly KnownLayout[] = [
  realization,
  budget,
  satkers,
  outputs,
  achievements,
  tags,
  saktiFaDetail,
  omspanRealisasiFa,
  monsaktiRealisasi,
  monsaktiDataAng,
  capaianRo,
  krisnaRenja,
];
