import { eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import type { Letter } from "@/lib/mail/post";
import type { MailingAccess } from "./access";
import { seenMailing } from "./mailing-queries";
import { filesOf } from "./messages/message-queries";
import { placeholdersIn, unknownPlaceholders } from "./messages/placeholder-rules";
import { lettersOf } from "./runs/letter-of";
import { isMeant, skipReason } from "./runs/run-queries";

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

/** What would happen if it were sent now. Throws `not_found`. */
export async function rehearse(
  { db, officeUrl, secret }: Pick<MailingAccess, "db" | "officeUrl" | "secret">,
  caller: Caller,
  id: number,
): Promise<Rehearsal> {
  const mailing = await seenMailing(db, caller, id);
  const [message] = mailing
    ? await db.select().from(messages).where(eq(messages.id, mailing.messageId))
    : [];
  if (!mailing || !message) throw new AppError("not_found", "mailing_unknown");
  const who = isMeant(mailing);
  const names = placeholdersIn(message.subject, message.bodyText, message.bodyHtml);
  const [counted] = await db
    .select({
      count: sql<number>`count(*) filter (where ${skipReason} is null)::int`,
      unsubscribed: sql<number>`count(*) filter (where ${skipReason} = 'unsubscribed')::int`,
      bounced: sql<number>`count(*) filter (where ${skipReason} = 'bounced')::int`,
      nameless: sql<number>`count(*) filter (where ${skipReason} is null and trim(${recipients.fullName}) = '')::int`,
    })
    .from(recipients)
    .where(who);
  const first = await db
    .select({ id: recipients.id, email: recipients.email, fullName: recipients.fullName })
    .from(recipients)
    .where(sql`${who} and ${skipReason} is null`)
    .orderBy(recipients.createdAt, recipients.id)
    .limit(SHOWN);
  const skippedSome = await db
    .select({ email: recipients.email, reason: skipReason })
    .from(recipients)
    .where(sql`${who} and ${skipReason} is not null`)
    .orderBy(recipients.createdAt, recipients.id)
    .limit(MOST_SKIPPED_SHOWN);
  const { count = 0, unsubscribed = 0, bounced = 0, nameless = 0 } = counted ?? {};
  const write = lettersOf(message, { officeUrl, secret, files: await filesOf(db, message.id) });
  return {
    count,
    skipped: { unsubscribed, bounced },
    skippedSome: skippedSome.flatMap(({ email, reason }) => (reason ? [{ email, reason }] : [])),
    letters: first.map((one) => write({ ...one, recipientId: one.id })),
    unknown: unknownPlaceholders(message.subject, message.bodyText, message.bodyHtml),
    nameless: names.has("name") || names.has("first_name") ? nameless : 0,
  };
}
