import { createHmac, randomUUID } from "node:crypto";
import { serveWeb } from "@/lib/cli/serve-web";
import { SECOND, sleep } from "@/lib/core/time";
import type { Memo, StoredEvent } from "@/lib/db/schema/jobs";
import { moment } from "@/lib/jobs/duration";
import { type Op, type Outcome, readOutcome, storedError } from "@/lib/jobs/embedded/protocol";
import { standInWaits } from "./inngest-stand-in-waits";

type Registered = {
  id: string;
  triggers: { event?: string; expression?: string }[];
  steps: { step: { runtime: { url: string }; retries: { attempts: number } } };
};
type Ending = "over" | undefined;
type Run = { id: string; job: Registered; event: StoredEvent; memos: Map<string, Memo> };

export type StandInOptions = {
  signingKey: string;
  /** An older server: it has never heard of checkpoints. */
  knowsCheckpoints?: boolean;
};

/**
 * As much of an Inngest server as drives functions: registration, events, signed calls, checkpoints.
 * No limits and no schedules; for those there is the real one.
 */
export async function inngestStandIn({ signingKey, knowsCheckpoints = true }: StandInOptions) {
  const jobs = new Map<string, Registered>();
  const seen = new Set<string>();
  const runs = new Map<string, Run>();
  const waits = standInWaits();
  const received: { path: string; authorization: string | null; body: unknown }[] = [];
  const checkpoints: Op[] = [];

  /** Calls the function until this step of it, or all of it, is over. */
  async function call(run: Run, stepId: string, attempt: number): Promise<Ending> {
    const outcome = await readOutcome(await post(run, stepId, attempt, signingKey));
    if (outcome.kind === "finished") return finish(run, { type: "data", data: outcome.result });
    const mayRetry = attempt < run.job.steps.step.retries.attempts;
    if (mayRetry && wantsRetry(outcome)) {
      await sleep(delay(outcome.retryAfter));
      return call(run, stepId, attempt + 1);
    }
    if (outcome.kind === "error") return finish(run, { type: "error", error: outcome.error });
    const endings = await Promise.all(outcome.ops.map((op) => carryOut(run, op)));
    if (endings.includes("over")) return "over";
    return stepId === "step" ? call(run, "step", 0) : undefined;
  }

  async function carryOut(run: Run, op: Op): Promise<Ending> {
    if (op.op === "StepPlanned") return call(run, op.id, 0);
    if (op.op === "RunComplete") return finish(run, { type: "data", data: op.data });
    if (op.op === "DiscoveryRequest") return;
    const answer = answers[op.op];
    if (!answer) throw new Error(`the stand-in does not know ${op.op}`);
    run.memos.set(op.id, await answer(op, run));
  }

  const ran = (op: Op): Memo => ({ type: "data", data: op.data ?? null });
  const failed = (op: Op): Memo => ({ type: "error", error: storedError(op.error) });
  const answers: Record<string, (op: Op, run: Run) => Memo | Promise<Memo>> = {
    StepRun: ran,
    StepError: failed,
    StepFailed: failed,
    async Sleep(op) {
      await sleep(fromNow(op.name ?? ""));
      return { type: "data", data: null };
    },
    WaitForEvent: async (op, run) => ({ type: "data", data: await waits.event(op, run.event) }),
    InvokeFunction(op) {
      const { function_id, payload } = op.opts as {
        function_id: string;
        payload: { data: object };
      };
      const event = newEvent({ name: "inngest/function.invoked", data: { ...payload.data } });
      return start(function_id, event);
    },
  };

  async function start(jobId: string, event: StoredEvent): Promise<Memo> {
    const job = jobs.get(jobId);
    if (!job) throw new Error(`no job ${jobId}`);
    const run: Run = { id: randomUUID(), job, event, memos: new Map() };
    runs.set(run.id, run);
    const over = waits.end(run.id);
    void call(run, "step", 0).catch((error: unknown) =>
      finish(run, { type: "error", error: storedError(error) }),
    );
    return over;
  }

  function finish(run: Run, memo: Memo): Ending {
    waits.ended(run.id, memo);
    if (memo.type === "error" && run.event.name !== "inngest/function.failed") {
      const data = { function_id: run.job.id, run_id: run.id, error: memo.error, event: run.event };
      receive([{ name: "inngest/function.failed", data }]);
    }
    return "over";
  }

  function receive(events: { id?: string; name: string; data: Record<string, unknown> }[]) {
    const fresh = events.map(newEvent).filter(({ id }) => !seen.has(id));
    for (const event of fresh) {
      seen.add(event.id);
      waits.answer(event);
      for (const job of jobs.values()) if (startsOn(job, event)) void start(job.id, event);
    }
  }

  function checkpoint(runId: string, steps: Op[]): Response {
    if (!knowsCheckpoints) return new Response("404 page not found", { status: 404 });
    checkpoints.push(...steps);
    const run = runs.get(runId);
    for (const op of steps) {
      if (op.op === "StepRun") run?.memos.set(op.id, { type: "data", data: op.data ?? null });
    }
    return Response.json({});
  }

  const server = await serveWeb({ host: "127.0.0.1", port: 0 }, async (request) => {
    const { pathname } = new URL(request.url);
    const body = JSON.parse((await request.text()) || "null");
    received.push({ path: pathname, authorization: request.headers.get("authorization"), body });
    if (pathname === "/fn/register") {
      for (const job of body.functions as Registered[]) jobs.set(job.id, job);
      return Response.json({ status: 200, modified: true });
    }
    if (pathname.startsWith("/e/")) {
      receive(body);
      return Response.json({ status: 200, ids: body.map(() => randomUUID()) });
    }
    const [, runId] = /^\/v1\/checkpoint\/([^/]+)\/async$/.exec(pathname) ?? [];
    return runId ? checkpoint(runId, body.steps) : new Response(null, { status: 404 });
  });

  return { url: server.url, close: server.close, received, checkpoints };
}

