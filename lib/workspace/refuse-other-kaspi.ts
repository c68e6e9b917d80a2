import { isAppError } from "@/lib/core/errors";
import { SECOND, sleep } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { log } from "@/lib/log";
import { bindToKaspi, type Workspace } from "./queries";

/**
 * Ends a process that was started on a database of the other Kaspi: the launcher and the commands refuse it
 * beforehand, `next start` alone does not. While Postgres is away it is asked again, and nothing is to be begun:
 * answers once the database is ours, and never when it is not.
 */
export async function refuseOtherKaspi(
  db: Tx,
  kaspi: Workspace["kaspi"],
  end: (code: number) => void,
  wait: (ms: number) => Promise<void> = sleep,
): Promise<void> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await bindToKaspi(db, kaspi);
    } catch (error) {
      if (isAppError(error, "conflict")) break;
      if (tried === 0)
        log.warn({ err: error }, "the database does not answer yet; jobs wait for it");
      await wait(SECOND);
    }
  }
  log.error({ kaspi }, "this database belongs to the other Kaspi");
  end(1);
  return new Promise(() => {});
}
