import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { jobEvents, jobRuns, jobWaits, type StoredEvent } from "@/lib/db/schema/jobs";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { type Definition, localId, valueAt } from "@/lib/jobs/embedded/definition";
import { createRun, finishRun, lockActiveRun, settleWait } from "@/lib/jobs/embedded/run-state";

/** One event at a time in the whole installation, in the order they were emitted: a cancellation never overtakes its run. */
const ROUTE_LOCK = 7_262_002;
const AT_ONCE = 100;

/** Turns emitted events into cancellations, answers to waits, and runs. */
export async function routeEvents(engine: EngineContext): Promise<void> {
  for (let routed = 0; routed < AT_ONCE && (await routeNext(engine)); ) routed += 1;
}

async function routeNext(engine: EngineContext): Promise<boolean> {
  const now = engine.clock();
  return engine.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ROUTE_LOCK})`);
    const [row] = await tx
      .select()
      .from(jobEvents)
      .where(isNull(jobEvents.handledAt))
      .orderBy(asc(jobEvents.seq))
      .limit(1);
    if (!row) return false;
    const event = { id: row.id, name: row.name, data: row.data, ts: now.getTime() };
    for (const definition of engine.definitions.values()) {
      await cancelRuns(tx, definition, event, now);
    }
    await answerWaits(tx, event, now);
    for (const definition of engine.definitions.values()) {
      if (startsOn(definition, event)) await createRun(tx, definition, event, now);
    }
    await tx.update(jobEvents).set({ handledAt: now }).where(eq(jobEvents.id, row.id));
    return true;
  });
}

function startsOn(definition: Definition, { name, data }: StoredEvent): boolean {
  if (definition.handlesFailureOf === null) return definition.events.includes(name);
  return (
    name === "inngest/function.failed" &&
    localId(String(data.function_id)) === definition.handlesFailureOf
  );
}

async function cancelRuns(
  tx: Tx,
  definition: Definition,
  event: StoredEvent,
  now: Date,
): Promise<void> {
  for (const { event: name, path } of definition.cancelOn) {
    if (name !== event.name) continue;
    const value = JSON.stringify(valueAt(event.data, path) ?? null);
    const inRun = sql`${jobRuns.event} #> string_to_array(${["data", ...path].join(".")}, '.')`;
    const runs = await tx
      .select({ id: jobRuns.id })
      .from(jobRuns)
      .where(
        and(
          eq(jobRuns.job, definition.id),
          inArray(jobRuns.state, ["queued", "running"]),
          sql`${inRun} = ${value}::jsonb`,
        ),
      )
      .orderBy(asc(jobRuns.id));
    for (const { id } of runs) {
      const run = await lockActiveRun(tx, id);
      if (run) await finishRun(tx, run, { state: "cancelled", error: null }, now);
    }
  }
}

async function answerWaits(tx: Tx, event: StoredEvent, now: Date): Promise<void> {
  const data = JSON.stringify(event.data);
  const waits = await tx
    .select()
    .from(jobWaits)
    .where(
      and(
        eq(jobWaits.eventName, event.name),
        or(
          isNull(jobWaits.matchPath),
          sql`${data}::jsonb #> string_to_array(${jobWaits.matchPath}, '.') = ${jobWaits.matchValue}`,
        ),
      ),
    )
    .orderBy(asc(jobWaits.runId));
  for (const wait of waits) await settleWait(tx, wait, { type: "data", data: event }, now);
}
