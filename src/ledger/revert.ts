import { eq } from "drizzle-orm";
import { AppError } from "../errors.ts";
import type { Db } from "../store/index.ts";
import { revertTags } from "../tagging/index.ts";
import { changedCodes } from "./changes/index.ts";
import { cellKindsOf, takeOutOfForce } from "./in-force.ts";
import { rebuildCodes, rebuildRealization } from "./realization-balances.ts";
import { rebuildBudget } from "./rebuild-budget.ts";

/**
 * Takes a posted extract back: what it superseded is in force again, balances follow. Its lines stay readable.
 *
 * @param at moment of the revert, ISO text in UTC
 * @param actor who reverts; null when nobody was named
 * @throws AppError 404 for an unknown extract, 409 for one that is not posted (or whose tags changed later)
 */
export async function revertExtract(db: Db, id: number, at: string, actor: string | null = null): Promise<void> {
  const { extracts } = db.tables;
  await db.tx(async (tx) => {
    const [extract] = await tx.select().from(extracts).where(eq(extracts.id, id));
    if (!extract) throw unknownExtract(id);
    if (extract.status !== "posted") {
      const message = `Ekstrak ${id} berstatus ${extract.status}, tidak dapat dibatalkan / extract ${id} is ${extract.status} and cannot be reverted`;
      throw new AppError("EXTRACT-NOT-POSTED", 409, message);
    }
    await tx.update(extracts).set({ status: "reverted", revertedAt: at }).where(eq(extracts.id, id));
    for (const kind of cellKindsOf(extract.kind)) {
      const { touched, asBefore } = await takeOutOfForce(tx, kind, id);
      if (kind === "budget") await rebuildBudget(tx, touched);
      if (kind !== "realization") continue;
      // Where what it replaced is in force again, only codes of the lines that it changed have other balances.
      const codes = asBefore ? await changedCodes(tx, id) : null;
      if (codes) await rebuildCodes(tx, codes);
      else await rebuildRealization(tx, touched);
    }
    if (extract.kind === "tags") await revertTags(tx, db.tables, { extractId: id, at, actor });
    // Lists need nothing: their newest posted extract describes a code, and this one is no longer posted.
  });
}

export function unknownExtract(id: number): AppError {
  return new AppError("EXTRACT-UNKNOWN", 404, `Ekstrak ${id} tidak ada / there is no extract ${id}`, "tandai extracts");
}
