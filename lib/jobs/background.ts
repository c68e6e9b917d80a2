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
  const wake = (why: string) => {
    onWake?.(why === "cancelled" ? "cancelled" : "work");
    nap.wake();
  };
  const listening = await sql.listen(CHANNEL, wake, nap.wake);
  const work = async () => {
    while (!stopping) {
      try {
        const { moved, nextAt } = await tick();
        const untilNext = nextAt ? nextAt.getTime() - clock().getTime() : pollMs;
        if (!moved) await nap.sleep(Math.min(pollMs, Math.max(untilNext, 0)));
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
      await Promise.all([working, listening.unlisten()]);
    },
  };
}
