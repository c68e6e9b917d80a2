import { sleep } from "@/lib/core/time";
import type { Memo, StoredEvent } from "@/lib/db/schema/jobs";
import { moment } from "@/lib/jobs/duration";
import { readMatch, valueAt } from "@/lib/jobs/embedded/definition";
import type { Op } from "@/lib/jobs/embedded/protocol";

/** Who waits for an event or for the end of a run, in the stand-in's memory. */
export function standInWaits() {
  const hearing = new Set<(event: StoredEvent) => void>();
  const ends = new Map<string, (memo: Memo) => void>();
  return {
    /** The event a run waits for; null once its time is up. */
    async event(op: Op, own: StoredEvent): Promise<StoredEvent | null> {
      const { timeout, if: expression } = op.opts as { timeout: string; if?: string };
      const path = expression ? readMatch(expression, "stand-in") : null;
      const heard = new Promise<StoredEvent>((resolve) => {
        hearing.add((event) => {
          const matches = !path || valueAt(event.data, path) === valueAt(own.data, path);
          if (event.name === op.name && matches) resolve(event);
        });
      });
      const late = sleep(moment(timeout, new Date()).getTime() - Date.now()).then(() => null);
      return Promise.race([heard, late]);
    },
    answer(event: StoredEvent) {
      for (const hear of hearing) hear(event);
    },
    end: (runId: string) => new Promise<Memo>((resolve) => ends.set(runId, resolve)),
    ended(runId: string, memo: Memo) {
      ends.get(runId)?.(memo);
    },
  };
}
