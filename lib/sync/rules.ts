/** Kaspi's own counters disagree by a few rows in a big shop (protocol K: 687 against 694). */
const TOLERATED_SHARE = 0.02;
/** Less than a page, or a page that was missed in a shop of 50,000 would be within the share. */
const MOST_TOLERATED = 50;
/** Goods taken off sale stay in Kaspi's list; half a shop vanishing from it at once is a faulty answer. */
const MOST_GONE_SHARE = 0.5;

/** What a walk over Kaspi's list met, and what was expected. */
export type Walk = {
  seen: number;
  unreadable: number;
  /** What Kaspi said there is. */
  total: number;
  /** What we knew of before, met or not. */
  known: number;
  /** The list did not end by itself. */
  cut: boolean;
};

/**
 * Whether the walk has met the whole list, so that what it did not meet is gone. A page that failed,
 * came twice or was cut short leaves `seen` below `total`; then nothing is marked.
 */
export function isComplete({ seen, unreadable, total, known, cut }: Walk): boolean {
  if (cut || unreadable > 0) return false;
  if (known > 0 && known - seen > known * MOST_GONE_SHARE) return false;
  return total - seen <= Math.min(Math.floor(total * TOLERATED_SHARE), MOST_TOLERATED);
}
