import { AsyncLocalStorage } from "node:async_hooks";

/** Where work comes from: known to whatever it does, without being handed on. */
export type Origin = {
  /** One id from the request to the last of its jobs. */
  requestId: string;
  /** Where the person is; of work that nobody sits in front of, what does it. */
  from: string;
  /** The API key that opened the way in; absent for people in front of a page. */
  keyId?: string;
  /** The run of a job. */
  runId?: string;
};

export const COMMAND_LINE = "command line";
const JOB = "job ";

export const jobOrigin = (job: string, runId: string, requestId: string | null): Origin => ({
  requestId: requestId ?? runId,
  from: `${JOB}${job}`,
  runId,
});

/** The job in whose run it was done; null for people. */
export const jobOf = (from: string): string | null =>
  from.startsWith(JOB) ? from.slice(JOB.length) : null;

// Next bundles pages, routes and jobs apart: they share the one place where it is kept.
const shared = globalThis as typeof globalThis & { dukenOrigin?: AsyncLocalStorage<Origin> };

function kept(): AsyncLocalStorage<Origin> {
  shared.dukenOrigin ??= new AsyncLocalStorage();
  return shared.dukenOrigin;
}

/** Does the work, and all that it begins, as coming from there. */
export function comingFrom<T>(origin: Origin, work: () => T): T {
  return kept().run(origin, work);
}

/** Null for what nobody has asked for: timers, start-up, pages that only read. */
export const currentOrigin = (): Origin | null => kept().getStore() ?? null;
