import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import type { Db, Tx } from "@/lib/db/client";
import { own } from "../rights";
import type { Chosen } from "./recipient-model";
import { countChosen, deleteChosen, ownersAmong, tagChosen } from "./recipient-write-queries";

type Tagging = Chosen & { add: string[]; remove: string[] };

/**
 * Gives the chosen these tags and takes those from them, however many they are. Whoever would have too many tags is
 * skipped. Throws `not_found`, `forbidden` when one of those that are ticked is not the caller's.
 */
export async function tagRecipients(
  db: Db,
  caller: Caller,
  { add, remove, ...chosen }: Tagging,
  now: Date,
): Promise<{ done: number; skipped: number }> {
  return db.transaction(async (tx) => {
    await requireOwn(tx, caller, chosen);
    const count = await countChosen(tx, caller, chosen);
    const done = await tagChosen(tx, caller, { ...chosen, add, remove, now });
    if (done > 0)
      await audit(tx, {
        ...{ at: now, userId: caller.id, subjectId: caller.id },
        action: "recipient.tagged",
        details: { count: done, add, remove },
      });
    return { done, skipped: Math.max(0, count - done) };
  });
}

/** With what was written to them only by name: attempts keep their addresses. Throws as `tagRecipients` does. */
export async function removeRecipients(
  db: Db,
  caller: Caller,
  chosen: Chosen,
  now: Date,
): Promise<number> {
  return db.transaction(async (tx) => {
    await requireOwn(tx, caller, chosen);
    const count = await deleteChosen(tx, caller, chosen);
    if (count > 0)
      await audit(tx, {
        ...{ at: now, userId: caller.id, subjectId: caller.id },
        action: "recipient.deleted",
        details: { count },
      });
    return count;
  });
}

/** A search finds one's own only; who is named must be one's own. */
async function requireOwn(tx: Tx, caller: Caller, { recipientIds, found }: Chosen): Promise<void> {
  requirePermission(caller, "edit_mailing");
  if (found || recipientIds.length === 0) return;
  const seen = new Map(
    (await ownersAmong(tx, caller, recipientIds)).map((row) => [row.id, row] as const),
  );
  for (const id of recipientIds) own(caller, seen.get(id), "recipient");
}
