import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { type EventData, jobEvents } from "@/lib/db/schema/jobs";
import { jsonBytes, limits } from "@/lib/jobs/limits";
import { withRequest } from "@/lib/jobs/of-request";

/** What `eventType(…).create(data, { id })` returns. */
export type Outgoing = {
  name: string;
  data: EventData;
  /** An event whose id was seen in the last 24 hours is dropped. */
  id?: string | undefined;
  ts?: number | undefined;
  validate?: () => Promise<void>;
};

/** Postgres NOTIFY channel; the payload says what woke the engines. */
export const CHANNEL = "duken_jobs";
export type Wake = "work" | "cancelled";

/** Wakes every engine once the transaction commits. */
export async function wake(tx: Tx, why: Wake): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${why})`);
}

/**
 * Puts events into the outbox inside the caller's transaction: they happen if and only if it commits.
 * Returns their ids. Throws if an event does not fit its schema, is over Inngest's size, or is dated
 * (`ts`): a job that must run later sleeps.
 */
export async function emit(tx: Tx, events: Outgoing[]): Promise<string[]> {
  if (events.length === 0) return [];
  if (events.length > limits.eventsPerRequest) {
    throw new RangeError(`${events.length} events at once, ${limits.eventsPerRequest} at most`);
  }
  for (const event of events) await check(event);
  const rows = events.map(({ id, name, data }) => ({
    id: id ?? randomUUID(),
    name,
    data: withRequest(data),
  }));
  await tx.insert(jobEvents).values(rows).onConflictDoNothing();
  await wake(tx, "work");
  return rows.map((row) => row.id);
}

async function check(event: Outgoing): Promise<void> {
  if (event.ts !== undefined) throw new RangeError(`${event.name}: events cannot be dated`);
  if (jsonBytes(event.data) > limits.event) {
    throw new RangeError(`${event.name}: over ${limits.event} bytes`);
  }
  await event.validate?.();
}
