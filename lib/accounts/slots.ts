import { AppError } from "@/lib/core/errors";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import type { AcquireSlot } from "@/lib/kaspi/transport";
import { readsResumeAt, takeSlot, type Whose } from "./pace-queries";

/** A job waits no longer for a turn to read: who has to is told when to come again. */
const LONGEST_WAIT_MS = 5 * MINUTE;
/** Nor does a person, who cannot be told to stop. */
const PERSONS_WAIT_MS = 20 * SECOND;

/**
 * Waits for the login's turn to read or to write; the turn is kept in Postgres for all processes.
 * Throws kaspi_throttled (`reads_throttled`) while Kaspi wants the login's reads to stay away.
 */
export function accountSlot(
  access: KaspiAccess,
  accountId: string,
  kind: "read" | "write",
): AcquireSlot {
  return slotOf(access, { accountId }, kind);
}

/** The same turn to read, of a login that may have no account yet. */
export function loginSlot(access: KaspiAccess, login: string): AcquireSlot {
  return slotOf(access, { login }, "read");
}

function slotOf(access: KaspiAccess, whose: Whose, kind: "read" | "write"): AcquireSlot {
  return async (signal) => {
    const now = access.clock();
    if (kind === "read") {
      const patience = signal ? LONGEST_WAIT_MS : PERSONS_WAIT_MS;
      await refuseFarAway(access, whose, now, patience);
    }
    const at = await takeSlot(access.db, whose, kind, now);
    const waitMs = at.getTime() - now.getTime();
    if (waitMs > 0) await access.sleep(waitMs, signal);
  };
}

/** Before a slot is taken, or each refusal would prolong the wait. */
async function refuseFarAway(
  { db }: KaspiAccess,
  whose: Whose,
  now: Date,
  patienceMs: number,
): Promise<void> {
  const far = await readsResumeAt(db, whose, later(now, patienceMs));
  if (!far) return;
  const retryAfterMs = far.getTime() - now.getTime();
  throw new AppError("kaspi_throttled", "reads_throttled", { retryAfterMs });
}
