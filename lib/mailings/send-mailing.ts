import { audit } from "@/lib/auth/audit";
import type { AuditAction } from "@/lib/auth/audit-model";
import type { Caller } from "@/lib/auth/model";
import { can, lacking } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { resolveNotice } from "@/lib/notices/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { seenMailing } from "./mailing-queries";
import { ownMailing } from "./manage-mailing";
import { messageToSend } from "./messages/message-queries";
import { endWaiting } from "./runs/attempt-queries";
import { beginRun } from "./runs/begin-run";
import { nextOccurrence } from "./runs/repeat-rules";
import {
  lastRun,
  lockMailing,
  lockRun,
  type Mailing,
  numberedRun,
  type Run,
  triedWith,
  updateMailing,
  updateRun,
} from "./runs/run-queries";

/** Begins a run by hand. Throws as `beginRun`, `forbidden` without the right to send. */
export async function startMailing(db: Db, caller: Caller, id: number, now: Date): Promise<Run> {
  return db.transaction(async (tx) => {
    const mailing = await ownMailing(tx, caller, id, ["created"], "send_mailing");
    const run = await beginRun(tx, { mailing, trigger: "manual", startedBy: caller.id }, now);
    return begun(tx, run);
  });
}

export type Again = {
  id: number;
  /** The number of the run whose letters are meant. */
  run: number;
  end: "failure" | "unknown";
  /** One of them alone; null: all. */
  attemptId: string | null;
};

/**
 * A new run with those alone whose letter of a run has failed, or of whose nobody knows; whoever has got it in a
 * later run is left out. Throws `conflict` when there is nobody, and as `beginRun`.
 */
export async function sendAgainTo(
  db: Db,
  caller: Caller,
  { id, run: number, end, attemptId }: Again,
  now: Date,
): Promise<Run> {
  return db.transaction(async (tx) => {
    const mailing = await ownMailing(tx, caller, id, ["completed", "created"], "send_mailing");
    const meant = await numberedRun(tx, id, number);
    if (!meant) throw new AppError("conflict", "mailing_never_sent");
    const who = triedWith(meant, { end, attemptId });
    const run = await beginRun(tx, { mailing, trigger: "retry", startedBy: caller.id, who }, now);
    if (run.total === run.skipped) throw new AppError("conflict", "mailing_nobody_again");
    return begun(tx, run);
  });
}

async function begun(tx: Tx, run: Run): Promise<Run> {
  await emit(tx, [events.mailingDue.create({ runId: run.id })]);
  return run;
}

/** Nothing more leaves until it is resumed; what is with the server just now comes to its end. */
export async function pauseMailing(db: Db, caller: Caller, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await ownMailing(tx, caller, id, ["running"], "send_mailing");
    const run = await currentRun(tx, id);
    await updateRun(tx, run.id, { state: "paused", pauseReason: "person" });
    await changed(tx, caller, id, "paused", "mailing.paused", now);
  });
}

/** Goes on where it stood. Throws `conflict` when it is switched off. */
export async function resumeMailing(db: Db, caller: Caller, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const mailing = await ownMailing(tx, caller, id, ["paused"], "send_mailing");
    if (!mailing.isActive) throw new AppError("conflict", "mailing_off");
    const run = await currentRun(tx, id);
    await updateRun(tx, run.id, { state: "running", pauseReason: null });
    await resolveNotice(tx, "mailing_stopped", `${id}`, now);
    await changed(tx, caller, id, "running", "mailing.resumed", now);
    await emit(tx, [events.mailingDue.create({ runId: run.id })]);
  });
}

/** Whoever has not got it gets it no more; one that has not begun will not. */
export async function cancelMailing(db: Db, caller: Caller, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const states = ["created", "running", "paused"] as const;
    const mailing = await ownMailing(tx, caller, id, states, "send_mailing");
    if (mailing.status !== "created") {
      const run = await currentRun(tx, id);
      await endWaiting(tx, run.id, { status: "skipped", reason: "cancelled", at: now });
      await updateRun(tx, run.id, { state: "cancelled", endedAt: now });
    }
    await resolveNotice(tx, "mailing_stopped", `${id}`, now);
    await updateMailing(tx, id, { nextRunAt: null });
    await changed(tx, caller, id, "cancelled", "mailing.cancelled", now);
  });
}

