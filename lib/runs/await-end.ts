import { MINUTE } from "@/lib/core/time";
import { napping } from "@/lib/jobs/nap";
import type { Announcements } from "./announcements";
import { isUnderWay } from "./model";
import type { Run } from "./queries";

type Waiting = {
  announcements: Announcements;
  /** The run as it stands. */
  read: () => Promise<Run | null>;
  /** Aborted when nobody waits any longer. */
  enough: AbortSignal;
};

/** The run as soon as it is over, or as it stands when there is enough of waiting. It is read only when it has moved. */
export async function awaitEnd(
  runId: string,
  { announcements, read, enough }: Waiting,
): Promise<Run | null> {
  const nap = napping();
  const stop = announcements.follow((news) => {
    if (news === "look" || (news !== "jobs" && news.runId === runId)) nap.wake();
  });
  enough.addEventListener("abort", nap.wake, { once: true });
  try {
    for (;;) {
      const run = await read();
      if (run === null || !isUnderWay(run) || enough.aborted) return run;
      await nap.sleep(MINUTE);
    }
  } finally {
    enough.removeEventListener("abort", nap.wake);
    stop();
  }
}
