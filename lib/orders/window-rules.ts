import { DAY, later } from "@/lib/core/time";

/** Kaspi lists no more at once (protocol G2). */
export const LONGEST_WINDOW = 14 * DAY;
/** Orders that old are read again once a day: what is returned is returned late. */
export const LATE_DAYS = 60;
const LATE_EVERY = DAY;

/** Orders made from `from` until just before `until`. */
export type Window = { kind: "fresh" | "back" | "late"; from: Date; until: Date };

/** How far the orders of a store were read: all made from `readFrom` until before `readTo`. */
export type Progress = {
  historyFrom: Date;
  readFrom: Date | null;
  readTo: Date | null;
  lateReadAt: Date | null;
  /** A reading of old orders is under way, and has come back to here. */
  lateFrom: Date | null;
};

/**
 * What is read next for a reading that began at `now`; null: nothing is left. Fresh orders first, the last
 * fourteen days each time; then further back until all of the history is there; then, once a day, old ones again.
 */
export function nextWindow(progress: Progress, now: Date): Window | null {
  return freshWindow(progress, now) ?? backWindow(progress) ?? lateWindow(progress, now);
}

function freshWindow({ readTo }: Progress, now: Date): Window | null {
  if (readTo !== null && readTo >= now) return null;
  const recent = later(now, -LONGEST_WINDOW);
  if (readTo === null || readTo >= recent) return { kind: "fresh", from: recent, until: now };
  return { kind: "fresh", from: readTo, until: earlier(later(readTo, LONGEST_WINDOW), now) };
}

function backWindow({ readFrom, historyFrom }: Progress): Window | null {
  if (readFrom === null || readFrom <= historyFrom) return null;
  const from = newer(later(readFrom, -LONGEST_WINDOW), historyFrom);
  return { kind: "back", from, until: readFrom };
}

function lateWindow(progress: Progress, now: Date): Window | null {
  const { lateReadAt, lateFrom } = progress;
  if (lateReadAt !== null && now.getTime() - lateReadAt.getTime() < LATE_EVERY) return null;
  const until = lateFrom ?? later(now, -LONGEST_WINDOW);
  const bound = lateBound(progress, now);
  if (until <= bound) return null;
  return { kind: "late", from: newer(later(until, -LONGEST_WINDOW), bound), until };
}

const lateBound = ({ historyFrom }: Progress, now: Date) =>
  newer(later(now, -LATE_DAYS * DAY), historyFrom);

/** How far it is once the window was read; `now` is when the reading began. */
export function afterWindow(progress: Progress, window: Window, now: Date): Progress {
  const { from, until } = window;
  if (window.kind === "fresh")
    return {
      ...progress,
      readTo: until,
      readFrom: progress.readFrom === null ? from : earlier(progress.readFrom, from),
    };
  if (window.kind === "back") {
    // What has just been read for the first time need not be read again today.
    const isWhole = from <= progress.historyFrom;
    return { ...progress, readFrom: from, ...(isWhole && { lateReadAt: now, lateFrom: null }) };
  }
  const isWhole = from <= lateBound(progress, now);
  return { ...progress, ...(isWhole ? { lateReadAt: now, lateFrom: null } : { lateFrom: from }) };
}

/** The two halves of a window that holds more orders than Kaspi lists; null: it is too short for that. */
export function halvesOf({ from, until }: Omit<Window, "kind">): Omit<Window, "kind">[] | null {
  const half = Math.floor((until.getTime() - from.getTime()) / 2);
  if (half < 1) return null;
  const middle = later(from, half);
  return [
    { from, until: middle },
    { from: middle, until },
  ];
}

const earlier = (one: Date, other: Date) => (one <= other ? one : other);
const newer = (one: Date, other: Date) => (one >= other ? one : other);
