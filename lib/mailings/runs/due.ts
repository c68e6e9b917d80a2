import { and, asc, eq, gt, isNull, lte, or } from "drizzle-orm";
import { isAppError } from "@/lib/core/errors";
import { mailings } from "@/lib/db/schema/mailings";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { log } from "@/lib/log";
import type { MailingAccess } from "../access";
import { beginRun } from "./begin-run";
import { idleRuns, lockMailing, updateMailing } from "./run-queries";

const MOST_AT_ONCE = 100;

/** Begins the mailings whose time has come, each by itself. Answers how many. */
export async function startDue({
  db,
  clock,
}: Pick<MailingAccess, "db" | "clock">): Promise<number> {
  const now = clock();
  const due = await db
    .select({ id: mailings.id })
    .from(mailings)
    .where(
      and(
        eq(mailings.status, "created"),
        eq(mailings.isActive, true),
        lte(mailings.nextRunAt, now),
        or(isNull(mailings.lastAt), gt(mailings.lastAt, now)),
      ),
    )
    .orderBy(asc(mailings.nextRunAt), asc(mailings.id))
    .limit(MOST_AT_ONCE);
  let begun = 0;
  for (const { id } of due) {
    const isBegun = await db.transaction(async (tx) => {
      const mailing = await lockMailing(tx, id);
      // Another worker, or a person, was there first.
      if (!mailing || mailing.nextRunAt === null || mailing.nextRunAt > now) return false;
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
    });
    if (isBegun) begun += 1;
  }
  return begun;
}

/** Runs that nobody sends: their sender died, or a letter waits for its next try. */
export async function askForIdleRuns({ db, clock }: Pick<MailingAccess, "db" | "clock">) {
  const idle = await idleRuns(db, MOST_AT_ONCE, clock());
  await db.transaction((tx) =>
    emit(
      tx,
      idle.map((runId) => events.mailingDue.create({ runId })),
    ),
  );
  return idle.length;
}
