import type { SQL } from "drizzle-orm";
import { eq } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { messages } from "@/lib/db/schema/mailings";
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
 * Begins a run of a mailing that is locked: an attempt for each who is meant, or for those of `who`. Throws
 * `conflict` when it was sent already, is switched off, its time is over, or a second person must release it
 * first.
 */
export async function beginRun(tx: Tx, begun: Begun, now: Date): Promise<Run> {
  const { mailing, trigger, startedBy, who = isMeant(mailing) } = begun;
  const isRetry = trigger === "retry";
  if (isRetry ? mailing.status !== "completed" : mailing.status !== "created")
    throw new AppError("conflict", "mailing_sent");
  if (!mailing.isActive) throw new AppError("conflict", "mailing_off");
  if (mailing.lastAt !== null && mailing.lastAt <= now)
    throw new AppError("conflict", "mailing_late");
  const { mailingsWantApproval } = await getWorkspace(tx);
  if (mailingsWantApproval && mailing.approvedAt === null)
    throw new AppError("conflict", "mailing_unreleased");
  // Whoever changes it meanwhile waits, and is refused then.
  const [message] = await tx
    .select()
    .from(messages)
    .where(eq(messages.id, mailing.messageId))
    .for("share");
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
  await updateMailing(tx, mailing.id, { status: "running", nextRunAt: null, updatedAt: now });
  return run;
}
