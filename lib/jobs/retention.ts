import { and, eq, isNotNull, lt } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { jobEvents, jobRuns, jobThrottles } from "@/lib/db/schema/jobs";

/** As long as Inngest remembers ids and idempotency keys. */
const REMEMBER_IDS = DAY;
const KEEP_COMPLETED = 7 * DAY;
const KEEP_OTHERS = 30 * DAY;

/** Forgets what is over: ids after a day, completed runs after 7 days, failed and cancelled ones after 30. */
export async function forget(db: Db, now: Date): Promise<void> {
  await db.delete(jobEvents).where(lt(jobEvents.handledAt, later(now, -REMEMBER_IDS)));
  await db.delete(jobThrottles).where(lt(jobThrottles.exhaustedUntil, later(now, -REMEMBER_IDS)));
  await db
    .update(jobRuns)
    .set({ idempotencyKey: null })
    .where(and(isNotNull(jobRuns.idempotencyKey), lt(jobRuns.queuedAt, later(now, -REMEMBER_IDS))));
  await db
    .delete(jobRuns)
    .where(
      and(eq(jobRuns.state, "completed"), lt(jobRuns.finishedAt, later(now, -KEEP_COMPLETED))),
    );
  await db.delete(jobRuns).where(lt(jobRuns.finishedAt, later(now, -KEEP_OTHERS)));
}
