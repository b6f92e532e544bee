/** The life of a tag: which step leads from which state to which (domain: identified → proposed → in review → agreed → retired). */

export const TAG_STATUSES = ["identified", "proposed", "in-review", "agreed", "retired", "rejected"] as const;
export type TagStatus = (typeof TAG_STATUSES)[number];

/** States before an agreement: the tag counts nowhere yet. */
export const ON_THEIR_WAY: readonly TagStatus[] = ["identified", "proposed", "in-review"];

/** Steps that a person takes with tags that are there. */
export const TAG_ACTIONS = ["propose", "review", "return", "agree", "reject", "retire"] as const;
export type TagAction = (typeof TAG_ACTIONS)[number];

interface Transition {
  from: readonly TagStatus[];
  to: TagStatus;
  /** Whether a reason must be given. */
  needsReason: boolean;
  /** How the history names the step. */
  said: string;
}

export const TRANSITIONS: Record<TagAction, Transition> = {
  // Proposing again what is proposed puts a name to a tag that came in a file without one.
  propose: { from: ["identified", "proposed"], to: "proposed", needsReason: false, said: "proposed" },
  review: { from: ["proposed"], to: "in-review", needsReason: false, said: "in-review" },
  return: { from: ["in-review"], to: "proposed", needsReason: true, said: "returned" },
  agree: { from: ["in-review"], to: "agreed", needsReason: false, said: "agreed" },
  reject: { from: ON_THEIR_WAY, to: "rejected", needsReason: true, said: "rejected" },
  retire: { from: ["agreed"], to: "retired", needsReason: true, said: "retired" },
};

/** Steps of the history that write or take over the content of a tag: who took one of them is an author. */
export const AUTHORS_STEPS: readonly string[] = ["created", "updated", "proposed", "changed"];

/** Two spellings of one name are one person: spaces and capitals do not matter. */
export function samePerson(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
  return plain(a) === plain(b);
}
