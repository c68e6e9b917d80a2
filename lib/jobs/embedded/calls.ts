import { later, SECOND } from "@/lib/core/time";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { makeCall, prepareCall, type SdkCall } from "@/lib/jobs/embedded/execute";
import { insist } from "@/lib/jobs/embedded/insist";
import type { Outcome } from "@/lib/jobs/embedded/protocol";
import { type Recorded, record } from "@/lib/jobs/embedded/record";
import type { Item } from "@/lib/jobs/embedded/run-state";
import { JobStopped } from "@/lib/jobs/job-stopped";
import { originOfRun } from "@/lib/jobs/of-request";
import { comingFrom } from "@/lib/log/origin";

type Running = { runId: string; controller: AbortController; done: Promise<void> };

/** For so long a run goes from step to step without queueing; then it is the others' turn. */
const KEEP = SECOND;

/** The calls this process is making. `onDone` runs whenever a place is free again. */
export function runningCalls(engine: EngineContext, sdk: SdkCall, onDone: () => void) {
  const running = new Set<Running>();
  let closed = false;
  const abort = (calls: Iterable<Running>, why: string) => {
    for (const { controller } of calls) controller.abort(new JobStopped(why));
  };
  return {
    get count() {
      return running.size;
    },
    start(item: Item) {
      if (closed) return;
      const controller = new AbortController();
      const done = carryOn(engine, sdk, item, controller.signal).finally(() => {
        running.delete(call);
        onDone();
      });
      const call = { runId: item.runId, controller, done };
      running.add(call);
    },
    /** Resolves when any of them, or `all`, are over. */
    async over(which: "any" | "all") {
      const done = [...running].map((call) => call.done);
      await (which === "any" ? Promise.race(done) : Promise.all(done));
    },
    /** Asks in which of its runs a lease is still held, and stops the calls in others. */
    async keepOnly(held: (runIds: string[]) => Promise<Set<string>>) {
      const asked = [...running];
      if (asked.length === 0) return;
      const ours = await held(asked.map((call) => call.runId));
      abort(
        asked.filter((call) => !ours.has(call.runId)),
        "cancelled, or taken over",
      );
    },
    /** Starts nothing any more; what was claimed meanwhile stays leased until it is given back. */
    stopAll() {
      closed = true;
      abort(running, "the process is stopping");
    },
  };
}

async function carryOn(
  engine: EngineContext,
  sdk: SdkCall,
  first: Item,
  signal: AbortSignal,
): Promise<void> {
  const until = later(engine.clock(), KEEP);
  let item: Item | null = first;
  try {
    while (item) item = await carryOut(engine, sdk, item, until, signal);
  } catch (error) {
    const { job, runId: run } = first;
    engine.log.error({ job, run, err: error }, "Job engine lost a call");
  }
}

/** Makes the call and writes down what it came to; answers the next one, if it is ours already. */
async function carryOut(
  engine: EngineContext,
  sdk: SdkCall,
  item: Item,
  until: Date,
  signal: AbortSignal,
): Promise<Item | null> {
  const call = await insist(engine, () => prepareCall(engine, item));
  if (!call) return null;
  return comingFrom(originOfRun(item.job, call.runId, call.event.data), async () => {
    const outcome = await makeCall(sdk, call, signal);
    if (signal.aborted && mayBeOurDoing(item, call.maxAttempts, outcome)) return null;
    const recorded = await insist(engine, () => {
      const keep = !signal.aborted && engine.clock() < until;
      return record(engine, item, outcome, keep);
    });
    report(engine, item, recorded);
    return recorded.as === "going on" ? recorded.next : null;
  });
}

/** An error after the signal was aborted is taken for its echo; the call stays leased and is given back. */
function mayBeOurDoing({ attempt }: Item, maxAttempts: number, outcome: Outcome): boolean {
  const last = attempt + 1 >= maxAttempts;
  if (outcome.kind === "error") return outcome.retriable || last;
  if (outcome.kind === "finished") return false;
  return outcome.ops.some((op) => op.op === "StepError" || (op.op === "StepFailed" && last));
}

function report({ log }: EngineContext, { job, runId: run, attempt }: Item, recorded: Recorded) {
  if (recorded.as === "failed") log.error({ job, run, error: recorded.error }, "Job failed");
  if (recorded.as === "retrying") {
    const { at, error } = recorded;
    log.warn({ job, run, attempt, at, error }, "Job will be tried again");
  }
}
