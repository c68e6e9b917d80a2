import { audit } from "@/lib/auth/audit";
import type { AuditAction } from "@/lib/auth/audit-model";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { voidReleases } from "@/lib/mailings/mailing-write-queries";
import { own } from "@/lib/mailings/rights";
import { isBeingSent } from "@/lib/mailings/runs/run-queries";
import type { MessageGiven } from "./message-model";
import { unknownPlaceholders } from "./placeholder-rules";
import { safeHtml, textOfHtml } from "./safe-html";
import {
  copyFiles,
  deleteMessage,
  insertMessage,
  lockSeen,
  mailingsOf,
  updateMessage,
} from "./write-queries";

/** A letter of the caller's own, its HTML made safe. Throws `forbidden`, `invalid` at the field. */
export async function makeMessage(
  db: Db,
  caller: Caller,
  given: MessageGiven,
  now: Date,
): Promise<string> {
  requirePermission(caller, "edit_mailing");
  const written = toKeep(given);
  return db.transaction(async (tx) => {
    const id = await insertMessage(tx, caller.id, written, now);
    await note(tx, caller, { action: "message.made", id }, now);
    return id;
  });
}

/** Returns what is kept of it. Throws as `makeMessage`, `not_found`, `conflict` while a run of it is under way. */
export async function changeMessage(
  db: Db,
  caller: Caller,
  { messageId: id, ...given }: MessageGiven & { messageId: string },
  now: Date,
): Promise<MessageGiven> {
  return db.transaction(async (tx) => {
    await lockToChange(tx, caller, id);
    const kept = toKeep(given);
    await updateMessage(tx, id, kept, now);
    await note(tx, caller, { action: "message.changed", id }, now);
    return kept;
  });
}

/** One's own letter with the words and files of any that one sees. Returns its id. Throws `not_found`, `forbidden`. */
export async function copyMessage(db: Db, caller: Caller, id: string, now: Date): Promise<string> {
  requirePermission(caller, "edit_mailing");
  return db.transaction(async (tx) => {
    const message = await lockSeen(tx, caller, id);
    if (!message) throw new AppError("not_found", "message_unknown");
    const { subject, bodyText, bodyHtml } = message;
    const copy = await insertMessage(tx, caller.id, { subject, bodyText, bodyHtml }, now);
    await copyFiles(tx, id, copy);
    await note(tx, caller, { action: "message.made", id: copy }, now);
    return copy;
  });
}

/** With its files. Throws `conflict` while a mailing is made of it. */
export async function removeMessage(db: Db, caller: Caller, id: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    own(caller, await lockSeen(tx, caller, id), "message");
    const using = await mailingsOf(tx, id);
    if (using.length > 0) {
      const numbers = using.map((number) => `#${number}`).join(", ");
      throw new AppError("conflict", "message_in_use", { params: { numbers } });
    }
    await deleteMessage(tx, id);
    await note(tx, caller, { action: "message.deleted", id }, now);
  });
}

/** The caller's own message, locked and not on its way; whoever has released a mailing of it must do so again. Throws `not_found`, `forbidden`, `conflict`. */
export async function lockToChange(tx: Tx, caller: Caller, id: string) {
  // Before the message: whoever begins a run locks its mailing first, too.
  await voidReleases(tx, id);
  const message = own(caller, await lockSeen(tx, caller, id), "message");
  if (await isBeingSent(tx, id)) throw new AppError("conflict", "message_being_sent");
  return message;
}

/** What is kept of a letter: nothing in it runs, and everything in braces is known. */
function toKeep({ subject, bodyText, bodyHtml }: MessageGiven): MessageGiven {
  const kept = { subject, bodyText, bodyHtml: safeHtml(bodyHtml).trim() };
  const isEmpty =
    bodyText === "" && textOfHtml(kept.bodyHtml) === "" && !/<img\b/.test(kept.bodyHtml);
  if (isEmpty)
    throw new AppError("invalid", "message_empty", {
      details: [{ path: "bodyText", message: "message_empty" }],
    });
  const unknown = unknownPlaceholders(subject, bodyText, kept.bodyHtml);
  if (unknown.length === 0) return kept;
  const faulty = Object.entries(kept).filter(([, text]) => unknownPlaceholders(text).length > 0);
  throw new AppError("invalid", "placeholders_unknown", {
    params: { names: unknown.map((name) => `{{${name}}}`).join(", ") },
    details: faulty.map(([path]) => ({ path, message: "placeholders_unknown" })),
  });
}

const note = (
  tx: Tx,
  caller: Caller,
  { action, id }: { action: AuditAction; id: string },
  now: Date,
) => audit(tx, { at: now, userId: caller.id, action, subjectId: id });
