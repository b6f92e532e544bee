/** The reference lists of the repository, as far as the demonstration needs them. */

import { join } from "node:path";
import { readCsv } from "./csv.ts";

export interface Activity {
  ministry: string;
  unit: string;
  program: string;
  name: string;
}

export interface Intervention {
  class: string;
  name: string;
}

/** A district whose code did not change in any province split, so that it is right in every fiscal year. */
export interface District {
  location: string;
  name: string;
}

/** KPPN that serve loans, revenue or tests rather than the satkers of a place. */
const SPECIAL_OFFICES = new Set(["140", "183", "184", "666", "901", "999"]);

/** The last province code that existed through all years of the demonstration; 36 to 39 came later. */
const LAST_PROVINCE = "35";

export class ReferenceLists {
  readonly accounts: ReadonlySet<string>;
  readonly outputClasses: ReadonlyMap<string, string>;
  readonly ministries: ReadonlyMap<string, string>;
  readonly districts: readonly District[];
  /** Provinces by two-digit code, with the name as the location list prints it. */
  readonly provinces: ReadonlyMap<string, string>;
  readonly #activities: ReadonlyMap<string, Activity>;
  readonly #interventions: ReadonlyMap<string, Intervention>;
  readonly #offices: ReadonlyMap<string, { code: string; name: string }[]>;

  constructor(folder: string) {
    const read = (file: string) => readCsv(join(folder, file));
    this.accounts = new Set(read("accounts.csv").map((row) => row.get("code")));
    this.outputClasses = new Map(read("output_classes.csv").map((row) => [row.get("code"), row.get("name")]));
    this.ministries = new Map(read("ministries.csv").map((row) => [row.get("code"), row.get("name")]));
    this.districts = read("districts.csv")
      .filter((row) => row.get("other_span_codes") === "" && row.get("span_code") < `${LAST_PROVINCE}99`)
      .map((row) => ({ location: row.get("span_code"), name: row.get("name") }));
    this.provinces = new Map(
      read("locations.csv")
        .filter((row) => row.get("district") === "00" && row.get("province") <= LAST_PROVINCE)
        .map((row) => [row.get("province"), row.get("name").replace(/^PROP\. /, "")]),
    );
    this.#activities = new Map(
      read("activities.csv").map((row) => [
        row.get("code"),
        { ministry: row.get("ministry"), unit: row.get("unit"), program: row.get("program"), name: row.get("name") },
      ]),
    );
    this.#interventions = new Map(
      read("interventions.csv").map((row) => [row.get("code"), { class: row.get("class"), name: row.get("name_id") }]),
    );
    const offices = new Map<string, { code: string; name: string }[]>();
    for (const row of read("treasury_offices.csv")) {
      if (SPECIAL_OFFICES.has(row.get("code"))) continue;
      const list = offices.get(row.get("province")) ?? [];
      list.push({ code: row.get("code"), name: row.get("name") });
      offices.set(row.get("province"), list);
    }
    this.#offices = offices;
  }

  activity(code: string): Activity {
    const activity = this.#activities.get(code);
    if (!activity) throw new Error(`activity ${code} is not in the activity list`);
    return activity;
  }

  intervention(code: string): Intervention {
    const intervention = this.#interventions.get(code);
    if (!intervention) throw new Error(`intervention ${code} is not in the intervention list`);
    return intervention;
  }

  /** The KPPN of a province, in the order of the list. Throws for a province that has none. */
  treasuryOffices(province: string): { code: string; name: string }[] {
    const offices = this.#offices.get(province);
    if (!offices) throw new Error(`province ${province} has no treasury office`);
    return offices;
  }
}
