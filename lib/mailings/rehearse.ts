import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Letter } from "@/lib/mail/post";
import type { MailingAccess } from "./access";
import { seenMailing } from "./mailing-queries";
import { messageById } from "./messages/message-queries";
import { placeholdersIn, unknownPlaceholders } from "./messages/placeholder-rules";
import { countMeant, firstMeant, skippedOf } from "./rehearsal-queries";
import { isInSight } from "./rights";
import { lettersOf } from "./runs/letter-of";

const SHOWN = 3;
const MOST_SKIPPED_SHOWN = 50;

export type Rehearsal = {
  /** How many would get it. */
  count: number;
  skipped: { unsubscribed: number; bounced: number };
  /** Some of them, with why. */
  skippedSome: { email: string; reason: "unsubscribed" | "bounced" }[];
  letters: Letter[];
  /** Placeholders that nobody knows: it does not leave with them. */
  unknown: string[];
  /** So many are addressed by a name they do not have. */
  nameless: number;
};

/**
 * What would happen if it were sent now: to how many, and of the letter and the recipients as much as the caller sees
 * elsewhere, too. Throws `not_found`.
 */
export async function rehearse(
  { db, officeUrl, secret }: Pick<MailingAccess, "db" | "officeUrl" | "secret">,
  caller: Caller,
  id: number,
): Promise<Rehearsal> {
  const mailing = await seenMailing(db, caller, id);
  const message = mailing && (await messageById(db, mailing.messageId));
  if (!mailing || !message) throw new AppError("not_found", "mailing_unknown");
  const { subject, bodyText, bodyHtml } = message;
  const names = placeholdersIn(subject, bodyText, bodyHtml);
  const { count, unsubscribed, bounced, nameless } = await countMeant(db, mailing);
  const seesWhom = isInSight(caller, "recipient", mailing.ownerId);
  const seesWhat = seesWhom && isInSight(caller, "message", message.ownerId);
  const first = seesWhat ? await firstMeant(db, mailing, SHOWN) : [];
  const write = lettersOf(message, { officeUrl, secret, files: [] });
  return {
    count,
    skipped: { unsubscribed, bounced },
    skippedSome: seesWhom ? await skippedOf(db, mailing, MOST_SKIPPED_SHOWN) : [],
    letters: first.map((one) => write({ ...one, recipientId: one.id })),
    unknown: unknownPlaceholders(subject, bodyText, bodyHtml),
    nameless: names.has("name") || names.has("first_name") ? nameless : 0,
  };
}
