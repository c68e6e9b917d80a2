import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";

/** Their mail server knows no such box: they are written to no more, until somebody changes the address. */
export async function markBounced(tx: Tx, id: string, reason: string, now: Date): Promise<void> {
  await tx
    .update(recipients)
    .set({ bouncedAt: now, bounceReason: reason })
    .where(and(eq(recipients.id, id), isNull(recipients.bouncedAt)));
}

/** They want no letters any more; said twice it counts once. False: there is nobody like that. */
export async function unsubscribe(tx: Tx, id: string, now: Date): Promise<boolean> {
  const [known] = await tx
    .select({ unsubscribedAt: recipients.unsubscribedAt })
    .from(recipients)
    .where(eq(recipients.id, id));
  if (known && known.unsubscribedAt === null)
    await tx.update(recipients).set({ unsubscribedAt: now }).where(eq(recipients.id, id));
  return known !== undefined;
}

/** Those of somebody's own recipients that are named, by their addresses. */
export async function ownAmong(tx: Tx, ownerId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return tx
    .select({ id: recipients.id, email: recipients.email })
    .from(recipients)
    .where(and(eq(recipients.ownerId, ownerId), inArray(recipients.id, [...ids])))
    .orderBy(asc(recipients.email));
}
