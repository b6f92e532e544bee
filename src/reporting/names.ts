import { type Language, translator } from "../i18n/index.ts";
import type { ReferenceList, References, Theme } from "../references/index.ts";
import type { CodeListKey, Named } from "./types.ts";

/**
 * Printed in place of a code that the extracts do not state. Not a question mark, which spreadsheets take for any character
 * when they look a code up.
 */
export const NO_CODE = "—";

/** Lists whose codes stand in the reference list as they are. */
type PlainList = Exclude<CodeListKey, "outputs" | "provinces">;

const LISTS: Record<PlainList, ReferenceList> = {
  ministries: "ministries",
  activities: "activities",
  satkers: "satkers",
  locations: "locations",
  "account-groups": "account_groups",
  accounts: "accounts",
  funds: "fund_sources",
};

/** Names of every code of a report, as of the last fiscal year of its window; remembers what was asked for. */
export class Names {
  readonly #references: References;
  readonly #nodes: ReadonlyMap<string, string>;
  readonly #theme: Theme;
  readonly #year: number;
  readonly #language: Language;
  readonly #asked = new Map<CodeListKey, Map<string, Named>>();

  constructor(
    references: References,
    nodes: ReadonlyMap<string, string>,
    theme: Theme,
    year: number,
    language: Language,
  ) {
    this.#references = references;
    this.#nodes = nodes;
    this.#theme = theme;
    this.#year = year;
    this.#language = language;
  }

  of(list: PlainList, code: string): Named {
    if (code === NO_CODE) return this.#unknown();
    return this.#remember(list, code, () => this.#references.name(LISTS[list], code, this.#year));
  }

  /** The output of a line's node: its RO where the output lists name it, else its KRO. */
  output(node: string): Named {
    const [activity = "", output = "", ro] = node.split(".");
    const kro = `${activity}.${output}`;
    const full = `${kro}.${ro}`;
    if (ro !== undefined && this.#nodes.has(full)) return this.#remember("outputs", full, () => this.nodeName(full));
    return this.#remember("outputs", kro, () => this.nodeName(kro));
  }

  /** The name of any node of the budget tree: its own, else that of the closest node above it which is an output. */
  nodeName(node: string): string | null {
    const levels = node.split(".");
    if (levels.length === 1) return this.#references.name("activities", node, this.#year);
    for (let depth = levels.length; depth >= 2; depth--) {
      const name = this.#nodes.get(levels.slice(0, depth).join("."));
      if (name !== undefined) return name;
    }
    return this.#references.name("output_classes", levels[1] ?? "", this.#year);
  }

  province(code: string): Named {
    if (code === NO_CODE) return this.#unknown();
    return this.#remember("provinces", code, () => this.#references.name("locations", `${code}00`, this.#year));
  }

  /** The ministry of a satker by the satker list; null when the list does not know it. */
  ministryOf(satker: string): string | null {
    return this.#references.satker(satker)?.ministry ?? null;
  }

  get theme(): Named {
    return { code: this.#theme.code, name: this.#inLanguage(this.#theme) };
  }

  class(code: string): Named {
    const found = this.#theme.classes.find((one) => one.code === code);
    return { code, name: found ? this.#inLanguage(found) : null };
  }

  intervention(code: string): Named {
    const found = this.#theme.interventions.find((one) => one.code === code);
    return { code, name: found ? this.#inLanguage(found) : null };
  }

  classOf(intervention: string): Named {
    return this.class(this.#theme.interventions.find(({ code }) => code === intervention)?.class ?? "");
  }

  /** Every code that was asked for, by list and code. */
  asked(list: CodeListKey): Named[] {
    return [...(this.#asked.get(list)?.values() ?? [])].sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  #unknown(): Named {
    return { code: NO_CODE, name: translator(this.#language)("reconcile.unknown") };
  }

  #remember(list: CodeListKey, code: string, find: () => string | null): Named {
    const known = this.#asked.get(list) ?? new Map<string, Named>();
    this.#asked.set(list, known);
    const named = known.get(code) ?? { code, name: find() };
    known.set(code, named);
    return named;
  }

  #inLanguage({ nameId, nameEn }: { nameId: string; nameEn: string }): string {
    return this.#language === "id" ? nameId : nameEn;
  }
}
