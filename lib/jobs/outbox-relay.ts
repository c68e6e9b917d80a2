import { asc, inArray, isNull } from "drizzle-orm";
import type { Inngest } from "inngest";
import type { Clock } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { jobEvents } from "@/lib/db/schema/jobs";
import { jsonBytes } from "@/lib/jobs/limits";

const AT_ONCE = 100;
/** Inngest takes 10 MiB in one post. */
const BYTES_AT_ONCE = 8 * 1024 * 1024;

/**
 * Sends what the outbox holds, oldest first; answers whether there was anything. An event is sent at
 * least once, and its id makes that once for 24 hours. What the server does not take stays.
 */
export function outboxRelay(db: Db, client: Inngest.Any, clock: Clock) {
  return (): Promise<boolean> =>
    db.transaction(async (tx) => {
      const waiting = await tx
        .select()
        .from(jobEvents)
        .where(isNull(jobEvents.handledAt))
        .orderBy(asc(jobEvents.seq))
        .limit(AT_ONCE)
        .for("update", { skipLocked: true });
      const batch = asManyAsFit(waiting);
      if (batch.length === 0) return false;
      await client.send(batch.map(({ id, name, data }) => ({ id, name, data })));
      const sent = batch.map((row) => row.id);
      await tx.update(jobEvents).set({ handledAt: clock() }).where(inArray(jobEvents.id, sent));
      return true;
    });
}

function asManyAsFit<Event extends { data: unknown }>(events: Event[]): Event[] {
  let bytes = 0;
  return events.filter(({ data }, nth) => {
    bytes += jsonBytes(data);
    return nth === 0 || bytes <= BYTES_AT_ONCE;
  });
}
