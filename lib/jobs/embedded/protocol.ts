import { z } from "zod";
import type { Memo, StoredError, StoredEvent } from "@/lib/db/schema/jobs";

/** Inngest HTTP execution protocol, version 2, as spoken by the SDK 4.24. */

export const handledOps = [
  "StepRun",
  "StepError",
  "StepFailed",
  "StepPlanned",
  "Sleep",
  "InvokeFunction",
  "WaitForEvent",
] as const;
/** Known to the SDK, of no use to our jobs: a run that asks for one fails at once. */
export const refusedOps = [
  "AIGateway",
  "DeferAbort",
  "DeferAdd",
  "DiscoveryRequest",
  "Gateway",
  "RunComplete",
  "Step",
  "StepNotFound",
  "WaitForSignal",
] as const;

const opSchema = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Op = z.infer<typeof opSchema>;

/** What one call of the SDK came to. */
export type Outcome =
  | { kind: "finished"; result: unknown }
  | { kind: "ops"; ops: Op[]; retryAfter: string | null }
  | { kind: "error"; error: StoredError; retriable: boolean; retryAfter: string | null };

export type Call = {
  functionId: string;
  stepId: string;
  runId: string;
  attempt: number;
  maxAttempts: number;
  event: StoredEvent;
  /** Finished steps in the order they finished. */
  steps: { id: string; memo: Memo }[];
};

const ORIGIN = "http://embedded.invalid/api/inngest";

export function callRequest(call: Call, signal: AbortSignal): Request {
  const order = call.steps.map((step) => step.id);
  const body = {
    version: 2,
    event: call.event,
    events: [call.event],
    steps: Object.fromEntries(call.steps.map((step) => [step.id, step.memo])),
    ctx: {
      run_id: call.runId,
      attempt: call.attempt,
      max_attempts: call.maxAttempts,
      disable_immediate_execution: false,
      use_api: false,
      stack: { stack: order, current: order.length },
    },
  };
  const query = new URLSearchParams({ fnId: call.functionId, stepId: call.stepId });
  return new Request(`${ORIGIN}?${query}`, {
    method: "POST",
    // The SDK builds a URL from the Host header and answers 500 without one.
    headers: { "content-type": "application/json", host: "embedded.invalid" },
    body: JSON.stringify(body),
    signal,
  });
}

export function registerRequest(): Request {
  return new Request(ORIGIN, { method: "PUT", headers: { host: "embedded.invalid" } });
}

export async function readOutcome(response: Response): Promise<Outcome> {
  const body = parseJson(await response.text());
  const retryAfter = response.headers.get("retry-after");
  if (response.status === 200) return { kind: "finished", result: body };
  if (response.status === 206) {
    const ops = z.array(opSchema).safeParse(body);
    if (ops.success) return { kind: "ops", ops: ops.data, retryAfter };
    return failed({ name: "ProtocolError", message: "The SDK answered something unknown" });
  }
  const retriable = response.headers.get("x-inngest-no-retry") !== "true";
  return { kind: "error", error: storedError(body), retriable, retryAfter };
}

/** The run cannot go on, however often it is tried. */
export function failed(error: StoredError): Outcome {
  return { kind: "error", error, retriable: false, retryAfter: null };
}

export function storedError(value: unknown): StoredError {
  const parsed = errorSchema.safeParse(value);
  return parsed.success ? parsed.data : { name: "Error", message: "Unknown error" };
}

const errorSchema = z.object({
  name: z.string().default("Error"),
  message: z.string().default("Unknown error"),
  stack: z.string().optional(),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { name: "ProtocolError", message: "The SDK did not answer in JSON" };
  }
}
