import { createHash } from "node:crypto";
import type { Versions } from "./types.ts";

/** What a report rests on, each as texts whose order does not matter. */
export type Grounds = Record<keyof Versions, string[]>;

/** Fingerprints of twelve characters: equal grounds have equal fingerprints on every machine and engine. */
export function fingerprints(grounds: Grounds): Versions {
  return {
    data: fingerprint(grounds.data),
    tags: fingerprint(grounds.tags),
    codeLists: fingerprint(grounds.codeLists),
  };
}

function fingerprint(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of [...texts].sort()) hash.update(text).update("\n");
  return hash.digest("hex").slice(0, 12);
}
