import { and, eq, inArray } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { mailingRecipients, mailings, messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { seenMailing } from "./mailing-queries";
import type { MailingGiven } from "./model";
import { own } from "./rights";
import { lockMailing, updateMailing } from "./runs/run-queries";

/** A mailing of the caller's own. Throws `forbidden`, `invalid` for what is not theirs to send or cannot be. */
export async function makeMailing(
  db: Db,
  caller: Caller,
  given: MailingGiven,
  now: Date,
): Promise<number> {
  requirePermission(caller, "edit_mailing");
  return db.transaction(async (tx) => {
    await check(tx, caller, given, now);
    const { recipientIds, ...values } = given;
    const [made] = await tx
      .insert(mailings)
      .values({
        ...{ ...values, ownerId: caller.id, nextRunAt: values.firstAt },
        ...{ createdAt: now, updatedAt: now },
      })
      .returning({ id: mailings.id });
    if (!made) throw new Error("insert into mailings returned nothing");
    await choose(tx, made.id, recipientIds);
    await audit(tx, {
      at: now,
      userId: caller.id,
      action: "mailing.made",
      subjectId: `${made.id}`,
    });
    return made.id;
  });
}

/** One that has not been sent yet becomes another; whoever has released it must do so again. */
export async function changeMailing(
  db: Db,
  caller: Caller,
  { id, ...given }: MailingGiven & { id: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await ownMailing(tx, caller, id, ["created"]);
    await check(tx, caller, given, now);
    const { recipientIds, ...values } = given;
    await updateMailing(tx, id, {
      ...{ ...values, nextRunAt: values.firstAt },
      ...{ approvedAt: null, approvedBy: null, updatedAt: now },
    });
    await tx.delete(mailingRecipients).where(eq(mailingRecipients.mailingId, id));
    await choose(tx, id, recipientIds);
    await audit(tx, { at: now, userId: caller.id, action: "mailing.changed", subjectId: `${id}` });
  });
}

/** With all its runs and attempts. Throws `conflict` while it is being sent. */
export async function removeMailing(db: Db, caller: Caller, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await ownMailing(tx, caller, id, ["created", "completed", "cancelled"]);
    await tx.delete(mailings).where(eq(mailings.id, id));
    await audit(tx, { at: now, userId: caller.id, action: "mailing.deleted", subjectId: `${id}` });
  });
}

/** The caller's own, locked and in one of these states. Throws `not_found`, `forbidden`, `conflict`. */
export async function ownMailing(
  tx: Tx,
  caller: Caller,
  id: number,
  states: readonly (typeof mailings.$inferSelect)["status"][],
  permission: "edit_mailing" | "send_mailing" = "edit_mailing",
) {
  await lockMailing(tx, id);
  const mailing = own(caller, await seenMailing(tx, caller, id), "mailing", permission);
  if (!states.includes(mailing.status))
    throw new AppError("conflict", "mailing_state", { params: { status: mailing.status } });
  return mailing;
}

async function check(tx: Tx, caller: Caller, given: MailingGiven, now: Date): Promise<void> {
  const { messageId, recipientIds, toAll, tags, firstAt, lastAt, repeats } = given;
  const wrong = (path: string, key: string) =>
    new AppError("invalid", key, { details: [{ path, message: key }] });
  const [message] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.ownerId, caller.id)));
  if (!message) throw wrong("messageId", "message_unknown");
  if (!toAll && tags.length === 0 && recipientIds.length === 0)
    throw wrong("tags", "mailing_to_nobody");
  if (lastAt !== null && lastAt <= (firstAt ?? now)) throw wrong("lastAt", "mailing_ends_first");
  if (repeats !== "none" && firstAt === null) throw wrong("firstAt", "mailing_repeats_from");
  if (recipientIds.length === 0) return;
  const known = await tx
    .select({ id: recipients.id })
    .from(recipients)
    .where(and(inArray(recipients.id, recipientIds), eq(recipients.ownerId, caller.id)));
  if (known.length < new Set(recipientIds).size) throw wrong("recipientIds", "recipient_unknown");
}

async function choose(tx: Tx, mailingId: number, recipientIds: readonly string[]): Promise<void> {
  const rows = [...new Set(recipientIds)].map((recipientId) => ({ mailingId, recipientId }));
  if (rows.length > 0) await tx.insert(mailingRecipients).values(rows);
}
