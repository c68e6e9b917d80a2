import { randomUUID } from "node:crypto";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { keepTo, type Pace } from "@/lib/auth/pace-queries";
import { AppError } from "@/lib/core/errors";
import { HOUR } from "@/lib/core/time";
import type { Letter } from "@/lib/mail/post";
import type { MailingAccess } from "@/lib/mailings/access";
import { own } from "@/lib/mailings/rights";
import { lettersOf } from "@/lib/mailings/runs/letter-of";
import { messageView } from "./list-queries";
import { filesOf } from "./message-queries";
import { readerOf } from "./preview-letter";

const TRIES_AN_HOUR = 10;
const pace: Pace = { everyMs: HOUR / TRIES_AN_HOUR, burst: TRIES_AN_HOUR };

/** What the mail server said to a letter to oneself. */
export type Tried = { to: string; kind: "success" | "hard" | "soft" | "unknown"; said: string };

/**
 * The caller's own letter, as it is saved, to the caller: with a recipient's words or their own. Throws
 * `not_found`, `forbidden`, `conflict` where no letter can leave, `rate_limited` after ten in an hour.
 */
export async function tryLetter(
  { db, clock, openPost, officeUrl, secret }: MailingAccess,
  caller: Caller,
  { messageId, as }: { messageId: string; as: string },
): Promise<Tried> {
  const message = own(caller, await messageView(db, caller, messageId), "message");
  const reader = await readerOf(db, caller, as);
  if (!openPost) throw new AppError("conflict", "mail_not_set");
  const retryAfterMs = await keepTo(db, `letters to oneself ${caller.id}`, pace, clock());
  if (retryAfterMs > 0) throw new AppError("rate_limited", "too_many_tries", { retryAfterMs });
  const files = await filesOf(db, messageId);
  const write = lettersOf(message, { officeUrl, secret, files });
  // Of nobody: the link in it unsubscribes no recipient.
  const letter: Letter = {
    ...write({ id: randomUUID(), ...reader, recipientId: null }),
    to: { name: caller.name, address: caller.email },
  };
  const post = openPost();
  try {
    const { kind, said } = await post.give(letter);
    const about = { userId: caller.id, subjectId: messageId };
    await audit(db, { at: clock(), ...about, action: "message.tested" });
    return { to: caller.email, kind, said };
  } finally {
    post.close();
  }
}
