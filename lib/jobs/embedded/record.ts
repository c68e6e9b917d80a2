import { and, eq } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { jobQueue, jobWaits, type StoredError } from "@/lib/db/schema/jobs";
import { retryAt } from "@/lib/jobs/embedded/backoff";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { checkSize, type Effect, effectOf } from "@/lib/jobs/embedded/effects";
import { type Outcome, storedError } from "@/lib/jobs/embedded/protocol";
import {
  createRun,
  finishRun,
  type Item,
  type Lease,
  lockActiveRun,
  type Run,
  resumeWhenIdle,
  saveStep,
} from "@/lib/jobs/embedded/run-state";
import { wake } from "@/lib/jobs/outbox";

/** What became of a call, for the log. */
export type Recorded =
  | { as: "lost" }
  | { as: "going on"; next: Item | null }
  | { as: "completed" }
  | { as: "retrying"; at: Date; error: StoredError }
  | { as: "failed"; error: StoredError };

/**
 * Writes what a call came to and what follows from it in one transaction. A call whose lease was lost
 * meanwhile is dropped: somebody else has it. With `keep`, the run's next call comes back leased.
 */
export async function record(
  engine: EngineContext,
  item: Item,
  outcome: Outcome,
  keep: boolean,
): Promise<Recorded> {
  const now = engine.clock();
  return engine.db.transaction(async (tx): Promise<Recorded> => {
    const run = await lockActiveRun(tx, item.runId);
    if (!run) return { as: "lost" };
    // The attempt tells this lease from an earlier one of our own that ran out.
    const ours = and(
      eq(jobQueue.id, item.id),
      eq(jobQueue.owner, engine.owner),
      eq(jobQueue.attempt, item.attempt),
    );
    const maxAttempts = engine.definitions.get(item.job)?.maxAttempts ?? 1;
    const retry = item.attempt + 1 < maxAttempts ? retryOf(outcome) : null;
    if (retry) {
      const at = retryAt(now, item.attempt, retry.after, engine.backoff);
      const [held] = await tx
        .update(jobQueue)
        .set({
          attempt: item.attempt + 1,
          dueAt: at,
          owner: null,
          leaseUntil: null,
          lastError: retry.error,
        })
        .where(ours)
        .returning();
      return held ? { as: "retrying", at, error: retry.error } : { as: "lost" };
    }
    const [held] = await tx.delete(jobQueue).where(ours).returning();
    if (!held) return { as: "lost" };
    const { owner, leaseMs } = engine;
    const lease = keep ? { owner, leaseUntil: later(now, leaseMs) } : null;
    return conclude(engine, tx, run, outcome, lease, now);
  });
}

function retryOf(outcome: Outcome): { error: StoredError; after: string | null } | null {
  if (outcome.kind === "error" && outcome.retriable) {
    return { error: outcome.error, after: outcome.retryAfter };
  }
  const failed = outcome.kind === "ops" && outcome.ops.find((op) => op.op === "StepError");
  return failed ? { error: storedError(failed.error), after: outcome.retryAfter } : null;
}

async function conclude(
  engine: EngineContext,
  tx: Tx,
  run: Run,
  outcome: Outcome,
  lease: Lease | null,
  now: Date,
): Promise<Recorded> {
  const next = whatFollows(outcome, run, now);
  if (next.kind === "failed") {
    await finishRun(tx, run, { state: "failed", error: next.error }, now);
    return { as: "failed", error: next.error };
  }
  if (next.kind === "completed") {
    await finishRun(tx, run, { state: "completed", result: next.result }, now);
    return { as: "completed" };
  }
  for (const effect of next.effects) await apply(engine, tx, run, effect, now);
  if (next.effects.length > 1) await wake(tx, "work");
  return { as: "going on", next: await resumeWhenIdle(tx, run, now, lease) };
}

type Next =
  | { kind: "completed"; result: unknown }
  | { kind: "failed"; error: StoredError }
  | { kind: "effects"; effects: Effect[] };

function whatFollows(outcome: Outcome, run: Run, now: Date): Next {
  if (outcome.kind === "error") return { kind: "failed", error: outcome.error };
  try {
    if (outcome.kind === "ops") {
      return { kind: "effects", effects: outcome.ops.map((op) => effectOf(op, run.event, now)) };
    }
    checkSize(run.job, outcome.result);
    return { kind: "completed", result: outcome.result };
  } catch (error) {
    return { kind: "failed", error: { name: "UnsupportedError", message: messageOf(error) } };
  }
}

async function apply(
  engine: EngineContext,
  tx: Tx,
  run: Run,
  effect: Effect,
  now: Date,
): Promise<void> {
  const { stepId, name } = effect;
  const step = { runId: run.id, stepId, name };
  if (effect.kind === "memo") return saveStep(tx, step, effect.memo, now);
  if (effect.kind === "call") {
    const { job, concurrencyKeys } = run;
    await tx.insert(jobQueue).values({ runId: run.id, stepId, job, concurrencyKeys, dueAt: now });
    return;
  }
  const wait = { ...step, kind: effect.kind, dueAt: effect.until };
  if (effect.kind === "sleep") {
    await tx.insert(jobWaits).values(wait);
  } else if (effect.kind === "event") {
    const { event: eventName, match } = effect;
    const matching = match && { matchPath: match.path, matchValue: match.value };
    await tx.insert(jobWaits).values({ ...wait, eventName, ...matching });
  } else {
    const childRunId = await invoke(engine, tx, run, effect, now);
    if (childRunId) await tx.insert(jobWaits).values({ ...wait, childRunId });
    else {
      const message = `${effect.job} is not known here, or is held back by its singleton`;
      await saveStep(tx, step, { type: "error", error: { name: "InvokeError", message } }, now);
    }
  }
}

async function invoke(
  engine: EngineContext,
  tx: Tx,
  run: Run,
  effect: Effect & { kind: "invoke" },
  now: Date,
): Promise<string | null> {
  const definition = engine.definitions.get(effect.job);
  const event = {
    id: `${run.id}:${effect.stepId}`,
    name: "inngest/function.invoked",
    data: effect.data,
    ts: now.getTime(),
  };
  return definition ? createRun(tx, definition, event, now) : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
