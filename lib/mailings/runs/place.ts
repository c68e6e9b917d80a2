import { keepTo } from "@/lib/auth/pace-queries";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { getWorkspace } from "@/lib/workspace/queries";
import { paceWithin } from "./limit-rules";

/** Counts one more letter among all that the office sends, in every process together. Null: it may leave; else when. */
export async function takePlace(tx: Tx, now: Date): Promise<Date | null> {
  const { lettersPerMinute, lettersPerHour } = await getWorkspace(tx);
  const limits = [
    ["letters a minute", paceWithin(lettersPerMinute, MINUTE, lettersPerMinute / 10)],
    ["letters an hour", paceWithin(lettersPerHour, HOUR, lettersPerHour / 4)],
  ] as const;
  for (const [who, pace] of limits) {
    const waitMs = await keepTo(tx, who, pace, now);
    if (waitMs > 0) return later(now, waitMs);
  }
  return null;
}