/** It may be sent once more, by hand or at a time that is set for it. */
export async function reopenMailing(db: Db, caller: Caller, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await ownMailing(tx, caller, id, ["completed", "cancelled"]);
    await updateMailing(tx, id, { nextRunAt: null, approvedAt: null, approvedBy: null });
    await changed(tx, caller, id, "created", "mailing.reopened", now);
  });
}

/**
 * A second person lets leave what they have seen, as it was written until `seen`. Throws `forbidden` for its owner
 * and without the right to send, `conflict` when it, its letter or its files have changed since.
 */
export async function releaseMailing(
  db: Db,
  caller: Caller,
  { id, seen }: { id: number; seen: Date },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMailing(tx, id);
    const mailing = await seenMailing(tx, caller, id);
    if (!mailing) throw new AppError("not_found", "mailing_unknown");
    if (!can(caller, "send_mailing")) throw lacking("send_mailing");
    if (mailing.ownerId === caller.id) throw new AppError("forbidden", "mailing_own_release");
    const message = await messageToSend(tx, mailing.messageId);
    if (!message || mailing.updatedAt > seen || message.updatedAt > seen)
      throw new AppError("conflict", "mailing_changed");
    await updateMailing(tx, id, { approvedAt: now, approvedBy: caller.id, updatedAt: now });
    await audit(tx, { at: now, userId: caller.id, action: "mailing.released", subjectId: `${id}` });
  });
}

/** Its owner, and whoever may switch mailings off; on again only its owner. */
export async function setMailingActive(
  db: Db,
  caller: Caller,
  { id, isActive }: { id: number; isActive: boolean },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMailing(tx, id);
    const mailing = await seenMailing(tx, caller, id);
    if (!mailing) throw new AppError("not_found", "mailing_unknown");
    const isOwn = mailing.ownerId === caller.id && can(caller, "edit_mailing");
    if (!isOwn && !(can(caller, "can_disable_mailing") && !isActive))
      throw lacking("can_disable_mailing");
    await updateMailing(tx, id, {
      ...{ isActive, updatedAt: now },
      disabledBy: isActive ? null : caller.id,
      ...(isActive && { nextRunAt: await notMadeUpFor(tx, mailing, now) }),
    });
    if (!isActive && mailing.status === "running") {
      const run = await currentRun(tx, id);
      await updateRun(tx, run.id, { state: "paused", pauseReason: "person" });
      await updateMailing(tx, id, { status: "paused" });
    }
    const action = isActive ? "mailing.switched_on" : "mailing.switched_off";
    await audit(tx, { at: now, userId: caller.id, action, subjectId: `${id}` });
  });
}

/** Of what is repeated, the times that have passed while it was switched off are left out. */
async function notMadeUpFor(tx: Tx, mailing: Mailing, now: Date): Promise<Date | null> {
  const { nextRunAt, repeats } = mailing;
  if (nextRunAt === null || nextRunAt > now || repeats === "none") return nextRunAt;
  return nextOccurrence(mailing, (await getWorkspace(tx)).timeZone, now);
}

async function currentRun(tx: Tx, mailingId: number): Promise<Run> {
  const last = await lastRun(tx, mailingId);
  const run = last && (await lockRun(tx, last.id));
  if (!run) throw new Error("a mailing that is being sent has a run");
  return run;
}

async function changed(
  tx: Tx,
  caller: Caller,
  id: number,
  status: "created" | "running" | "paused" | "cancelled",
  action: AuditAction,
  now: Date,
): Promise<void> {
  await updateMailing(tx, id, { status, updatedAt: now });
  await audit(tx, { at: now, userId: caller.id, action, subjectId: `${id}` });
}
