import { audit } from "@/lib/auth/audit";
import type { MailingAccess } from "../access";
import { recipientById, unsubscribe } from "../recipients/recipient-queries";
import { recipientOfToken } from "./unsubscribe-token";

type Access = Pick<MailingAccess, "db" | "clock" | "secret">;

/** What a link is about: whose letters it ends, and whether it has; null for one that is not ours, or of nobody. */
export async function lookAtLink(
  { db, secret }: Access,
  token: string,
): Promise<{ email: string; hasEnded: boolean } | null> {
  const id = recipientOfToken(token, secret);
  const recipient = id && (await recipientById(db, id));
  if (!recipient) return null;
  return { email: recipient.email, hasEnded: recipient.unsubscribedAt !== null };
}

/** Ends the letters; said twice it counts once. False for a link that is not ours, or of nobody. */
export async function unsubscribeByLink(
  { db, clock, secret }: Access,
  token: string,
): Promise<boolean> {
  const id = recipientOfToken(token, secret);
  if (id === null) return false;
  const now = clock();
  return db.transaction(async (tx) => {
    const isNews = await unsubscribe(tx, id, now);
    if (isNews)
      await audit(tx, { at: now, userId: null, action: "recipient.unsubscribed", subjectId: id });
    return isNews || (await recipientById(tx, id)) !== null;
  });
}