/** A call of the function as the server makes it: signed, with all it knows of the run. */
function post(run: Run, stepId: string, attempt: number, signingKey: string): Promise<Response> {
  const { retries, runtime } = run.job.steps.step;
  const url = new URL(runtime.url);
  url.searchParams.set("stepId", stepId);
  const order = [...run.memos.keys()];
  const body = sorted({
    version: 2,
    event: run.event,
    events: [run.event],
    steps: Object.fromEntries(run.memos),
    ctx: {
      run_id: run.id,
      fn_id: run.job.id,
      qi_id: randomUUID(),
      attempt,
      max_attempts: retries.attempts + 1,
      disable_immediate_execution: false,
      use_api: false,
      stack: { stack: order, current: order.length },
    },
  });
  const time = Math.round(Date.now() / SECOND);
  const hmac = createHmac("sha256", signingKey).update(`${body}${time}`).digest("hex");
  const signature = { "x-inngest-signature": `t=${time}&s=${hmac}` };
  return fetch(url, { method: "POST", body, headers: { ...signature, ...json } });
}

const json = { "content-type": "application/json" };

function wantsRetry(outcome: Exclude<Outcome, { kind: "finished" }>): boolean {
  if (outcome.kind === "error") return outcome.retriable;
  return outcome.ops.some(({ op }) => op === "StepError");
}

const fromNow = (text: string) => moment(text, new Date()).getTime() - Date.now();

const delay = (retryAfter: string | null) =>
  retryAfter === null ? 50 : fromNow(/^\d+$/.test(retryAfter) ? `${retryAfter}s` : retryAfter);

const newEvent = (event: {
  id?: string;
  name: string;
  data: Record<string, unknown>;
}): StoredEvent => ({
  ...event,
  id: event.id ?? randomUUID(),
  ts: Date.now(),
});

function startsOn(job: Registered, { name, data }: StoredEvent): boolean {
  return job.triggers.some(
    ({ event, expression }) =>
      event === name && (!expression || expression.includes(`'${data.function_id}'`)),
  );
}

/** JSON with its keys in alphabetical order, as the signature wants them. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
