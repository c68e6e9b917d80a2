import type { SQL } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { messageToSend } from "@/lib/mailings/messages/message-queries";
import { unknownPlaceholders } from "@/lib/mailings/messages/placeholder-rules";
import { getWorkspace } from "@/lib/workspace/queries";
import {
  insertRun,
  isMeant,
  lastNumber,
  type Mailing,
  type Run,
  type Trigger,
  updateMailing,
} from "./run-queries";

type Begun = {
  mailing: Mailing;
  trigger: Trigger;
  startedBy: string | null;
  who?: SQL | undefined;
};

/**
 * Begins a run of a mailing that is locked: an attempt for each who is meant, or for those of `who`. Whoever has
 * released it has released this run alone. Throws `conflict` when it was sent already, is switched off, its time
 * is over, or a second person must release it first.
 */
export async function beginRun(tx: Tx, begun: Begun, now: Date): Promise<Run> {
  const { mailing, trigger, startedBy, who = isMeant(mailing) } = begun;
  const isRetry = trigger === "retry";
  // Of one that is repeated the failed are tried again while it waits for its next time.
  const mayBegin = mailing.status === "created" || (isRetry && mailing.status === "completed");
  if (!mayBegin) throw new AppError("conflict", "mailing_sent");
  if (!mailing.isActive) throw new AppError("conflict", "mailing_off");
  if (mailing.lastAt !== null && mailing.lastAt <= now)
    throw new AppError("conflict", "mailing_late");
  const { mailingsWantApproval } = await getWorkspace(tx);
  if (mailingsWantApproval && mailing.approvedAt === null)
    throw new AppError("conflict", "mailing_unreleased");
  const message = await messageToSend(tx, mailing.messageId);
  if (!message) throw new AppError("not_found", "message_unknown");
  const { subject, bodyText, bodyHtml } = message;
  const unknown = unknownPlaceholders(subject, bodyText, bodyHtml);
  if (unknown.length > 0)
    throw new AppError("conflict", "placeholders_unknown", {
      params: { names: unknown.join(", ") },
    });
  const number = (await lastNumber(tx, mailing.id)) + 1;
  const run = await insertRun(
    tx,
    {
      ...{ mailingId: mailing.id, number, trigger, startedAt: now, startedBy },
      ...{ subject, bodyText, bodyHtml },
    },
    who,
    now,
  );
  await updateMailing(tx, mailing.id, {
    ...{ status: "running", nextRunAt: isRetry ? mailing.nextRunAt : null, updatedAt: now },
    ...{ approvedAt: null, approvedBy: null },
  });
  const subjectId = `${mailing.id}`;
  await audit(tx, { at: now, userId: startedBy, action: "mailing.started", subjectId });
  return run;
}
