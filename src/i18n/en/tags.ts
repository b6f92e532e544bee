import type { tags as source } from "../id/tags.ts";

/** The life of a tag. */
export const tags: Record<keyof typeof source, string> = {
  "tags.needsActor": "Say who acts: --as NAME (or TANDAI_AS).",
  "tags.needsNumbers": "Name tags by number (see tandai tags list), or --all with filters.",
  "tags.unknownStatus": 'The status "{value}" is not known.',
  "tags.nobody": "(not named)",
  "tags.outcome.created": "tag {tag} created",
  "tags.outcome.updated": "tag {tag} updated",
  "tags.outcome.unchanged": "tag {tag} unchanged",
  "tags.summary": "{created} created, {updated} updated, {unchanged} unchanged, {refused} refused",
  "tags.status.identified": "identified",
  "tags.status.proposed": "proposed",
  "tags.status.in-review": "in review",
  "tags.status.agreed": "agreed",
  "tags.status.retired": "retired",
  "tags.status.rejected": "rejected",
  "tags.head.id": "number",
  "tags.head.status": "status",
  "tags.head.code": "code",
  "tags.head.intervention": "intervention",
  "tags.head.share": "share %",
  "tags.head.years": "years",
  "tags.head.agreement": "agreement",
};
