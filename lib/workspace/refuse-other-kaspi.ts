import { isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { log } from "@/lib/log";
import { bindToKaspi, type Workspace } from "./queries";

/**
 * Ends a process that was started on a database of the other Kaspi: the launcher and the commands refuse it
 * beforehand, `next start` alone does not. While Postgres is away nothing is decided, and nothing done either.
 */
export async function refuseOtherKaspi(
  db: Tx,
  kaspi: Workspace["kaspi"],
  end: (code: number) => void,
): Promise<void> {
  try {
    await bindToKaspi(db, kaspi);
  } catch (error) {
    if (!isAppError(error, "conflict")) throw error;
    log.error({ kaspi }, "this database belongs to the other Kaspi");
    end(1);
  }
}
