import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { mailingRecipients, mailings, messages } from "@/lib/db/schema/mailings";

export async function insertMailing(tx: Tx, values: typeof mailings.$inferInsert): Promise<number> {
  const [made] = await tx.insert(mailings).values(values).returning({ id: mailings.id });
  if (!made) throw new Error("insert into mailings returned nothing");
  return made.id;
}

export async function deleteMailing(tx: Tx, id: number): Promise<void> {
  await tx.delete(mailings).where(eq(mailings.id, id));
}

/** Those who are chosen one by one, and nobody who was chosen before. */
export async function chooseAnew(
  tx: Tx,
  mailingId: number,
  recipientIds: readonly string[],
): Promise<void> {
  await tx.delete(mailingRecipients).where(eq(mailingRecipients.mailingId, mailingId));
  const rows = [...new Set(recipientIds)].map((recipientId) => ({ mailingId, recipientId }));
  if (rows.length > 0) await tx.insert(mailingRecipients).values(rows);
}

/** Locked until the transaction ends: nobody deletes it before the mailing of it is there. */
export async function isOwnMessage(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const [message] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.ownerId, ownerId)))
    .for("key share");
  return message !== undefined;
}

/**
 * Whoever has released a mailing has not seen the letter that it is of now. All mailings of it stay locked until the
 * transaction ends, or one would be released meanwhile.
 */
export async function voidReleases(tx: Tx, messageId: string): Promise<void> {
  await tx
    .select({ id: mailings.id })
    .from(mailings)
    .where(eq(mailings.messageId, messageId))
    .orderBy(asc(mailings.id))
    .for("no key update");
  await tx
    .update(mailings)
    .set({ approvedAt: null, approvedBy: null })
    .where(and(eq(mailings.messageId, messageId), isNotNull(mailings.approvedAt)));
}
