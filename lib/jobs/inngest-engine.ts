import { asc, inArray, isNull } from "drizzle-orm";
import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { type Clock, MINUTE, SECOND, systemClock } from "@/lib/core/time";
import type { Database } from "@/lib/db/client";
import { jobEvents } from "@/lib/db/schema/jobs";
import { keepTicking, type Tick } from "@/lib/jobs/background";
import { type JobLog, jobClient, type Transport } from "@/lib/jobs/client";
import { napping } from "@/lib/jobs/nap";
import { forget } from "@/lib/jobs/retention";

const AT_ONCE = 100;
const POLL = 10 * SECOND;
const FORGET_EVERY = 10 * MINUTE;

export type InngestOptions = {
  database: Database;
  functions: readonly InngestFunction.Any[];
  /** Where this app answers; Inngest calls the functions there. */
  publicUrl: string;
  transport: Transport;
  log: JobLog;
  clock?: Clock;
};

/**
 * With an Inngest server: tells it our functions and hands it the outbox. An event is sent at least
 * once; its id makes that once for 24 hours.
 */
export function inngestEngine(options: InngestOptions) {
  const { database, functions, publicUrl, transport, log, clock = systemClock } = options;
  const { db } = database;
  const client = jobClient(transport, log);
  const nap = napping();
  let forgottenAt = 0;
  let background: { stop(): Promise<void> } | null = null;

  async function register(): Promise<void> {
    const sdk = serve({ client, functions: [...functions] });
    const url = new URL("/api/inngest", publicUrl);
    const response = await sdk(new Request(url, { method: "PUT", headers: { host: url.host } }));
    if (!response.ok) throw new Error(`Inngest did not take the functions: ${response.status}`);
  }

  /** Sends what the outbox holds; answers whether there was anything. */
  async function relay(): Promise<boolean> {
    return db.transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(jobEvents)
        .where(isNull(jobEvents.handledAt))
        .orderBy(asc(jobEvents.seq))
        .limit(AT_ONCE)
        .for("update", { skipLocked: true });
      if (rows.length === 0) return false;
      await client.send(rows.map(({ id, name, data }) => ({ id, name, data })));
      const sent = rows.map((row) => row.id);
      await tx.update(jobEvents).set({ handledAt: clock() }).where(inArray(jobEvents.id, sent));
      return true;
    });
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
      background = await keepTicking({ sql: database.sql, clock, log, nap, pollMs: POLL, tick });
    },
    async stop(): Promise<void> {
      await background?.stop();
    },
  };
}
