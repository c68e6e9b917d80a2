import { DAY } from "@/lib/core/time";

/** What a page has brought, and what is known of the walk so far. */
export type WalkedPage = {
  /** From 0. */
  page: number;
  /** So many rows were asked for. */
  perPage: number;
  /** Rows that came, and of them different ones that can be read. */
  rows: number;
  readable: number;
  /** Of those, met on an earlier page of this walk. */
  repeated: number;
  /** Of those, known since a walk that came to its end. */
  known: number;
  /** Pages up to this one all of which was known, without another between them. */
  knownPages: number;
  /** Different reviews met in this walk, this page's and those nobody can read included. */
  met: number;
  /** What Kaspi says there are; null when it does not say. */
  total: number | null;
  /** So many are read at most. */
  bound: number;
  reach: Reach;
  /** Nothing was known of the list before. */
  isFirst: boolean;
};

/**
 * How far a walk goes: `end`, whatever is known; `known`, to the first page all of which is; `more`, a few pages
 * beyond that, as the number that Kaspi says has moved otherwise than what was kept.
 */
export type Reach = "end" | "known" | "more";

export type WalkEnd = "empty" | "repeats" | "known" | "total" | "bound" | "short";

/** Pages may be smaller than asked for; so many are enough for any list. */
export const MOST_PAGES = 1_000;

/** A review that was held back for a day or two lies behind the newest, but not far behind. */
const KNOWN_PAGES_MORE = 5;

/**
 * Whether the walk is over after this page, and why. Reviews come newest first, so behind a page all of which
 * was known lie known ones, but for those that were held back; a page that only repeats this walk's own has
 * nothing behind it. The bound leaves nothing out between what is new and what was known.
 */
export function endOfWalk(walked: WalkedPage): WalkEnd | null {
  const { page, perPage, rows, readable, repeated, known, met, total, bound, reach, isFirst } =
    walked;
  if (rows === 0) return "empty";
  const isKnown = readable > 0 && known === readable;
  if (isKnown && reach === "known") return "known";
  if (isKnown && reach === "more" && walked.knownPages > KNOWN_PAGES_MORE) return "known";
  if (page > 0 && readable > 0 && repeated === readable) return "repeats";
  if (total !== null && met >= total && rows < perPage) return "total";
  if (page + 1 >= MOST_PAGES) return "bound";
  // Of a list read before, what is new is read until it joins what was known.
  if (met < bound || (!isFirst && known === 0)) return null;
  return reach === "end" ? "bound" : "known";
}

/** Kaspi's own counters disagree by a few (protocol K: 687 against 694). */
const TOLERATED_SHARE = 0.02;
const MOST_TOLERATED = 50;
/** An empty page before so much of what Kaspi counts is no end, but an answer that is none. */
const CLEARLY_LESS = 0.95;

/** Whether so many are all there are, as Kaspi counts them. */
export const agrees = (count: number, total: number): boolean =>
  Math.abs(total - count) <= Math.min(Math.floor(total * TOLERATED_SHARE), MOST_TOLERATED);

/** Whether an empty page cannot be the end of the list. */
export const isCutShort = (met: number, total: number | null): boolean =>
  total !== null && met < total * CLEARLY_LESS;

type Ended = {
  end: WalkEnd | null;
  met: number;
  total: number | null;
  /** Reviews that are kept of the list, and whether they were all there were before this walk. */
  stored: number;
  wasWhole: boolean;
};

/** Whether all the reviews there are have been read, now that the walk has ended. */
export function isWholeAfter({ end, met, total, stored, wasWhole }: Ended): boolean {
  if (end === "empty" || end === "total")
    return total === null ? met > 0 : met >= total || agrees(met, total);
  if (end === "known" || end === "bound")
    return wasWhole && (total === null || agrees(stored, total));
  return false;
}

/** What was held back or deleted deep in the list is noticed within so many days. */
const WHOLE_WALK_DAYS = 7;

type Settled = {
  settledWalk: number;
  isWhole: boolean;
  wholeWalkAt: Date | null;
  settledBound: number;
  settledGap: number | null;
};

/** Whether a walk over the list goes to its end: the first, once a week, and when more may be read than before. */
export function goesToEnd(settled: Settled, bound: number, now: Date): boolean {
  const { settledWalk, isWhole, wholeWalkAt, settledBound } = settled;
  if (settledWalk === 0 || wholeWalkAt === null) return true;
  if (!isWhole && bound > settledBound) return true;
  return now.getTime() - wholeWalkAt.getTime() >= WHOLE_WALK_DAYS * DAY;
}

/** What Kaspi counts and we have not; what the last walk has left so is nothing new. */
export const gapOf = (stored: number, total: number | null): number | null =>
  total === null ? null : total - stored;

/** Whether something has come or gone that the newest pages do not explain. */
export const hasMoved = (gap: number | null, settledGap: number | null): boolean =>
  gap !== null && gap !== (settledGap ?? 0);
