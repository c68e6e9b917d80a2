import { and, asc, desc, eq, ilike, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { mailings, messageFiles, messages } from "@/lib/db/schema/mailings";
import { users } from "@/lib/db/schema/workspace";
import { inSight } from "@/lib/mailings/rights";
import type { MessageListQuery } from "./message-model";

export const MESSAGES_PER_PAGE = 50;

const like = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

const columns = {
  id: messages.id,
  ownerId: messages.ownerId,
  ownerName: users.name,
  subject: messages.subject,
  updatedAt: messages.updatedAt,
  hasHtml: sql<boolean>`${messages.bodyHtml} <> ''`,
  files: sql<number>`(select count(*)::int from ${messageFiles} f where f.message_id = ${messages.id})`,
  mailings: sql<number>`(select count(*)::int from ${mailings} m where m.message_id = ${messages.id})`,
};

/** Messages that the caller sees, the newest first. Throws `forbidden`. */
export async function listMessages(tx: Tx, caller: Caller, { q, page: wanted }: MessageListQuery) {
  const where = and(
    inSight(caller, "message", messages.ownerId),
    q ? ilike(messages.subject, like(q)) : undefined,
  );
  const total = await tx.$count(messages, where);
  const page = Math.min(wanted, Math.max(1, Math.ceil(total / MESSAGES_PER_PAGE)));
  const rows = await tx
    .select(columns)
    .from(messages)
    .innerJoin(users, eq(users.id, messages.ownerId))
    .where(where)
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(MESSAGES_PER_PAGE)
    .offset((page - 1) * MESSAGES_PER_PAGE);
  return { rows, total, page };
}

export type MessageRow = Awaited<ReturnType<typeof listMessages>>["rows"][number];

/** A message that the caller sees, with whose it is and the names of its files; null for any other. */
export async function messageView(tx: Tx, caller: Caller, id: string) {
  const [row] = await tx
    .select({ message: messages, ownerName: users.name })
    .from(messages)
    .innerJoin(users, eq(users.id, messages.ownerId))
    .where(and(eq(messages.id, id), inSight(caller, "message", messages.ownerId)));
  if (!row) return null;
  const files = await tx
    .select({ id: messageFiles.id, name: messageFiles.name, size: messageFiles.size })
    .from(messageFiles)
    .where(eq(messageFiles.messageId, id))
    .orderBy(asc(messageFiles.createdAt), asc(messageFiles.id));
  return { ...row.message, ownerName: row.ownerName, files };
}

/** A file of a message that the caller sees. */
export async function seenFile(tx: Tx, caller: Caller, id: string) {
  const [file] = await tx
    .select({
      id: messageFiles.id,
      messageId: messageFiles.messageId,
      name: messageFiles.name,
      type: messageFiles.type,
    })
    .from(messageFiles)
    .innerJoin(messages, eq(messages.id, messageFiles.messageId))
    .where(and(eq(messageFiles.id, id), inSight(caller, "message", messages.ownerId)));
  return file ?? null;
}

/** What is in a file that was looked up. */
export async function contentOf(tx: Tx, fileId: string): Promise<Buffer | null> {
  const [file] = await tx
    .select({ content: messageFiles.content })
    .from(messageFiles)
    .where(eq(messageFiles.id, fileId));
  return file?.content ?? null;
}
