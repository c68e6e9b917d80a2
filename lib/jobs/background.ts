import { type Clock, SECOND } from "@/lib/core/time";
import type { Database } from "@/lib/db/client";
import { listenTo } from "@/lib/db/listening";
import type { JobLog } from "@/lib/jobs/client";
import type { Nap } from "@/lib/jobs/nap";
import { CHANNEL, type Wake } from "@/lib/jobs/outbox";

const PAUSE_AFTER_TROUBLE = SECOND;

/** Does what is due; answers whether anything was, and when something will be. */
export type Tick = () => Promise<{ moved: boolean; nextAt: Date | null }>;

type Options = {
  database: Database;
  clock: Clock;
  log: JobLog;
  nap: Nap;
  /** The slow poll behind LISTEN. */
  pollMs: number;
  tick: Tick;
  onWake?: (why: Wake) => void;
  /** How often it is tried whether LISTEN still hears. */
  checkMs?: number;
};

/** Ticks whenever Postgres says so, something falls due, or the poll comes round. Trouble is logged and outlived. */
export async function keepTicking(options: Options): Promise<{ stop(): Promise<void> }> {
  const { database, clock, log, nap, pollMs, tick, onWake, checkMs } = options;
  let stopping = false;
  const hear = (why: string) => {
    onWake?.(why === "cancelled" ? "cancelled" : "work");
    nap.wake();
  };
  const listening = listenTo({
    database,
    channels: { [CHANNEL]: hear },
    onListening: nap.wake,
    onTrouble: (error) => log.warn({ err: error }, "Job engine cannot listen to Postgres"),
    ...(checkMs !== undefined && { checkMs }),
  });
  await listening.begun;

  async function rest(nextAt: Date | null): Promise<void> {
    const untilNext = nextAt ? nextAt.getTime() - clock().getTime() : pollMs;
    await nap.sleep(Math.min(pollMs, Math.max(untilNext, 0)));
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
      await listening.stop();
    },
  };
}
