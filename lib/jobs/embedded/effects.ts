import { z } from "zod";
import { DAY, later } from "@/lib/core/time";
import type { EventData, Memo, StoredEvent } from "@/lib/db/schema/jobs";
import { moment } from "@/lib/jobs/duration";
import { localId, readMatch, valueAt } from "@/lib/jobs/embedded/definition";
import { type handledOps, type Op, storedError } from "@/lib/jobs/embedded/protocol";
import { jsonBytes, limits } from "@/lib/jobs/limits";

/** What an operation the function asked for means for our tables. */
export type Effect = { stepId: string; name: string } & (
  | { kind: "memo"; memo: Memo }
  | { kind: "call" }
  | { kind: "sleep"; until: Date }
  | { kind: "event"; until: Date; event: string; match: { path: string; value: unknown } | null }
  | { kind: "invoke"; until: Date; job: string; data: EventData }
);

const YEAR = 365 * DAY;
const waitOptions = z.object({ timeout: z.string(), if: z.string().optional() });
const invokeOptions = z.object({
  function_id: z.string(),
  payload: z.object({ data: z.record(z.string(), z.unknown()).default({}) }),
  timeout: z.string().optional(),
});

type Read = (op: Op, event: StoredEvent, now: Date) => PlainEffect;
type PlainEffect = Effect extends infer E
  ? E extends Effect
    ? Omit<E, "stepId" | "name">
    : never
  : never;

const readers: Record<(typeof handledOps)[number], Read> = {
  StepRun: (op) => {
    checkSize(`step "${nameOf(op)}"`, op.data);
    return { kind: "memo", memo: { type: "data", data: op.data ?? null } };
  },
  StepError: (op) => ({ kind: "memo", memo: { type: "error", error: storedError(op.error) } }),
  StepFailed: (op) => ({ kind: "memo", memo: { type: "error", error: storedError(op.error) } }),
  StepPlanned: () => ({ kind: "call" }),
  Sleep: (op, _event, now) => ({ kind: "sleep", until: withinAYear(op, op.name ?? "", now) }),
  WaitForEvent: (op, event, now) => {
    const options = waitOptions.parse(op.opts);
    const path = options.if && readMatch(options.if, `waitForEvent "${nameOf(op)}"`);
    const match = path ? { path: path.join("."), value: valueAt(event.data, path) ?? null } : null;
    const until = withinAYear(op, options.timeout, now);
    return { kind: "event", event: op.name ?? "", until, match };
  },
  InvokeFunction: (op, _event, now) => {
    const { function_id, payload, timeout } = invokeOptions.parse(op.opts);
    const until = timeout === undefined ? later(now, YEAR) : withinAYear(op, timeout, now);
    if (jsonBytes(payload.data) > limits.event) {
      throw new Error(`step "${nameOf(op)}" hands over more than ${limits.event} bytes`);
    }
    return { kind: "invoke", job: localId(function_id), data: payload.data, until };
  },
};

/** Throws an Error that names what this engine cannot do, or what is over Inngest's limits. */
export function effectOf(op: Op, event: StoredEvent, now: Date): Effect {
  const read = Object.hasOwn(readers, op.op) ? readers[op.op as keyof typeof readers] : undefined;
  if (!read) throw new Error(`step "${nameOf(op)}" asks for ${op.op}, which is not supported`);
  if (op.opts?.parallelMode) throw new Error(`step "${nameOf(op)}": races are not supported`);
  return { stepId: op.id, name: nameOf(op), ...read(op, event, now) };
}

export function checkSize(what: string, output: unknown): void {
  if (jsonBytes(output) > limits.stepOutput) {
    throw new Error(`${what} returned more than ${limits.stepOutput} bytes`);
  }
}

function withinAYear(op: Op, text: string, now: Date): Date {
  const until = moment(text, now);
  if (until > later(now, YEAR)) throw new Error(`step "${nameOf(op)}" waits for more than a year`);
  return until;
}

function nameOf(op: Op): string {
  return op.displayName ?? op.name ?? op.id;
}
