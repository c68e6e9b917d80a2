import type postgres from "postgres";
import { SECOND } from "@/lib/core/time";
import { CHANNEL as JOBS_CHANNEL } from "@/lib/jobs/outbox";
import { log } from "@/lib/log";
import { RUNS_CHANNEL } from "./queries";

/** A run has moved; something in the queue of jobs has; or something may have been missed. */
export type Announcement = { runId: string } | "jobs" | "look";
type Hear = (news: Announcement) => void;
export type Announcements = { follow(hear: Hear): () => void };

const PING = "ping";

/**
 * What Postgres tells of runs, over one connection of this process for all who want to hear it, and
 * none while nobody does. Every `checkMs` it is tried whether the connection still hears; a new one is
 * opened if not, and everybody is told to look for themselves.
 */
export function announcements(connect: () => postgres.Sql, checkMs = 20 * SECOND): Announcements {
  const ears = new Set<Hear>();
  let hangUp = () => {};
  const tell: Hear = (news) => {
    for (const hear of ears) hear(news);
  };
  return {
    follow(hear) {
      ears.add(hear);
      if (ears.size === 1) hangUp = listenFor(connect, tell, checkMs);
      return () => {
        if (ears.delete(hear) && ears.size === 0) hangUp();
      };
    },
  };
}

function listenFor(connect: () => postgres.Sql, tell: Hear, checkMs: number): () => void {
  let sql = connect();
  let heard = true;
  let over = false;

  const listen = async () => {
    await sql.listen(RUNS_CHANNEL, (payload) => {
      if (payload === PING) heard = true;
      else tell({ runId: payload });
    });
    await sql.listen(JOBS_CHANNEL, () => tell("jobs"));
    tell("look");
  };
  const check = async () => {
    if (!heard) {
      await sql.end({ timeout: 1 });
      if (over) return;
      sql = connect();
      await listen();
    }
    heard = false;
    tell("look");
    await sql`select pg_notify(${RUNS_CHANNEL}, ${PING})`;
  };
  let busy = false;
  const attempt = async (work: () => Promise<void>) => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } catch (error) {
      heard = false;
      if (!over) log.warn({ err: error }, "Runs cannot be listened to");
    }
    busy = false;
  };
  void attempt(listen);
  const timer = setInterval(() => void attempt(check), checkMs);
  return () => {
    over = true;
    clearInterval(timer);
    sql.end({ timeout: 1 }).catch(() => {});
  };
}
