import type { KaspiAccess } from "@/lib/exits/access";
import type { AcquireSlot } from "@/lib/kaspi/transport";
import { takeAccountSlot } from "./queries";

/** Waits for the login's turn to read or to write; the turn is kept in Postgres for all processes. */
export function accountSlot(
  access: KaspiAccess,
  accountId: string,
  kind: "read" | "write",
): AcquireSlot {
  return async (signal) => {
    const now = access.clock();
    const at = await takeAccountSlot(access.db, accountId, kind, now);
    const waitMs = at.getTime() - now.getTime();
    if (waitMs > 0) await access.sleep(waitMs, signal);
  };
}
