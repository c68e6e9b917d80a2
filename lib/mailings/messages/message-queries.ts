import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { messageFiles, messages } from "@/lib/db/schema/mailings";

/** What goes with a letter, in the order in which it was added. */
export async function filesOf(tx: Tx, messageId: string) {
  return tx
    .select({ name: messageFiles.name, type: messageFiles.type, content: messageFiles.content })
    .from(messageFiles)
    .where(eq(messageFiles.messageId, messageId))
    .orderBy(asc(messageFiles.createdAt), asc(messageFiles.id));
}

export async function messageById(tx: Tx, id: string) {
  const [message] = await tx.select().from(messages).where(eq(messages.id, id));
  return message ?? null;
}

/** The same for a run that begins: whoever changes it meanwhile waits, and is refused then. */
export async function messageToSend(tx: Tx, id: string) {
  const [message] = await tx.select().from(messages).where(eq(messages.id, id)).for("share");
  return message ?? null;
}
