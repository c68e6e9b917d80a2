import { randomUUID } from "node:crypto";
import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { type Clock, MINUTE, SECOND, sleep, systemClock } from "@/lib/core/time";
import type { Database } from "@/lib/db/client";
import { keepTicking } from "@/lib/jobs/background";
import { type JobLog, jobClient, type Transport } from "@/lib/jobs/client";
import { inngestApi } from "@/lib/jobs/embedded/api";
import { type Backoff, inngestBackoff } from "@/lib/jobs/embedded/backoff";
import { runningCalls } from "@/lib/jobs/embedded/calls";
import { claim, releaseLeases, renewLeases } from "@/lib/jobs/embedded/claim";
import type { Definition } from "@/lib/jobs/embedded/definition";
import type { SdkCall } from "@/lib/jobs/embedded/execute";
import { registerRequest } from "@/lib/jobs/embedded/protocol";
import { readRegistration, saveDefinitions } from "@/lib/jobs/embedded/register";
import { advance, survey } from "@/lib/jobs/embedded/survey";
import { failUnknown } from "@/lib/jobs/embedded/unknown-jobs";
import { napping } from "@/lib/jobs/nap";
import { forget } from "@/lib/jobs/retention";

export type EmbeddedOptions = {
  database: Database;
  functions: readonly InngestFunction.Any[];
  log: JobLog;
  clock?: Clock;
  backoff?: Backoff;
  /** How long a process may be silent before its calls are given to another. */
  leaseMs?: number;
  /** Calls made at the same time by this process. */
  places?: number;
  /** The slow poll behind LISTEN. */
  pollMs?: number;
  /** Where the functions are, if not in this process's memory. */
  sdk?: SdkCall;
};

export type EmbeddedEngine = ReturnType<typeof embeddedEngine>;

const FORGET_EVERY = 10 * MINUTE;

/** Runs Inngest functions without a server: queue in Postgres, functions driven through the SDK's own HTTP protocol. */
export function embeddedEngine(options: EmbeddedOptions) {
  const { database, functions, log } = options;
  const { leaseMs = 30 * SECOND, places = 16, pollMs = 10 * SECOND } = options;
  const definitions = new Map<string, Definition>();
  const engine = {
    db: database.db,
    owner: randomUUID(),
    clock: options.clock ?? systemClock,
    backoff: options.backoff ?? inngestBackoff(Math.random),
    leaseMs,
    log,
    definitions,
  };
  const transport: Transport = {
    baseUrl: "http://embedded.invalid",
    isDev: true,
    fetch: inngestApi(engine.db, async (body) => {
      const read = readRegistration(body);
      await saveDefinitions(engine.db, read, engine.clock());
      definitions.clear();
      for (const [id, definition] of read) definitions.set(id, definition);
    }),
  };
  const sdk =
    options.sdk ?? serve({ client: jobClient(transport, log), functions: [...functions] });
  const nap = napping();
  const calls = runningCalls(engine, sdk, nap.wake);
  let forgottenAt = 0;
  let background: { stop(): Promise<void> } | null = null;

  /** Learns the jobs from the SDK. Throws if one of them needs what this engine does not do. */
  async function register(): Promise<void> {
    const response = await sdk(registerRequest());
    if (!response.ok) throw new Error((await response.json()).message);
  }

  const holdOn = () => calls.keepOnly((runIds) => renewLeases(engine, runIds));
  const renew = () =>
    holdOn().catch((error: unknown) => log.warn({ err: error }, "Job leases could not be renewed"));

  /** Does what is due. Answers whether anything was, and when something will be. */
  async function tick(): Promise<{ moved: boolean; nextAt: Date | null }> {
    const now = engine.clock().getTime();
    if (now - forgottenAt >= FORGET_EVERY) {
      forgottenAt = now;
      await forget(engine.db, engine.clock());
      await failUnknown(engine);
    }
    const todo = await survey(engine);
    // Postgres may have been away for longer than a lease: our own calls are alive all the same, so
    // nothing runs out before they are renewed.
    if (todo.expired) await holdOn();
    const moved = await advance(engine, todo);
    const free = places - calls.count;
    const items = free > 0 && (todo.ready || moved) ? await claim(engine, free) : [];
    for (const item of items) calls.start(item);
    return { moved: moved || items.length > 0, nextAt: todo.nextAt };
  }

  /** Works until nothing is due at the clock's present time. */
  async function drain(): Promise<void> {
    for (;;) {
      const before = calls.count;
      const { moved } = await tick();
      if (calls.count > 0) await calls.over("any");
      // A call that ended during the tick has left room that the tick did not see.
      else if (!moved && before === 0) return;
    }
  }

  /** Registers, then works in the background until `stop`. */
  async function start(): Promise<void> {
    await register();
    const ticking = await keepTicking({
      database,
      clock: engine.clock,
      log,
      nap,
      pollMs,
      tick,
      onWake: (why) => {
        if (why === "cancelled") void renew();
      },
    });
    const heartbeat = setInterval(renew, leaseMs / 3);
    background = {
      stop() {
        clearInterval(heartbeat);
        return ticking.stop();
      },
    };
  }

  /** Takes nothing new, lets running calls come to an end, gives the rest back. */
  async function stop({ graceMs = 10 * SECOND } = {}): Promise<void> {
    const enough = new AbortController();
    calls.stopAll();
    const tidy = async () => {
      await background?.stop();
      await calls.over("all");
    };
    await Promise.race([tidy(), sleep(graceMs, enough.signal).catch(() => {})]);
    enough.abort();
    await releaseLeases(engine);
  }

  return { kind: "embedded" as const, transport, register, tick, drain, renew, start, stop };
}
