import type postgres from "postgres";
import { type Clock, SECOND } from "@/lib/core/time";
import type { JobLog } from "@/lib/jobs/client";
import type { Nap } from "@/lib/jobs/nap";
import { CHANNEL, type Wake } from "@/lib/jobs/outbox";

const PAUSE_AFTER_TROUBLE = SECOND;

/** Does what is due; answers whether anything was, and when something will be. */
export type Tick = () => Promise<{ moved: boolean; nextAt: Date | null }>;

type Options = {
  sql: postgres.Sql;
  clock: Clock;
  log: JobLog;
  nap: Nap;
  /** The slow poll behind LISTEN. */
  pollMs: number;
  tick: Tick;
  onWake?: (why: Wake) => void;
};

/** Ticks whenever Postgres says so, something falls due, or the poll comes round. Trouble is logged and outlived. */
export async function keepTicking(options: Options): Promise<{ stop(): Promise<void> }> {
  const { sql, clock, log, nap, pollMs, tick, onWake } = options;
  let stopping = false;
  const listen = () =>
    sql.listen(
      CHANNEL,
      (why) => {
        onWake?.(why === "cancelled" ? "cancelled" : "work");
        nap.wake();
      },
      nap.wake,
    );
  let listening = await listen();

  async function rest(nextAt: Date | null): Promise<void> {
    const untilNext = nextAt ? nextAt.getTime() - clock().getTime() : pollMs;
    const woken = await nap.sleep(Math.min(pollMs, Math.max(untilNext, 0)));
    if (woken || untilNext < pollMs) return;
    // postgres.js listens again once after a lost connection; if Postgres was away for longer, never.
    await listening.unlisten();
    listening = await listen();
  }

  const work = async () => {
    while (!stopping) {
      try {
        const { moved, nextAt } = await tick();
        if (!moved && !stopping) await rest(nextAt);
      } catch (error) {
        log.error({ err: error }, "Job engine stumbled");
        await nap.sleep(PAUSE_AFTER_TROUBLE);
      }
    }
  };
  const working = work();
  return {
    async stop() {
      stopping = true;
      nap.wake();
      await working;
      await listening.unlisten();
    },
  };
}
