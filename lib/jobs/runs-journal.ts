import { Middleware, NonRetriableError } from "inngest";
import type { Clock } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import type { JobLog } from "@/lib/jobs/client";
import { ourRunId } from "@/lib/jobs/run-id";
import { isCancelled, noteBegin, noteEnd, noteStep } from "@/lib/jobs/runs-notes";

/**
 * With an Inngest server the runs are there. What the office must know of them is written down here as
 * they go by: that they began, their steps, their end. A run that was cancelled here goes no further.
 */
export function runJournal(db: Db, clock: Clock, log: JobLog) {
  /** The journal is not worth a failed job. */
  const quietly = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      log.warn({ err: error }, "A run is not in the journal");
      return null;
    });

  return class RunJournal extends Middleware.BaseMiddleware {
    readonly id = "duken:journal";

    override async wrapFunctionHandler({ ctx, next }: Middleware.WrapFunctionHandlerArgs) {
      if (await quietly(isCancelled(db, ourRunId(ctx.runId)))) {
        throw new NonRetriableError("gone: run_cancelled");
      }
      return next();
    }

    override async onRunStart({ ctx, fn }: Middleware.OnRunStartArgs) {
      const now = clock();
      const { id = "", name, data, ts = now.getTime() } = ctx.event;
      const event = { id, name, data: { ...data }, ts };
      // A failure handler is a function of its own to the server, and the same one to the SDK.
      const handles = name === "inngest/function.failed" && fn.opts.onFailure !== undefined;
      const job = handles ? `${fn.id()}-failure` : fn.id();
      await quietly(noteBegin(db, { id: ourRunId(ctx.runId), job, event }, now));
    }

    override async onStepComplete({ ctx, stepInfo }: Middleware.OnStepCompleteArgs) {
      const { hashedId: id, options } = stepInfo;
      const step = { runId: ourRunId(ctx.runId), id, name: options.id, error: null };
      await quietly(noteStep(db, step, clock()));
    }

    override async onStepError(args: Middleware.OnStepErrorArgs) {
      if (!args.isFinalAttempt) return;
      const { hashedId: id, options } = args.stepInfo;
      const step = { runId: ourRunId(args.ctx.runId), id, name: options.id, error: args.error };
      await quietly(noteStep(db, step, clock()));
    }

    override async onRunComplete({ ctx }: Middleware.OnRunCompleteArgs) {
      await quietly(noteEnd(db, ourRunId(ctx.runId), null, clock()));
    }

    override async onRunError({ ctx, error, isFinalAttempt }: Middleware.OnRunErrorArgs) {
      if (isFinalAttempt) await quietly(noteEnd(db, ourRunId(ctx.runId), error, clock()));
    }
  };
}
