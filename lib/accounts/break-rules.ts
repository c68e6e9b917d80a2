import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import type { LoginBreak } from "./model";

/** Kaspi's break times are exact to the second at best; a little more is safe. */
const BREAK_MARGIN_MS = 15 * SECOND;
/** When Kaspi names no time. Dozens of jobs want the session, and each would try to log in. */
const OWN_BREAK_MS = 2 * MINUTE;
const LONGEST_BREAK_MS = HOUR;
/** A session that we opened and that has died sooner was closed to us, not outlived. */
const YOUNG_MS = 10 * MINUTE;
/** After so many in a row, hours in all, only a person can find out what Kaspi has against the login. */
const MOST_CLOSED = 8;
/** Worth a word to the seller: what lasts shorter is over before they have read it. */
const LONG_MS = 10 * MINUTE;
const MANY = 3;

/** Of two reasons to stay away the graver one is told. */
const gravity: Record<LoginBreak["by"], number> = { trouble: 0, closed: 1, address: 2, flood: 3 };

/**
 * What a login has met with; `askedMs`: how long Kaspi wants us away, when it says so. A person's own
 * tries make no break longer: whoever types another's phone must not keep them away for an hour.
 */
export type Setback = { by: LoginBreak["by"]; askedMs: number | null; isPersons?: boolean };

/**
 * The break after one more setback: as long as Kaspi asks, and twice as long as the one before, up to
 * an hour. It never ends before the one it takes the place of.
 */
export function nextBreak(before: LoginBreak | null, setback: Setback, now: Date): LoginBreak {
  const times = Math.max(1, (before?.times ?? 0) + (setback.isPersons ? 0 : 1));
  const isOver = before === null || before.until <= now;
  const until = later(now, lengthOf(setback, times));
  return {
    times,
    by: isOver || gravity[before.by] <= gravity[setback.by] ? setback.by : before.by,
    until: isOver || before.until <= until ? until : before.until,
  };
}

function lengthOf({ askedMs, isPersons = false }: Setback, times: number): number {
  const asked = askedMs === null ? 0 : askedMs + BREAK_MARGIN_MS;
  // Kaspi's own time is enough for the first try after it (protocol A1).
  if (asked > 0 && (times === 1 || isPersons)) return asked;
  return Math.max(asked, Math.min(OWN_BREAK_MS * 2 ** (times - 1), LONGEST_BREAK_MS));
}

/** Whether the seller is to be told that the login waits. */
export function isLong({ until, times }: LoginBreak, now: Date): boolean {
  return times >= MANY || until.getTime() - now.getTime() > LONG_MS;
}

/** Whether it is time to call a person to a login whose sessions are closed as soon as they are opened. */
export function isClosedForGood({ by, times }: LoginBreak): boolean {
  return by === "closed" && times >= MOST_CLOSED;
}

type Died = { savedAt: Date; isRenewal: boolean };

/** What the end of a session says of the login, given its last break, which is over. */
export function judgeEnd(
  { savedAt, isRenewal }: Died,
  before: LoginBreak | null,
  now: Date,
): "counted" | "closed" | "outlived" {
  // No session is renewed during a break: one that ends after it was saved is about this very session.
  if (before && before.until > savedAt) return "counted";
  const age = now.getTime() - savedAt.getTime();
  return isRenewal && age < YOUNG_MS ? "closed" : "outlived";
}
