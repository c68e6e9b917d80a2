import { and, asc, eq } from "drizzle-orm";
import { later } from "@/lib/core/time";
import { jobRuns, jobSteps } from "@/lib/db/schema/jobs";
import { APP_ID } from "@/lib/jobs/client";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import {
  type Call,
  callRequest,
  failed,
  type Outcome,
  readOutcome,
  storedError,
} from "@/lib/jobs/embedded/protocol";
import type { Item } from "@/lib/jobs/embedded/run-state";
import { jsonBytes, limits } from "@/lib/jobs/limits";

/** The SDK's handler: in this process, or over HTTP to our own route while developing. */
export type SdkCall = (request: Request) => Promise<Response>;

/** Makes the call. Never throws: what the job does wrong is the outcome. */
export async function makeCall(sdk: SdkCall, call: Call, signal: AbortSignal): Promise<Outcome> {
  if (jsonBytes(call.steps) > limits.runState) {
    return overLimit(`more than ${limits.runState} bytes of step results`);
  }
  try {
    const outcome = await readOutcome(await sdk(callRequest(call, signal)));
    const steps = call.steps.length + (outcome.kind === "ops" ? outcome.ops.length : 0);
    return steps > limits.stepsPerRun
      ? overLimit(`more than ${limits.stepsPerRun} steps`)
      : outcome;
  } catch (error) {
    return { kind: "error", error: storedError(error), retriable: true, retryAfter: null };
  }
}

/** Everything the SDK needs to know for this call; null if the run is over. */
export async function prepareCall(engine: EngineContext, item: Item): Promise<Call | null> {
  const { db, clock, definitions } = engine;
  const [run] = await db.select().from(jobRuns).where(eq(jobRuns.id, item.runId));
  const definition = definitions.get(item.job);
  if (!run || run.finishedAt || !definition) return null;
  if (run.state === "queued") {
    const startedAt = clock();
    const { finishMs } = definition;
    const deadline = finishMs === null ? null : later(startedAt, finishMs);
    await db
      .update(jobRuns)
      .set({ state: "running", startedAt, deadline })
      .where(and(eq(jobRuns.id, run.id), eq(jobRuns.state, "queued")));
  }
  const steps = await db
    .select({ id: jobSteps.id, memo: jobSteps.memo })
    .from(jobSteps)
    .where(eq(jobSteps.runId, run.id))
    .orderBy(asc(jobSteps.seq));
  return {
    functionId: `${APP_ID}-${item.job}`,
    stepId: item.stepId,
    runId: run.id,
    attempt: item.attempt,
    maxAttempts: definition.maxAttempts,
    event: run.event,
    steps,
  };
}

function overLimit(message: string): Outcome {
  return failed({ name: "LimitError", message });
}
