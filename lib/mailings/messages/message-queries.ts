import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { messageFiles } from "@/lib/db/schema/mailings";

/** What goes with a letter, in the order in which it was added. */
export async function filesOf(tx: Tx, messageId: string) {
  return tx
    .select({ name: messageFiles.name, type: messageFiles.type, content: messageFiles.content })
    .from(messageFiles)
    .where(eq(messageFiles.messageId, messageId))
    .orderBy(asc(messageFiles.createdAt), asc(messageFiles.id));
}
