import { SECOND, within } from "@/lib/core/time";
import type { Database } from "@/lib/db/client";

const PING = "duken_ping";
const PATIENCE = 3 * SECOND;
const LONGEST_START = 30 * SECOND;

export type ListenOptions = {
  /** Listens over connections of its own, and speaks over the pool's. */
  database: Pick<Database, "sql" | "separate">;
  channels: Record<string, (payload: string) => void>;
  /** From now on all is heard; what was said before may have been missed. */
  onListening: () => void;
  onTrouble: (error: unknown) => void;
  checkMs?: number;
};

/** `begun`: the first attempt to listen is over, well or not. */
export type Listening = { begun: Promise<void>; stop(): Promise<void> };

/**
 * Listens for as long as Postgres is there, and again once it is back. Every `checkMs` it says
 * something to itself; a connection that does not hear that is put away for a new one. The driver
 * alone would not do: it never leaves a connection that died without a word, and while Postgres is
 * away it piles up what it will listen to.
 */
export function listenTo(options: ListenOptions): Listening {
  const { database, channels, onListening, onTrouble, checkMs = 20 * SECOND } = options;
  let connection = database.separate();
  /** The connection has been told all channels: one that hears its own voice hears the others, too. */
  let complete = false;
  let echo = () => {};
  let busy = false;
  let over = false;

  async function listen(): Promise<void> {
    const all = async () => {
      for (const [channel, hear] of Object.entries(channels))
        await connection.listen(channel, hear, onListening);
      await connection.listen(PING, () => echo());
      return true;
    };
    complete = (await within(LONGEST_START, all())) ?? false;
    if (!complete) throw new Error("LISTEN is not answered");
  }

  async function hears(): Promise<boolean> {
    const spoken = async () => {
      const heard = new Promise<void>((resolve) => {
        echo = resolve;
      });
      await database.sql`select pg_notify(${PING}, '')`;
      await heard;
      return true;
    };
    return (await within(PATIENCE, spoken())) ?? false;
  }

  async function check(): Promise<void> {
    if (complete && (await hears().catch(() => false))) return;
    complete = false;
    await connection.end({ timeout: 1 });
    if (over) return;
    connection = database.separate();
    await listen();
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy || over) return;
    busy = true;
    try {
      await work();
    } catch (error) {
      if (!over) onTrouble(error);
    }
    busy = false;
  }

  const begun = attempt(listen);
  const timer = setInterval(() => void attempt(check), checkMs);
  return {
    begun,
    async stop() {
      over = true;
      clearInterval(timer);
      await connection.end({ timeout: 1 });
    },
  };
}
