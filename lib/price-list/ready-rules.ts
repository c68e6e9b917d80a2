/** Why no list is served. Texts: `priceList.notReady.<why>`. */
export type NotReady = "stopped" | "paused" | "never_whole" | "stale" | "errors" | "changing";

/** What serving rests on. */
export type Readiness = {
  /** The kill switch, of the store or of everything. */
  isStopped: boolean;
  /** The store is put to rest, or asks Kaspi nothing but the official interface. */
  isPaused: boolean;
  /** A preorder's write is under way: what is on sale, and where, is not known. */
  isChanging: boolean;
  /** When the last complete look at Kaspi's list began. */
  wholeSince: Date | null;
};

/**
 * Why no list may be served now, whatever it says; null: one may. What Kaspi showed longer ago than
 * `oldestMs` may lack goods that the seller has added since: a list without them would end their sale.
 */
export function notReady(
  { isStopped, isPaused, isChanging, wholeSince }: Readiness,
  now: Date,
  oldestMs: number,
): NotReady | null {
  if (isStopped) return "stopped";
  if (isPaused) return "paused";
  if (wholeSince === null) return "never_whole";
  if (now.getTime() - wholeSince.getTime() >= oldestMs) return "stale";
  return isChanging ? "changing" : null;
}
