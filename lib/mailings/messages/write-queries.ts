import { and, eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { mailings, messageFiles, messages } from "@/lib/db/schema/mailings";
import { inSight } from "@/lib/mailings/rights";
import type { MessageGiven } from "./message-model";

/** The message if the caller sees it, locked until the transaction ends: no run begins with it meanwhile. */
export async function lockSeen(tx: Tx, caller: Caller, id: string) {
  const [message] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.id, id), inSight(caller, "message", messages.ownerId)))
    .for("update");
  return message ?? null;
}

export async function insertMessage(
  tx: Tx,
  ownerId: string,
  given: MessageGiven,
  now: Date,
): Promise<string> {
  const [made] = await tx
    .insert(messages)
    .values({ ...given, ownerId, createdAt: now, updatedAt: now })
    .returning({ id: messages.id });
  if (!made) throw new Error("insert into messages returned nothing");
  return made.id;
}

export async function updateMessage(
  tx: Tx,
  id: string,
  set: Partial<MessageGiven>,
  now: Date,
): Promise<void> {
  await tx
    .update(messages)
    .set({ ...set, updatedAt: now })
    .where(eq(messages.id, id));
}

export async function deleteMessage(tx: Tx, id: string): Promise<void> {
  await tx.delete(messages).where(eq(messages.id, id));
}

/** Numbers of mailings that are made of it. */
export async function mailingsOf(tx: Tx, messageId: string): Promise<number[]> {
  const rows = await tx
    .select({ id: mailings.id })
    .from(mailings)
    .where(eq(mailings.messageId, messageId))
    .orderBy(mailings.id);
  return rows.map(({ id }) => id);
}

/** How much goes with a message already. */
export async function weightOf(tx: Tx, messageId: string) {
  const [row] = await tx
    .select({
      count: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${messageFiles.size}), 0)::int`,
    })
    .from(messageFiles)
    .where(eq(messageFiles.messageId, messageId));
  return row ?? { count: 0, bytes: 0 };
}

export type NewFile = { name: string; type: string; content: Buffer };

export async function insertFile(
  tx: Tx,
  messageId: string,
  { name, type, content }: NewFile,
  now: Date,
): Promise<string> {
  const [made] = await tx
    .insert(messageFiles)
    .values({ messageId, name, type, content, size: content.byteLength, createdAt: now })
    .returning({ id: messageFiles.id });
  if (!made) throw new Error("insert into message_files returned nothing");
  return made.id;
}

/** The files of a message once more, for another; what they hold stays in the database. */
export async function copyFiles(tx: Tx, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    insert into ${messageFiles} (message_id, name, type, size, content, created_at)
    select ${to}::uuid, name, type, size, content, created_at
    from ${messageFiles} where message_id = ${from} order by created_at, id`);
}

export async function deleteFile(tx: Tx, id: string): Promise<void> {
  await tx.delete(messageFiles).where(eq(messageFiles.id, id));
}
