import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";

/** Their mail server knows no such box: they are written to no more, until somebody changes the address. */
export async function markBounced(
  tx: Tx,
  { id, email, reason }: { id: string; email: string; reason: string },
  now: Date,
): Promise<void> {
  const isTheirsStill = sql`lower(${recipients.email}) = lower(${email})`;
  await tx
    .update(recipients)
    .set({ bouncedAt: now, bounceReason: reason })
    .where(and(eq(recipients.id, id), isTheirsStill, isNull(recipients.bouncedAt)));
}

/** They want no letters any more. False when they have said so before, or there is nobody like that. */
export async function unsubscribe(tx: Tx, id: string, now: Date): Promise<boolean> {
  const news = await tx
    .update(recipients)
    .set({ unsubscribedAt: now })
    .where(and(eq(recipients.id, id), isNull(recipients.unsubscribedAt)))
    .returning({ id: recipients.id });
  return news.length > 0;
}

/** Somebody, for whoever has shown a link of theirs. */
export async function recipientById(tx: Tx, id: string) {
  const [row] = await tx
    .select({ email: recipients.email, unsubscribedAt: recipients.unsubscribedAt })
    .from(recipients)
    .where(eq(recipients.id, id));
  return row ?? null;
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
