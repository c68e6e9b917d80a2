import { asc, inArray, isNull } from "drizzle-orm";
import type { Inngest } from "inngest";
import type { Clock } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { jobEvents } from "@/lib/db/schema/jobs";
import { jsonBytes } from "@/lib/jobs/limits";

const AT_ONCE = 100;
/** Inngest takes 10 MiB in one post. */
const BYTES_AT_ONCE = 8 * 1024 * 1024;
/** The server's answers that are about events; the others are about the key, the pace or the way there. */
const REFUSAL = /^Inngest API Error: (400|406|409|412|413|422) /;

export type Waiting = typeof jobEvents.$inferSelect;
export type Refusal = { event: Waiting; error: Error };

export type RelayOptions = {
  db: Db;
  client: Inngest.Any;
  clock: Clock;
  /** Keeps what the server will not take, in the transaction that takes it out of the outbox. */
  keep(tx: Tx, refusal: Refusal, now: Date): Promise<void>;
};

/**
 * Sends what the outbox holds, oldest first; answers whether there was anything. An event is sent at
 * least once, and its id makes that once for 24 hours. What the server refuses by itself stands in
 * nobody's way; while the server is in trouble everything stays, and the relay throws.
 */
export function outboxRelay({ db, client, clock, keep }: RelayOptions): () => Promise<boolean> {
  /** All at once or, when that is refused, each alone; answers what is refused even so. */
  async function send(events: Waiting[]): Promise<Refusal[]> {
    try {
      await client.send(events.map(({ id, name, data }) => ({ id, name, data })));
      return [];
    } catch (error) {
      if (!(error instanceof Error && REFUSAL.test(error.message))) throw error;
      const [event, ...others] = events;
      if (event && others.length === 0) return [{ event, error }];
      const refused: Refusal[] = [];
      for (const one of events) refused.push(...(await send([one])));
      return refused;
    }
  }

  return () =>
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
      const refused = await send(batch);
      const now = clock();
      for (const refusal of refused) await keep(tx, refusal, now);
      const ids = batch.map(({ id }) => id);
      await tx.update(jobEvents).set({ handledAt: now }).where(inArray(jobEvents.id, ids));
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
