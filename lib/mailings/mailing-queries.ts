import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { mailingRecipients, mailings, messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { users } from "@/lib/db/schema/workspace";
import { inSight } from "./rights";

const isSeen = (caller: Caller, id: number) =>
  and(eq(mailings.id, id), inSight(caller, "mailing", mailings.ownerId));

/** The mailing, if the caller may see it. */
export async function seenMailing(tx: Tx, caller: Caller, id: number) {
  const [mailing] = await tx.select().from(mailings).where(isSeen(caller, id));
  return mailing ?? null;
}

const releaser = alias(users, "releaser");
const stopper = alias(users, "stopper");

/** The same with its letter's subject, whose it is, to how many of those chosen, who released it, who switched it off. */
export async function mailingView(tx: Tx, caller: Caller, id: number) {
  const [row] = await tx
    .select({
      mailing: mailings,
      subject: messages.subject,
      letterAt: messages.updatedAt,
      ownerName: users.name,
      releasedBy: releaser.name,
      disabledByName: stopper.name,
      chosen: sql<number>`(select count(*)::int from ${mailingRecipients} chosen
        where chosen.mailing_id = ${mailings.id})`,
    })
    .from(mailings)
    .innerJoin(messages, eq(messages.id, mailings.messageId))
    .innerJoin(users, eq(users.id, mailings.ownerId))
    .leftJoin(releaser, eq(releaser.id, mailings.approvedBy))
    .leftJoin(stopper, eq(stopper.id, mailings.disabledBy))
    .where(isSeen(caller, id));
  if (!row) return null;
  const { mailing, ...more } = row;
  return { ...mailing, ...more };
}
export type MailingView = NonNullable<Awaited<ReturnType<typeof mailingView>>>;

/** Recipients who are chosen one by one for it. */
export async function chosenFor(tx: Tx, mailingId: number) {
  return tx
    .select({ id: recipients.id, email: recipients.email, fullName: recipients.fullName })
    .from(mailingRecipients)
    .innerJoin(recipients, eq(recipients.id, mailingRecipients.recipientId))
    .where(eq(mailingRecipients.mailingId, mailingId))
    .orderBy(asc(recipients.email));
}

const MOST_OFFERED = 500;

/**
 * What a mailing may be made of: the caller's own letters, the newest and the one it has, and tags with how many
 * have them.
 */
export async function mailingParts(tx: Tx, caller: Caller, messageId: string | null = null) {
  const [letters, tags, [counted]] = await Promise.all([
    tx
      .select({ id: messages.id, subject: messages.subject })
      .from(messages)
      .where(eq(messages.ownerId, caller.id))
      .orderBy(
        sql`${messages.id} is not distinct from ${messageId}::uuid desc`,
        sql`${messages.updatedAt} desc`,
        messages.id,
      )
      .limit(MOST_OFFERED),
    tx.execute<{ tag: string; count: number }>(sql`
      select tag, count(*)::int as count from ${recipients}, unnest(${recipients.tags}) as tag
      where ${recipients.ownerId} = ${caller.id} group by tag order by tag limit ${MOST_OFFERED}`),
    tx
      .select({ all: sql<number>`count(*)::int` })
      .from(recipients)
      .where(eq(recipients.ownerId, caller.id)),
  ]);
  return { letters, tags: [...tags], all: counted?.all ?? 0 };
}
