import { SECOND, sleep } from "@/lib/core/time";
import { JobStopped } from "@/lib/jobs/job-stopped";

type Served = { stopping: AbortController; running: Set<Promise<unknown>> };

// The route and the start of the process are bundled apart: they meet here.
const shared = globalThis as typeof globalThis & { dukenServedCalls?: Served };

function served(): Served {
  shared.dukenServedCalls ??= { stopping: new AbortController(), running: new Set() };
  return shared.dukenServedCalls;
}

/** Answers a call of the Inngest server; its signal is aborted also when this process stops. */
export async function whileServing(
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { stopping, running } = served();
  if (stopping.signal.aborted) return new Response(null, { status: 503 });
  const signal = AbortSignal.any([request.signal, stopping.signal]);
  const answering = answer(new Request(request, { signal }));
  running.add(answering);
  try {
    return await answering;
  } finally {
    running.delete(answering);
  }
}

/** Takes no more calls and lets the running ones come to an end, for so long. */
export async function stopServing(graceMs = 10 * SECOND): Promise<void> {
  const { stopping, running } = served();
  stopping.abort(new JobStopped("the process is stopping"));
  const enough = new AbortController();
  const grace = sleep(graceMs, enough.signal).catch(() => {});
  await Promise.race([Promise.allSettled(running), grace]);
  enough.abort();
}
