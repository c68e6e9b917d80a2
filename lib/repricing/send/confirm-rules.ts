import type { Tenge } from "@/lib/core/money";
import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";

/** What Kaspi's list shows of the offer now; null: it is not in the list. */
export type Shown = { price: Tenge | null; onSale: boolean; pending: boolean } | null;

export type Fate =
  | { kind: "confirmed" }
  | { kind: "rejected"; why: "gone" | "other_price" | "not_applied" | "not_arrived" }
  | { kind: "unknown"; lookAt: Date };

/** Kaspi promises up to an hour (protocol C1). */
const LONGEST_MS = HOUR;
/** A request that may never have arrived, and of which Kaspi's row shows no trace. */
const LONGEST_UNSURE_MS = 15 * MINUTE;
const LOOKS_MS = [6 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE];
const SLOW_LOOK_MS = 5 * MINUTE;

/**
 * What became of a price that was sent, or may have been: accepted is not applied, only the list
 * proves it. The price before may still be shown; any third price means somebody else's change.
 */
export function judgeSent(
  sent: { price: Tenge; before: Tenge | null; since: Date; isSure: boolean; reads: number },
  shown: Shown,
  now: Date,
): Fate {
  const age = now.getTime() - sent.since.getTime();
  // A search that finds nothing is no proof: Kaspi may be building its index anew.
  if (!shown)
    return age >= LONGEST_MS
      ? { kind: "rejected", why: "gone" }
      : { kind: "unknown", lookAt: nextLook(sent.reads, now) };
  if (shown.price === sent.price) return { kind: "confirmed" };
  if (!shown.pending && shown.price !== null && shown.price !== sent.before)
    return { kind: "rejected", why: "other_price" };
  if (age >= LONGEST_MS) return { kind: "rejected", why: "not_applied" };
  if (!sent.isSure && !shown.pending && age >= LONGEST_UNSURE_MS)
    return { kind: "rejected", why: "not_arrived" };
  return { kind: "unknown", lookAt: nextLook(sent.reads, now) };
}

/** When the list is read again after so many looks. */
export function nextLook(reads: number, now: Date): Date {
  return later(now, LOOKS_MS[reads] ?? SLOW_LOOK_MS);
}
