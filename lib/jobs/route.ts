import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { jobClient } from "@/lib/jobs/client";
import { isOwnCall } from "@/lib/jobs/dev-route";
import type { SdkCall } from "@/lib/jobs/embedded/execute";
import { whileServing } from "@/lib/jobs/served-calls";
import { inngestTransport, runningEngine, serveOrigin } from "@/lib/jobs/start";
import { log } from "@/lib/log";

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
    // Without an origin of its own the SDK would register whatever Host header it was called with.
    served ??= serve({
      client: jobClient(transport, log),
      functions: [...functions],
      serveOrigin: serveOrigin(),
    });
    return whileServing(request, served);
  };
}
