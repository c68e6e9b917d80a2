import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { jobQueue } from "@/lib/db/schema/jobs";
import { type Candidate, candidates } from "@/lib/jobs/embedded/candidates";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import type { Item } from "@/lib/jobs/embedded/run-state";

/** One claim at a time in the whole installation: limits are counted, then taken, and nobody is in between. */
const CLAIM_LOCK = 7_262_001;

/**
 * Takes up to `places` due calls under a lease, oldest first, never going over a concurrency limit
 * in any process. Only jobs this process knows.
 */
export async function claim(engine: EngineContext, places: number): Promise<Item[]> {
  const now = engine.clock();
  return engine.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`);
    const room = await freeRoom(engine, tx);
    const claimed: Item[] = [];
    while (claimed.length < places) {
      const full = [...room].filter(([, free]) => free <= 0).map(([key]) => key);
      const found = await candidates(engine, tx, { full, limit: places - claimed.length, now });
      if (found.length === 0) break;
      claimed.push(
        ...(await lease(
          engine,
          tx,
          found.filter((one) => takeRoom(room, engine, one)),
        )),
      );
    }
    return claimed;
  });
}

async function lease(engine: EngineContext, tx: Tx, chosen: Candidate[]): Promise<Item[]> {
  const ids = chosen.map(({ id }) => id);
  return tx
    .update(jobQueue)
    .set({ owner: engine.owner, leaseUntil: later(engine.clock(), engine.leaseMs) })
    .where(inArray(jobQueue.id, ids))
    .returning();
}

type Room = Map<string, number>;

async function freeRoom(engine: EngineContext, tx: Tx): Promise<Room> {
  const key = sql<string>`unnest(${jobQueue.concurrencyKeys})`;
  const taken = await tx
    .select({ key, count: sql<number>`count(*)::int` })
    .from(jobQueue)
    .where(isNotNull(jobQueue.owner))
    .groupBy(sql`1`);
  return new Map(taken.map((row) => [row.key, limitOf(engine, row.key) - row.count]));
}

function takeRoom(room: Room, engine: EngineContext, one: Candidate): boolean {
  const free = one.concurrencyKeys.map((key) => room.get(key) ?? limitOf(engine, key));
  if (free.some((places) => places <= 0)) return false;
  one.concurrencyKeys.forEach((key, index) => {
    room.set(key, (free[index] ?? 1) - 1);
  });
  return true;
}

/** A key is `job:index of the limit:value`; the limit itself is today's code's. */
function limitOf(engine: EngineContext, key: string): number {
  const [job = "", index] = key.split(":");
  return engine.definitions.get(job)?.concurrency[Number(index)]?.limit ?? Number.POSITIVE_INFINITY;
}

/**
 * Prolongs this engine's leases in the runs it is working on; answers in which of them it still holds
 * some. What it lost track of must run out: else nobody would ever take it up.
 */
export async function renewLeases(engine: EngineContext, runIds: string[]): Promise<Set<string>> {
  const held = await engine.db
    .update(jobQueue)
    .set({ leaseUntil: later(engine.clock(), engine.leaseMs) })
    .where(and(eq(jobQueue.owner, engine.owner), inArray(jobQueue.runId, runIds)))
    .returning({ runId: jobQueue.runId });
  return new Set(held.map((row) => row.runId));
}

/** Gives calls back as they were: no attempt is used up. */
export async function releaseLeases(engine: EngineContext): Promise<void> {
  await engine.db
    .update(jobQueue)
    .set({ owner: null, leaseUntil: null, dueAt: engine.clock() })
    .where(eq(jobQueue.owner, engine.owner));
}
