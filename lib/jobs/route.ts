import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { jobClient } from "@/lib/jobs/client";
import { isOwnCall } from "@/lib/jobs/dev-route";
import type { SdkCall } from "@/lib/jobs/embedded/execute";
import { whileServing } from "@/lib/jobs/served-calls";
import { inngestTransport, runningEngine, serveOrigin } from "@/lib/jobs/start";
import { log } from "@/lib/log";

const MOST_CALL_BYTES = 32 * 1024 * 1024;

/**
 * What /api/inngest answers: signed calls of an Inngest server, if there is one; while developing, the
 * engine's own calls; else 404, because without a server the SDK checks no signatures.
 */
export function inngestRoute(functions: readonly InngestFunction.Any[]): SdkCall {
  let served: SdkCall | undefined;
  return async (request) => {
    const transport =
      inngestTransport() ?? (isOwnCall(request) ? runningEngine()?.transport : null);
    if (!transport) return new Response(null, { status: 404 });
    // Before anything is read: who calls is known only from a signature of the whole.
    if (!(Number(request.headers.get("content-length") ?? 0) <= MOST_CALL_BYTES))
      return new Response(null, { status: 413 });
    if (request.headers.has("transfer-encoding")) return new Response(null, { status: 411 });
    // Without an origin of its own the SDK would register whatever Host header it was called with.
    served ??= serve({
      client: jobClient(transport, log),
      functions: [...functions],
      serveOrigin: serveOrigin(),
    });
    return whileServing(request, served);
  };
}
