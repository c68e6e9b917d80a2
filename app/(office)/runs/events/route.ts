import { endpoint } from "@/lib/auth/endpoint";
import { currentCaller } from "@/lib/auth/session";
import { liveRuns } from "@/lib/runs/live-runs";

/** Progress of all runs the caller may see, as server-sent events, for as long as somebody listens. */
export const GET = endpoint({ scope: "session" }, async (caller, request) => {
  const stream = liveRuns(caller, currentCaller, request.signal);
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Whoever stands between us and the browser must neither keep nor pack nor hold it back.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
});
