import { randomUUID } from "node:crypto";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { jobDefinitions, jobRuns, jobSteps, type StoredEvent } from "@/lib/db/schema/jobs";
import { nextFiring } from "@/lib/jobs/embedded/schedule";
import { wake } from "@/lib/jobs/outbox";
import type { Refusal } from "@/lib/jobs/outbox-relay";
import { noteSuccess } from "@/lib/jobs/runs-schedule";

type Failure = { name: string; message: string } | null;
type Begun = { id: string; job: string; event: StoredEvent };
type Step = { runId: string; id: string; name: string; error: Failure };

/** A run that is dead before it began; `progressId` is the row that tells people how far it is. */
export type DeadRun = { id: string; job: string; progressId: string | null };

const told = (error: Failure) => error && { name: error.name, message: error.message };

/** A run has begun on an Inngest server; begun twice, it is one. */
export async function noteBegin(db: Db, run: Begun, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const times = { queuedAt: new Date(run.event.ts), startedAt: now };
    await tx
      .insert(jobRuns)
      .values({ ...run, ...times, state: "running", concurrencyKeys: [] })
      .onConflictDoNothing();
    await moveSchedule(tx, run.job, now);
    await wake(tx, "work");
  });
}

export async function noteStep(db: Db, { error, ...step }: Step, now: Date): Promise<void> {
  const failure = told(error);
  const memo = failure
    ? { type: "error" as const, error: failure }
    : { type: "data" as const, data: null };
  await db
    .insert(jobSteps)
    .values({ ...step, memo, finishedAt: now })
    .onConflictDoNothing();
}

/** The run is over, unless it was already: a cancelled one stays cancelled. */
export async function noteEnd(db: Db, id: string, error: Failure, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [over] = await tx
      .update(jobRuns)
      .set({ state: error ? "failed" : "completed", error: told(error), finishedAt: now })
      .where(and(eq(jobRuns.id, id), isNull(jobRuns.finishedAt)))
      .returning();
    if (over && !error) await noteSuccess(tx, over, now);
    await wake(tx, "work");
  });
}

const LONGEST_ANSWER = 500;

/** The Inngest server refuses the event: the run it would have begun is kept as one that failed. */
export async function noteRefused(
  tx: Tx,
  job: string,
  { event, error }: Refusal,
  now: Date,
): Promise<DeadRun> {
  const { id, name, data } = event;
  const message = error.message.slice(0, LONGEST_ANSWER);
  const [run] = await tx
    .insert(jobRuns)
    .values({
      id: randomUUID(),
      job,
      event: { id, name, data, ts: now.getTime() },
      state: "failed",
      concurrencyKeys: [],
      queuedAt: now,
      finishedAt: now,
      error: { name: "RefusedError", message },
    })
    .returning({ id: jobRuns.id, job: jobRuns.job, progressId: jobRuns.progressId });
  if (!run) throw new Error("insert into jobs.run returned nothing");
  await wake(tx, "work");
  return run;
}

export async function isCancelled(db: Db, id: string): Promise<boolean> {
  const [run] = await db.select({ state: jobRuns.state }).from(jobRuns).where(eq(jobRuns.id, id));
  return run?.state === "cancelled";
}

/** Ends runs that nobody has heard of for a day and for which nothing waits: the record of their end is lost. */
export async function closeLostRuns(tx: Tx, now: Date): Promise<void> {
  const error = { name: "LostError", message: "Nothing was heard of this run for a day" };
  await tx
    .update(jobRuns)
    .set({ state: "failed", error, finishedAt: now })
    .where(
      and(
        eq(jobRuns.state, "running"),
        isNull(jobRuns.finishedAt),
        lt(jobRuns.startedAt, later(now, -DAY)),
        sql`not exists (select from jobs.queue where run_id = ${jobRuns.id})`,
        sql`not exists (select from jobs.wait where run_id = ${jobRuns.id})`,
      ),
    );
}

/** The server fires the schedules; here is only written when they fire next. */
async function moveSchedule(tx: Tx, job: string, now: Date): Promise<void> {
  const [row] = await tx.select().from(jobDefinitions).where(eq(jobDefinitions.id, job));
  if (!row?.cron || !row.timeZone) return;
  const nextAt = nextFiring({ expr: row.cron, timeZone: row.timeZone }, now);
  await tx.update(jobDefinitions).set({ nextAt }).where(eq(jobDefinitions.id, job));
}
