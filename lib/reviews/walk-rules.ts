/** What a page has brought, and what is known of the walk so far. */
export type WalkedPage = {
  /** From 0. */
  page: number;
  /** Readable rows of it. */
  rows: number;
  /** Of those, met on an earlier page of this walk. */
  repeated: number;
  /** Of those, known since a walk that came to its end. */
  known: number;
  /** Different reviews met in this walk, this page's included. */
  met: number;
  /** What Kaspi says there are; null when it does not say. */
  total: number | null;
  /** So many are read at most. */
  bound: number;
};

/** Pages may be smaller than asked for; so many are enough for any list. */
export const MOST_PAGES = 1_000;

/**
 * Whether the walk is over after this page, and why. Reviews come newest first, so a page all of which was
 * known has only known ones behind it; a page that only repeats this walk's own has nothing behind it.
 */
export function endOfWalk(
  walked: WalkedPage,
): "empty" | "repeats" | "known" | "total" | "bound" | null {
  const { page, rows, repeated, known, met, total, bound } = walked;
  if (rows === 0) return "empty";
  if (known === rows) return "known";
  if (page > 0 && repeated === rows) return "repeats";
  if (total !== null && met >= total) return "total";
  if (met >= bound || page + 1 >= MOST_PAGES) return "bound";
  return null;
}
