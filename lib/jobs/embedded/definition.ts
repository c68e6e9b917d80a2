import { z } from "zod";
import type { EventData } from "@/lib/db/schema/jobs";
import { APP_ID } from "@/lib/jobs/client";
import { milliseconds } from "@/lib/jobs/duration";
import type { Schedule } from "@/lib/jobs/embedded/schedule";

/** A job as the engine needs it, read from what the SDK registers. */
export type Definition = {
  id: string;
  maxAttempts: number;
  events: string[];
  /** Set on failure handlers: the job whose failure starts them. */
  handlesFailureOf: string | null;
  cron: Schedule | null;
  concurrency: { limit: number; path: string[] }[];
  throttle: { limit: number; periodMs: number; burst: number; path: string[] } | null;
  idempotency: string[] | null;
  singleton: string[] | null;
  cancelOn: { event: string; path: string[] }[];
  finishMs: number | null;
};

const path = z
  .string()
  .regex(/^event\.data(\.\w+)+$/, "must be a path such as event.data.storeId")
  .transform((text) => text.split(".").slice(2));
const duration = z.string().transform(milliseconds);
const limit = z.strictObject({
  limit: z.number().int().min(1),
  key: path.optional(),
  scope: z.literal("fn").optional(),
});

const trigger = z.union([
  z.strictObject({ event: z.string() }),
  z.strictObject({
    event: z.literal("inngest/function.failed"),
    expression: z.string().regex(/^event\.data\.function_id == '[^']+'$/),
  }),
  z.strictObject({ cron: z.string() }),
]);

// Strict on purpose: an option that is not here is one the engine would silently ignore.
const registered = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  triggers: z.array(trigger),
  steps: z.object({ step: z.object({ retries: z.object({ attempts: z.number().int() }) }) }),
  concurrency: z
    .union([
      z
        .number()
        .int()
        .min(1)
        .transform((n) => [{ limit: n, key: [] as string[] }]),
      limit.transform((one) => [one]),
      z.array(limit).max(2),
    ])
    .optional(),
  throttle: z
    .strictObject({
      limit: z.number().int().min(1),
      period: duration,
      key: path.optional(),
      burst: z.number().int().min(1).default(1),
    })
    .optional(),
  idempotency: path.optional(),
  singleton: z.strictObject({ key: path.optional(), mode: z.literal("skip") }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string() }))
    .max(5)
    .optional(),
  timeouts: z.strictObject({ finish: duration }).optional(),
});

/** The SDK registers one retry for failure handlers, but nobody comes after them: what they do not set right stays wrong. */
const FAILURE_ATTEMPTS = 10;

/** Throws an Error that names the job and every option this engine does not know. */
export function readDefinition(config: unknown): Definition {
  const parsed = registered.safeParse(config);
  const id = localId(z.object({ id: z.string() }).parse(config).id);
  if (!parsed.success)
    throw new Error(`Job "${id}" cannot run here:\n${z.prettifyError(parsed.error)}`);
  const { triggers, steps, concurrency, throttle, idempotency, singleton, cancel, timeouts } =
    parsed.data;
  const crons = triggers.flatMap((one) => ("cron" in one ? [readCron(id, one.cron)] : []));
  if (crons.length > 1) throw new Error(`Job "${id}" cannot run here: it has two schedules`);
  const failure = triggers.find((one) => "expression" in one);
  return {
    id,
    maxAttempts: Math.max(steps.step.retries.attempts + 1, failure ? FAILURE_ATTEMPTS : 1),
    events: triggers.flatMap((one) =>
      "event" in one && !("expression" in one) ? [one.event] : [],
    ),
    handlesFailureOf: failure ? localId(failure.expression.split("'")[1] ?? "") : null,
    cron: crons[0] ?? null,
    concurrency: (concurrency ?? []).map((one) => ({ limit: one.limit, path: one.key ?? [] })),
    throttle: throttle
      ? {
          limit: throttle.limit,
          periodMs: throttle.period,
          burst: throttle.burst,
          path: throttle.key ?? [],
        }
      : null,
    idempotency: idempotency ?? null,
    singleton: singleton ? (singleton.key ?? []) : null,
    cancelOn: (cancel ?? []).map((one) => ({
      event: one.event,
      path: readMatch(one.if, `Job "${id}", cancelOn`),
    })),
    finishMs: timeouts?.finish ?? null,
  };
}

/** `event.data.a.b == async.data.a.b`, which is what the SDK makes of `match: "data.a.b"`. */
export function readMatch(expression: string, where: string): string[] {
  const match = /^event\.data\.(\w+(?:\.\w+)*) == async\.data\.\1$/.exec(expression);
  if (!match?.[1]) throw new Error(`${where}: "${expression}" is not a match on a path`);
  return match[1].split(".");
}

export function valueAt(data: EventData, steps: string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? Reflect.get(value, step) : null,
    data,
  );
}

/** One string for everything that shares a limit: the job, which of its limits, and the value at the path. */
export function keyOf(id: string, use: string | number, data: EventData, steps: string[]): string {
  return `${id}:${use}:${steps.length > 0 ? JSON.stringify(valueAt(data, steps) ?? null) : ""}`;
}

/** The SDK prefixes every id with the app's; our tables do not. */
export function localId(functionId: string): string {
  return functionId.replace(new RegExp(`^${APP_ID}-`), "");
}

function readCron(id: string, text: string): Schedule {
  const match = /^TZ=(\S+) (.+)$/.exec(text);
  if (!match?.[1] || !match[2]) throw new Error(`Job "${id}": schedule "${text}" has no time zone`);
  return { timeZone: match[1], expr: match[2] };
}
