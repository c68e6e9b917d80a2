import { can } from "@/lib/auth/permissions";
import { findActiveUser } from "@/lib/auth/users";
import { isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { log } from "@/lib/log";
import { getWorkspace } from "@/lib/workspace/queries";
import type { MailingAccess } from "../access";
import { markUnknown, stoppedWithLost } from "./attempt-queries";
import { beginRun } from "./begin-run";
import { dueMailings, idleRuns } from "./due-queries";
import { lockMailing, type Mailing, updateMailing } from "./run-queries";

const MOST_AT_ONCE = 100;

type Access = Pick<MailingAccess, "db" | "clock">;

/**
 * Begins the mailings whose time has come, each by itself: one that cannot does not keep the others. While there is
 * no way for letters, none. Answers how many.
 */
export async function startDue({
  db,
  clock,
  openPost,
}: Access & Pick<MailingAccess, "openPost">): Promise<number> {
  if (!openPost) return 0;
  const now = clock();
  const { mailingsWantApproval: wantApproval } = await getWorkspace(db);
  const due = await dueMailings(db, { most: MOST_AT_ONCE, now, wantApproval });
  let begun = 0;
  for (const id of due) {
    try {
      if (await db.transaction((tx) => startOne(tx, id, now))) begun += 1;
    } catch (error) {
      log.error({ err: error, mailing: id }, "a mailing cannot begin");
    }
  }
  return begun;
}

async function startOne(tx: Tx, id: number, now: Date): Promise<boolean> {
  const mailing = await lockMailing(tx, id);
  // Another worker, or a person, was there first.
  if (!mailing?.isActive || mailing.nextRunAt === null || mailing.nextRunAt > now) return false;
  if (!(await mayBeSent(tx, mailing))) {
    log.info({ mailing: id }, "a mailing did not begin: nobody who may send stands behind it");
    await updateMailing(tx, id, { nextRunAt: null });
    return false;
  }
  try {
    const run = await beginRun(tx, { mailing, trigger: "schedule", startedBy: null }, now);
    await emit(tx, [events.mailingDue.create({ runId: run.id })]);
    return true;
  } catch (error) {
    if (!isAppError(error, "conflict")) throw error;
    // It waits for a second person, or its time is over: it is looked at again when that changes.
    log.info({ mailing: id, key: error.key }, "a mailing did not begin");
    if (error.key !== "mailing_unreleased") await updateMailing(tx, id, { nextRunAt: null });
    return false;
  }
}

/** Writing a time into a mailing is no right to send it: its owner has that still, or whoever released it had. */
async function mayBeSent(tx: Tx, { ownerId, approvedAt }: Mailing): Promise<boolean> {
  const owner = await findActiveUser(tx, ownerId);
  return owner !== null && (can(owner, "send_mailing") || approvedAt !== null);
}

/** Runs that nobody sends: their sender died, or it is time for a letter's next try. */
export async function askForIdleRuns({ db, clock }: Access): Promise<number> {
  const idle = await idleRuns(db, MOST_AT_ONCE, clock());
  await db.transaction((tx) =>
    emit(
      tx,
      idle.map((runId) => events.mailingDue.create({ runId })),
    ),
  );
  return idle.length;
}

/** Of runs that were stopped: what was on its way when its sender died. Of the others whoever sends them says so. */
export async function settleLost({ db, clock }: Access): Promise<void> {
  const now = clock();
  for (const runId of await stoppedWithLost(db, now))
    await db.transaction((tx) => markUnknown(tx, runId, now));
}
