import { randomUUID } from "node:crypto";
import type { SdkCall } from "@/lib/jobs/embedded/execute";

// `next dev` re-evaluates edited code in routes, never in instrumentation: while developing, the
// engine calls our own /api/inngest, which must be open to nobody else.
const HEADER = "x-duken-jobs";
const shared = globalThis as typeof globalThis & { dukenDevKey?: string };

export function callOwnRoute(origin: string): SdkCall {
  shared.dukenDevKey ??= randomUUID();
  const key = shared.dukenDevKey;
  return async (request) => {
    const { search } = new URL(request.url);
    return fetch(new URL(`/api/inngest${search}`, origin), {
      method: request.method,
      headers: { "content-type": "application/json", [HEADER]: key },
      body: await request.text(),
      signal: request.signal,
    });
  };
}

export function isOwnCall(request: Request): boolean {
  return shared.dukenDevKey !== undefined && request.headers.get(HEADER) === shared.dukenDevKey;
}
