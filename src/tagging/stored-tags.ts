import { asc, inArray } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";
import { ON_THEIR_WAY } from "./life.ts";
import { keyOf, placeOf, type TagRow } from "./tag.ts";

/** Tags that are agreed or on their way, by key, number and node. */
export class StoredTags {
  readonly agreed = new Map<string, TagRow>();
  readonly onTheirWay = new Map<string, TagRow>();
  readonly byId = new Map<number, TagRow>();
  readonly #byPlace = new Map<string, TagRow[]>();

  static async load(reader: Reader, { tags }: Db["tables"]): Promise<StoredTags> {
    const stored = new StoredTags();
    const rows = await reader
      .select()
      .from(tags)
      .where(inArray(tags.status, ["agreed", ...ON_THEIR_WAY]))
      .orderBy(asc(tags.id));
    for (const row of rows) {
      (row.status === "agreed" ? stored.agreed : stored.onTheirWay).set(keyOf(row), row);
      stored.byId.set(row.id, row);
      const place = stored.#byPlace.get(placeOf(row));
      if (place) place.push(row);
      else stored.#byPlace.set(placeOf(row), [row]);
    }
    return stored;
  }

  /** The tags of a node of a theme. */
  at(place: string): readonly TagRow[] {
    return this.#byPlace.get(place) ?? [];
  }
}

/** Things by the node and theme that they belong to, in their order. */
export function groupByPlace<Tag extends Pick<TagRow, "theme" | "node">>(tags: readonly Tag[]): Map<string, Tag[]> {
  const groups = new Map<string, Tag[]>();
  for (const tag of tags) {
    const group = groups.get(placeOf(tag));
    if (group) group.push(tag);
    else groups.set(placeOf(tag), [tag]);
  }
  return groups;
}
