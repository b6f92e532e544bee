/** The satkers of the demonstration: groups of the catalogue become spending units with code, place and treasury office. */

import type { SatkerGroup } from "./catalogue.ts";
import { Random } from "./random.ts";
import type { District, ReferenceLists } from "./references.ts";

export interface Satker {
  code: string;
  name: string;
  ministry: string;
  unit: string;
  location: string;
  authority: string;
  kppn: string;
  group: SatkerGroup;
  /** Whether its documents print the four segments below the output (16) or not (12). */
  printsRo: boolean;
  /** Districts of its province in which a provincial satker builds; empty for all others. */
  workplaces: string[];
}

/** How many districts the demonstration touches. */
const DISTRICT_COUNT = 200;

/** Groups that build in the districts of their province; the location segment then names the district. */
const BUILDERS = new Set(["bppw"]);

const HEAD_OFFICE = "1";
const DECONCENTRATION = "3";

function bareName(name: string): string {
  return name.replace(/^(Kabupaten|Kota) /, "").toUpperCase();
}

/** Draws the districts of the demonstration: those the groups name, then province by province in turn. */
function drawDistricts(groups: readonly SatkerGroup[], references: ReferenceLists, seed: number): District[] {
  const named = new Set(groups.flatMap((group) => group.place.split(" ")));
  const chosen = references.districts.filter((district) => named.has(district.location));
  const random = new Random(seed, "districts");
  const byProvince = [...references.provinces.keys()].map((province) =>
    random.shuffle(
      references.districts.filter(
        (district) => district.location.startsWith(province) && !named.has(district.location),
      ),
    ),
  );
  for (let round = 0; chosen.length < DISTRICT_COUNT; round++) {
    for (const districts of byProvince) {
      const district = districts[round];
      if (district && chosen.length < DISTRICT_COUNT) chosen.push(district);
    }
  }
  return chosen;
}

/** The KPPN of the same name as the place, else one of the province. */
function treasuryOffice(location: string, seat: string, references: ReferenceLists, random: Random): string {
  const offices = references.treasuryOffices(location.slice(0, 2));
  const same = offices.find((office) => office.name.replace(/ [IVX]+$/, "") === seat);
  return (same ?? random.pick(offices)).code;
}

/** Draws six-digit codes that are not taken yet. */
class SatkerCodes {
  readonly #taken = new Set<string>();
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed, "satker codes");
  }

  /** Deconcentration satkers carry province and ministry in their code, with a leading zero in the first provinces. */
  deconcentration(province: string, ministry: string): string {
    for (let number = 1; number <= 9; number++) {
      const code = `${province}${ministry}${number}`;
      if (this.#take(code)) return code;
    }
    throw new Error(`too many deconcentration satkers of ministry ${ministry} in province ${province}`);
  }

  other(): string {
    for (;;) {
      const code = String(this.#random.between(400_000, 699_999));
      if (this.#take(code)) return code;
    }
  }

  #take(code: string): boolean {
    if (this.#taken.has(code)) return false;
    this.#taken.add(code);
    return true;
  }
}

/** Builds all satkers, in the order of the catalogue. */
export function buildSatkers(groups: readonly SatkerGroup[], references: ReferenceLists, seed: number): Satker[] {
  const codes = new SatkerCodes(seed);
  const districts = drawDistricts(groups, references, seed);
  const names = new Map(references.districts.map((district) => [district.location, district.name]));
  const explicit = new Set(groups.flatMap((group) => group.place.split(" ")));
  const pool = new Random(seed, "district satkers").shuffle(
    districts.filter((district) => !explicit.has(district.location)),
  );
  let nextDistrict = 0;

  const places = (group: SatkerGroup): string[] => {
    if (group.place === "@province") {
      const all = [...references.provinces.keys()];
      const some = new Random(seed, `provinces of ${group.group}`).shuffle(all).slice(0, group.count);
      return some.sort().map((province) => `${province}00`);
    }
    if (group.place === "@district") {
      return Array.from({ length: group.count }, () => {
        const district = pool[nextDistrict++ % pool.length];
        if (!district) throw new Error("no district left");
        return district.location;
      });
    }
    return group.place.split(" ");
  };

  return groups.flatMap((group) => {
    const locations = places(group);
    if (locations.length !== group.count) throw new Error(`${group.group}: ${locations.length} places`);
    return locations.map((location, index) => {
      const province = location.slice(0, 2);
      const provinceName = references.provinces.get(province) ?? "";
      const district = names.get(location) ?? "";
      const capital = bareName(names.get(`${province}51`) ?? "");
      const seat = location.endsWith("00") ? capital : bareName(district);
      const random = new Random(seed, `satker ${group.group} ${group.name} ${location}`);
      const code =
        group.authority === DECONCENTRATION ? codes.deconcentration(province, group.ministry) : codes.other();
      const before = Math.floor((index * group.twelvePercent) / 100);
      const upTo = Math.floor(((index + 1) * group.twelvePercent) / 100);
      return {
        code,
        name: group.name
          .replace("{PROVINSI}", provinceName)
          .replace("{KABKOTA}", district.toUpperCase())
          .replace("{KAB}", district.toUpperCase().replace(/^KABUPATEN /, "KAB. "))
          .replace("{NAMA}", bareName(district)),
        ministry: group.ministry,
        unit: group.unit,
        location,
        authority: group.authority,
        kppn: treasuryOffice(location, seat, references, random),
        group,
        printsRo: upTo === before,
        workplaces: BUILDERS.has(group.group)
          ? districts.map((place) => place.location).filter((place) => place.startsWith(province))
          : [],
      };
    });
  });
}

/** Head offices split their spending over more accounts than regional offices do. */
export function isHeadOffice(satker: Satker): boolean {
  return satker.authority === HEAD_OFFICE;
}

/** Which percentage of the routine outputs applies: delegated satkers (Dekon, TP) have no office of their own. */
export function officeKind(satker: Satker): "head" | "regional" | "delegated" {
  if (isHeadOffice(satker)) return "head";
  return satker.authority === "2" ? "regional" : "delegated";
}
