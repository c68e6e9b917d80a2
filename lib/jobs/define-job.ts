import type { EventType, GetStepTools, Inngest, InngestFunction, StandardSchemaV1 } from "inngest";
import { cron } from "inngest";
import type { EventData } from "@/lib/db/schema/jobs";
import { definitions, type JobLog } from "@/lib/jobs/client";
import type { Duration } from "@/lib/jobs/duration";

export type JobEvent<N extends string, D extends EventData> = EventType<N, StandardSchemaV1<D>>;
type Named = { readonly name: string };
/** A path, not CEL: both engines can evaluate it. */
export type Key<D> = `event.data.${keyof D & string}`;
type Limit<D> = { limit: number; key?: Key<D> };

export type JobOptions<D extends EventData> = {
  id: string;
  /** After the first attempt, for each step and for the function around them. 4 unless said. */
  retries?: NonNullable<InngestFunction.Options["retries"]>;
  /** Counts executing code, not runs: a sleeping run holds no place. */
  concurrency?: [Limit<D>] | [Limit<D>, Limit<D>];
  /** Spaces the starts of runs evenly. */
  throttle?: { limit: number; period: Duration; key?: Key<D>; burst?: number };
  /** A second run with the same value within 24 hours is not started. */
  idempotency?: Key<D>;
  /** While one runs, another is not started. */
  singleton?: { key?: Key<D>; mode: "skip" };
  cancelOn?: { event: Named; match: `data.${keyof D & string}` }[];
  timeouts?: { finish: Duration };
};
export type Schedule = { cron: { expr: string; tz: string } };

export type JobStep = Pick<
  GetStepTools<Inngest.Any>,
  "run" | "sleep" | "sleepUntil" | "sendEvent" | "invoke" | "waitForEvent"
>;

export type JobContext<N extends string, D extends EventData> = {
  event: { name: N; data: D; id: string; ts: number };
  step: JobStep;
  attempt: number;
  runId: string;
  /** Aborted when the process stops, the run is cancelled or the lease is lost: look at it between items. */
  signal: AbortSignal;
  log: JobLog;
};
type Run<N extends string, D extends EventData> = (context: JobContext<N, D>) => Promise<unknown>;
type OnFailure<N extends string, D extends EventData> = (
  context: JobContext<N, D> & { error: Error },
) => Promise<void>;

/**
 * A background job: a plain Inngest function, started by an event or, with `null`, by a schedule.
 * Code outside steps runs again for every step; a step runs at least once, so it must be idempotent.
 * Steps return ids and counts, never rows. `onFailure` runs once, after the last attempt.
 */
export function defineJob<N extends string, D extends EventData>(
  on: JobEvent<N, D>,
  options: JobOptions<D>,
  run: Run<N, D>,
  onFailure?: OnFailure<N, D>,
): InngestFunction.Any;
export function defineJob(
  on: null,
  options: JobOptions<{ cron: string }> & Schedule,
  run: Run<"inngest/scheduled.timer", { cron: string }>,
  onFailure?: OnFailure<"inngest/scheduled.timer", { cron: string }>,
): InngestFunction.Any;
export function defineJob(
  on: Named | null,
  { cron: schedule, ...options }: JobOptions<never> & Partial<Schedule>,
  run: Run<never, never>,
  onFailure?: OnFailure<never, never>,
): InngestFunction.Any {
  const triggers = [
    ...(on ? [on] : []),
    ...(schedule ? [cron(`TZ=${schedule.tz} ${schedule.expr}`)] : []),
  ];
  const all = {
    retries: 4,
    ...options,
    triggers,
    ...(onFailure && { onFailure: ofOriginal(onFailure) }),
  };
  return definitions.createFunction(all as never, run as never) as InngestFunction.Any;
}

/** The SDK hands the failure handler the event "inngest/function.failed"; ours get the run's own. */
function ofOriginal(onFailure: OnFailure<never, never>) {
  return (context: JobContext<never, { event: never }> & { error: Error }) =>
    onFailure({ ...context, event: context.event.data.event });
}
