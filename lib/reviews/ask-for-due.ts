import { DAY, later } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { resolveOld } from "@/lib/notices/queries";
import { addShops, takeDue } from "./due-queries";

/** At a time: reading reviews may not keep the market waiting. */
const MOST_AT_ONCE = 50;

/** What was said of a review is put away by itself, whether or not anybody has minded. */
const KEEP_TOLD_MS = 14 * DAY;

/** Asks for the lists that are due, shops of new stores among them. Answers how many. */
export async function askForDue(db: Db, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    await addShops(tx);
    await resolveOld(tx, "low_review", later(now, -KEEP_TOLD_MS), now);
    const due = await takeDue(tx, MOST_AT_ONCE, now);
    const asked = due.map((one) => events.reviewsRequested.create({ ...one, runId: null }));
    await emit(tx, asked);
    return due.length;
  });
}
