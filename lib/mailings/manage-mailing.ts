import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { getWorkspace } from "@/lib/workspace/queries";
import { seenMailing } from "./mailing-queries";
import { chooseAnew, deleteMailing, insertMailing, isOwnMessage } from "./mailing-write-queries";
import type { MailingGiven } from "./model";
import { ownAmong } from "./recipients/recipient-queries";
import { own } from "./rights";
import { nextStart } from "./runs/repeat-rules";
import { lockMailing, type Mailing, updateMailing } from "./runs/run-queries";
import type { MailingStatus } from "./status-model";

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
    const id = await insertMailing(tx, {
      ...{ ...values, ownerId: caller.id, nextRunAt: await nextOf(tx, given, null, now) },
      ...{ createdAt: now, updatedAt: now },
    });
    await chooseAnew(tx, id, recipientIds);
    await audit(tx, { at: now, userId: caller.id, action: "mailing.made", subjectId: `${id}` });
    return id;
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
    const before = await ownMailing(tx, caller, id, ["created"]);
    await check(tx, caller, given, now);
    const { recipientIds, ...values } = given;
    await updateMailing(tx, id, {
      ...{ ...values, nextRunAt: await nextOf(tx, given, before, now) },
      ...{ approvedAt: null, approvedBy: null, updatedAt: now },
    });
    await chooseAnew(tx, id, recipientIds);
    await audit(tx, { at: now, userId: caller.id, action: "mailing.changed", subjectId: `${id}` });
  });
}

/** With all its runs and attempts. Throws `conflict` while it is being sent. */
export async function removeMailing(db: Db, caller: Caller, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await ownMailing(tx, caller, id, ["created", "completed", "cancelled"]);
    await deleteMailing(tx, id);
    await audit(tx, { at: now, userId: caller.id, action: "mailing.deleted", subjectId: `${id}` });
  });
}

/** The caller's own, locked and in one of these states. Throws `not_found`, `forbidden`, `conflict`. */
export async function ownMailing(
  tx: Tx,
  caller: Caller,
  id: number,
  states: readonly MailingStatus[],
  permission: "edit_mailing" | "send_mailing" = "edit_mailing",
) {
  await lockMailing(tx, id);
  const mailing = own(caller, await seenMailing(tx, caller, id), "mailing", permission);
  if (!states.includes(mailing.status))
    throw new AppError("conflict", "mailing_state", { params: { status: mailing.status } });
  return mailing;
}

async function nextOf(tx: Tx, given: MailingGiven, before: Mailing | null, now: Date) {
  const { timeZone } = await getWorkspace(tx);
  return nextStart(given, before, { timeZone, now });
}

async function check(tx: Tx, caller: Caller, given: MailingGiven, now: Date): Promise<void> {
  const { messageId, recipientIds, toAll, tags, firstAt, lastAt, repeats } = given;
  if (!(await isOwnMessage(tx, caller.id, messageId)))
    throw new AppError("invalid", "message_unknown", at("messageId", "message_unknown"));
  if (!toAll && tags.length === 0 && recipientIds.length === 0)
    throw new AppError("invalid", "mailing_to_nobody", at("tags", "mailing_to_nobody"));
  if (lastAt !== null && lastAt <= (firstAt ?? now))
    throw new AppError("invalid", "mailing_ends_first", at("lastAt", "mailing_ends_first"));
  if (repeats !== "none" && firstAt === null)
    throw new AppError("invalid", "mailing_repeats_from", at("firstAt", "mailing_repeats_from"));
  const known = await ownAmong(tx, caller.id, recipientIds);
  if (known.length < new Set(recipientIds).size)
    throw new AppError("invalid", "recipient_unknown", at("recipientIds", "recipient_unknown"));
}

const at = (path: string, message: string) => ({ details: [{ path, message }] });
