import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { type Clock, MINUTE, SECOND, systemClock } from "@/lib/core/time";
import type { Database, Tx } from "@/lib/db/client";
import { keepTicking, type Tick } from "@/lib/jobs/background";
import { type JobLog, jobClient, type Transport } from "@/lib/jobs/client";
import { definitionsOf, saveDefinitions } from "@/lib/jobs/embedded/register";
import { napping } from "@/lib/jobs/nap";
import { outboxRelay, type RelayOptions } from "@/lib/jobs/outbox-relay";
import { forget } from "@/lib/jobs/retention";
import { type DeadRun, noteRefused } from "@/lib/jobs/runs-notes";
import { stopServing } from "@/lib/jobs/served-calls";

const POLL = 10 * SECOND;
const FORGET_EVERY = 10 * MINUTE;

/** Tells whose work it was that an event's run is dead, in the transaction that says so. */
export type TellOfRefusal = (tx: Tx, run: DeadRun, now: Date) => Promise<void>;

export type InngestOptions = {
  database: Database;
  functions: readonly InngestFunction.Any[];
  /** Where Inngest calls the functions: this origin's /api/inngest. */
  serveOrigin: string;
  transport: Transport;
  log: JobLog;
  clock?: Clock;
  onRefused?: TellOfRefusal;
};

/** With an Inngest server: tells it our functions and hands it the outbox; it calls us at /api/inngest. */
export function inngestEngine(options: InngestOptions) {
  const { database, functions, serveOrigin, transport, log, clock = systemClock } = options;
  const { db } = database;
  const client = jobClient(transport, log);
  const keep: RelayOptions["keep"] = async (tx, refusal, now) => {
    const { id: event, name } = refusal.event;
    const run = await noteRefused(tx, await jobOf(name), refusal, now);
    log.error({ run: run.id, event, name, err: refusal.error }, "Inngest refuses an event");
    await options.onRefused?.(tx, run, now);
  };
  const relay = outboxRelay({ db, client, clock, keep });
  const nap = napping();
  let forgottenAt = 0;
  let background: { stop(): Promise<void> } | null = null;

  /** The job that the event begins; by the event's own name, if it only cancels or answers. */
  async function jobOf(name: string): Promise<string> {
    const jobs = [...(await definitionsOf(functions)).values()];
    return jobs.find(({ events }) => events.includes(name))?.id ?? name;
  }

  async function register(): Promise<void> {
    const sdk = serve({ client, functions: [...functions], serveOrigin });
    const url = new URL("/api/inngest", serveOrigin);
    const response = await sdk(new Request(url, { method: "PUT", headers: { host: url.host } }));
    if (!response.ok) throw new Error(`Inngest did not take the functions: ${response.status}`);
  }

  const tick: Tick = async () => {
    const now = clock();
    if (now.getTime() - forgottenAt >= FORGET_EVERY) {
      forgottenAt = now.getTime();
      await forget(db, now);
    }
    return { moved: await relay(), nextAt: null };
  };

  return {
    kind: "inngest" as const,
    transport,
    relay,
    async start(): Promise<void> {
      await register();
      await saveDefinitions(db, await definitionsOf(functions), clock());
      background = await keepTicking({ database, clock, log, nap, pollMs: POLL, tick });
    },
    async stop(): Promise<void> {
      await Promise.all([background?.stop(), stopServing()]);
    },
  };
}
