import type { InngestFunction } from "inngest";
import { SECOND, sleep, systemClock } from "@/lib/core/time";
import { database, db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { Transport } from "@/lib/jobs/client";
import { callOwnRoute } from "@/lib/jobs/dev-route";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { inngestEngine, type TellOfRefusal } from "@/lib/jobs/inngest-engine";
import { runJournal } from "@/lib/jobs/runs-journal";
import { inngestKeys } from "@/lib/jobs/which-engine";
import { log } from "@/lib/log";

export type JobEngine = {
  kind: "embedded" | "inngest";
  transport: Transport;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type StartOptions = {
  role?: "in-app" | "worker";
  /** With an Inngest server: told of each event that it refuses. */
  onRefused?: TellOfRefusal;
};

type Functions = readonly InngestFunction.Any[];
type Jobs = { engine: JobEngine | null; started: Promise<JobEngine> | null };

// Next evaluates this module more than once in one process; the engine is one all the same.
const shared = globalThis as typeof globalThis & { dukenJobs?: Jobs };

/** The engine of this process, if it runs one. */
export function runningEngine(): JobEngine | null {
  return shared.dukenJobs?.engine ?? null;
}

/** Inngest with keys for it, else null: then the embedded engine runs the jobs. */
export function inngestTransport(): Transport | null {
  const {
    INNGEST_SIGNING_KEY_FALLBACK: signingKeyFallback,
    INNGEST_BASE_URL: baseUrl,
    INNGEST_CHECKPOINTING: checkpointing,
  } = env();
  const keys = inngestKeys();
  if (!keys) return null;
  const middleware = [runJournal(db(), systemClock, log)];
  return { isDev: false, ...keys, signingKeyFallback, baseUrl, checkpointing, middleware };
}

/** Where Inngest calls the functions: said by the configuration, never by a Host header. */
export function serveOrigin(): string {
  return env().INNGEST_SERVE_ORIGIN ?? env().NEXTAUTH_URL;
}

export function engineFromEnv(functions: Functions, onRefused?: TellOfRefusal): JobEngine {
  const transport = inngestTransport();
  const common = { database: database(), functions, log };
  if (transport) {
    const toInngest = { ...common, transport, serveOrigin: serveOrigin() };
    return inngestEngine({ ...toInngest, ...(onRefused && { onRefused }) });
  }
  const developing = env().NODE_ENV === "development";
  return embeddedEngine({
    ...common,
    ...(developing && { sdk: callOwnRoute(env().NEXTAUTH_URL) }),
  });
}

/**
 * Starts the jobs once per process, if JOBS gives them to processes of this kind, and again and again
 * if Postgres is not there yet: a page must not wait for them. Also makes SIGTERM and SIGINT stop the
 * process in order. Resolves when the jobs run; null if they run elsewhere.
 */
export function startJobs(
  functions: Functions,
  { role = "in-app", onRefused }: StartOptions = {},
): Promise<JobEngine> | null {
  if (shared.dukenJobs) return shared.dukenJobs.started;
  const { JOBS } = env();
  const here = role === "worker" ? JOBS !== "off" : JOBS === "in-app";
  const jobs: Jobs = { engine: null, started: null };
  shared.dukenJobs = jobs;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, exitInOrder);
  if (here) jobs.started = startUntilItWorks(jobs, () => engineFromEnv(functions, onRefused));
  return jobs.started;
}

async function startUntilItWorks(jobs: Jobs, open: () => JobEngine): Promise<JobEngine> {
  for (let waitMs = SECOND; ; waitMs = Math.min(waitMs * 2, 30 * SECOND)) {
    try {
      const engine = open();
      jobs.engine = engine;
      await engine.start();
      log.info({ kind: engine.kind }, "Jobs started");
      return engine;
    } catch (error) {
      log.error({ err: error, waitMs }, "Jobs did not start");
      await sleep(waitMs);
    }
  }
}

/** With NEXT_MANUAL_SIG_HANDLE, Next leaves signals to us: running jobs get up to 10 seconds. */
async function exitInOrder(): Promise<void> {
  setTimeout(() => process.exit(1), 12 * SECOND).unref();
  try {
    await runningEngine()?.stop();
  } catch (error) {
    log.error({ err: error }, "Jobs did not stop in order");
  }
  process.exit(0);
}
