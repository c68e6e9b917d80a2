import { HOUR, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "./access";
import { addFigures, type Figures } from "./figure-queries";
import { bucketOf, noLatencies } from "./latency-rules";

/** A batch is written after so long, or so many calls; a process that is killed loses one. */
const FLUSH_MS = 10 * SECOND;
const FLUSH_CALLS = 200;

type Batch = { since: number; calls: number; figures: Map<string, Figures> };

const batches = new WeakMap<KaspiAccess, Batch>();

/** Counts a call through an exit, with how long its answer took. Writes once per batch. */
export async function countCall(
  access: KaspiAccess,
  exitId: string,
  call: { ms: number; answered: boolean },
): Promise<void> {
  const now = access.clock().getTime();
  const batch = batches.get(access) ?? { since: now, calls: 0, figures: new Map() };
  batches.set(access, batch);
  const hour = Math.floor(now / HOUR) * HOUR;
  const key = `${exitId}:${hour}`;
  const known = batch.figures.get(key);
  const figures = known ?? {
    ...{ exitId, hour: new Date(hour), requests: 0, failures: 0 },
    latencies: noLatencies(),
  };
  batch.figures.set(key, figures);
  figures.requests += 1;
  if (!call.answered) figures.failures += 1;
  else {
    const bucket = bucketOf(call.ms);
    figures.latencies[bucket] = (figures.latencies[bucket] ?? 0) + 1;
  }
  batch.calls += 1;
  if (batch.calls >= FLUSH_CALLS || now - batch.since >= FLUSH_MS) await flushFigures(access);
}

/** Writes what this process has counted and not written yet. */
export async function flushFigures(access: KaspiAccess): Promise<void> {
  const batch = batches.get(access);
  if (!batch) return;
  batches.delete(access);
  await addFigures(access.db, [...batch.figures.values()]);
}
