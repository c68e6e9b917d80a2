import { SECOND } from "@/lib/core/time";

/** What a login has spent of its budget of changes, and how fast it may send. */
export type SendingPace = {
  now: Date;
  /** No change leaves before this; null: it may at once. */
  blockedUntil: Date | null;
  /** When each change of the rolling window was taken from the budget, the oldest first. */
  spent: readonly Date[];
  perWindow: number;
  windowMs: number;
  perSecond: number;
};

/** When each of so many changes will leave, if nothing else comes in between. */
export function sendingTimes(count: number, pace: SendingPace): Date[] {
  const { spent, perWindow, windowMs, perSecond } = pace;
  const sent = spent.map((at) => at.getTime());
  let last = startOf(pace).getTime();
  for (let nth = 0; nth < count; nth += 1) {
    const freed = (sent.at(-perWindow) ?? Number.NEGATIVE_INFINITY) + windowMs;
    const isFull = sent.length >= perWindow;
    last = Math.max(last + (nth > 0 ? SECOND / perSecond : 0), isFull ? freed : last);
    sent.push(last);
  }
  return sent.slice(spent.length).map((at) => new Date(at));
}

/** When the last of them will have left. */
export const sentBy = (count: number, pace: SendingPace): Date =>
  sendingTimes(count, pace).at(-1) ?? startOf(pace);

const startOf = ({ now, blockedUntil }: SendingPace): Date =>
  blockedUntil && blockedUntil > now ? blockedUntil : now;
