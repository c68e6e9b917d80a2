import { SECOND } from "@/lib/core/time";
import { type ListenOptions, listenTo } from "@/lib/db/listening";
import { CHANNEL as JOBS_CHANNEL } from "@/lib/jobs/outbox";
import { log } from "@/lib/log";
import { RUNS_CHANNEL } from "./queries";

/** A run has moved; something in the queue of jobs has; or something may have been missed. */
export type Announcement = { runId: string } | "jobs" | "look";
type Hear = (news: Announcement) => void;
export type Announcements = { follow(hear: Hear): () => void };

/**
 * What Postgres tells of runs, over one connection of this process for all who want to hear it, and
 * none while nobody does. Every `checkMs`, and whenever something may have been missed, everybody is
 * told to look for themselves.
 */
export function announcements(
  database: () => ListenOptions["database"],
  checkMs = 20 * SECOND,
): Announcements {
  const ears = new Set<Hear>();
  let hangUp = () => {};
  const tell: Hear = (news) => {
    for (const hear of ears) hear(news);
  };
  return {
    follow(hear) {
      ears.add(hear);
      if (ears.size === 1) hangUp = pickUp(database(), tell, checkMs);
      return () => {
        if (ears.delete(hear) && ears.size === 0) hangUp();
      };
    },
  };
}

function pickUp(database: ListenOptions["database"], tell: Hear, checkMs: number): () => void {
  const look = () => tell("look");
  const onTrouble = (error: unknown) => log.warn({ err: error }, "Runs cannot be listened to");
  const listening = listenTo({
    database,
    channels: {
      [RUNS_CHANNEL]: (runId) => tell({ runId }),
      [JOBS_CHANNEL]: () => tell("jobs"),
    },
    onListening: look,
    onTrouble,
    checkMs,
  });
  const timer = setInterval(look, checkMs);
  return () => {
    clearInterval(timer);
    listening.stop().catch(onTrouble);
  };
}
