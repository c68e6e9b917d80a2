import { HOUR, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "./access";
import { addFigures, type Figures } from "./figure-queries";
import { kept } from "./kept";
import { bucketOf, noLatencies } from "./latency-rules";

/** A batch is written after so long, or so many calls; a process that is killed loses one. */
const FLUSH_MS = 10 * SECOND;
const FLUSH_CALLS = 200;

type Batch = { since: number; calls: number; figures: Map<string, Figures> };

/** Empty between a batch and the next one. */
const countedBy = kept("figures", (): { batch: Batch | null } => ({ batch: null }));

/** Counts a call through an exit, with how long its answer took. Writes once per batch. */
export async function countCall(
  access: KaspiAccess,
  exitId: string,
  call: { ms: number; answered: boolean },
): Promise<void> {
  const now = access.clock().getTime();
  const counted = countedBy(access);
  counted.batch ??= { since: now, calls: 0, figures: new Map() };
  const latencies = noLatencies();
  if (call.answered) latencies[bucketOf(call.ms)] = 1;
  const hour = new Date(Math.floor(now / HOUR) * HOUR);
  const failures = call.answered ? 0 : 1;
  add(counted.batch, { ...{ exitId, hour, requests: 1, failures }, latencies });
  counted.batch.calls += 1;
  const { since, calls } = counted.batch;
  if (calls >= FLUSH_CALLS || now - since >= FLUSH_MS) await flushFigures(access);
}

function add({ figures }: Batch, more: Figures): void {
  const key = `${more.exitId}:${more.hour.getTime()}`;
  const sum = figures.get(key);
  if (!sum) {
    figures.set(key, more);
    return;
  }
  sum.requests += more.requests;
  sum.failures += more.failures;
  sum.latencies = sum.latencies.map((count, nth) => count + (more.latencies[nth] ?? 0));
}

/** Writes what this process has counted and not written yet. What cannot be written waits for the next batch. */
export async function flushFigures(access: KaspiAccess): Promise<void> {
  const counted = countedBy(access);
  const { batch } = counted;
  if (!batch) return;
  counted.batch = null;
  try {
    await addFigures(access.db, [...batch.figures.values()]);
  } catch (error) {
    const next = counted.batch ?? {
      ...{ since: access.clock().getTime(), calls: 0 },
      figures: new Map(),
    };
    counted.batch = next;
    for (const figures of batch.figures.values()) add(next, figures);
    throw error;
  }
}
