import { later, MINUTE } from "@/lib/core/time";
import type { MailingAccess } from "../access";
import { type Taken, takeAttempt } from "./attempt-queries";
import { type Limits, takePlace } from "./place";

/** Longer than one letter of ten megabytes may take. */
const LEASE_MS = 5 * MINUTE;

/** Ends a transaction in which nothing was taken; `freeAt`: when the office's limits let a letter leave. */
class NothingTaken extends Error {
  constructor(readonly freeAt: Date | null) {
    super("nothing was taken");
  }
}

/**
 * The next letter of a run and its place under the office's limits, both or neither: nobody takes a place for a
 * letter that is not there. Null: none of it may leave now; `freeAt`: the limits want it to wait.
 */
export async function takeLetter(
  { db, clock }: Pick<MailingAccess, "db" | "clock">,
  runId: string,
  limits: Limits,
): Promise<Taken | { freeAt: Date } | null> {
  const now = clock();
  try {
    return await db.transaction(async (tx) => {
      const taken = await takeAttempt(tx, runId, { now, leaseUntil: later(now, LEASE_MS) });
      const freeAt = taken && (await takePlace(tx, limits, now));
      if (!taken || freeAt) throw new NothingTaken(freeAt);
      return taken;
    });
  } catch (error) {
    if (!(error instanceof NothingTaken)) throw error;
    return error.freeAt && { freeAt: error.freeAt };
  }
}
