import { keepTo } from "@/lib/auth/pace-queries";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { Workspace } from "@/lib/workspace/queries";
import { paceWithin } from "./limit-rules";

export type Limits = Pick<Workspace, "lettersPerMinute" | "lettersPerHour">;

/**
 * Counts one more letter among all that the office sends, in every process together. Null: it may leave; else when,
 * and what was counted is to be undone.
 */
export async function takePlace(
  tx: Tx,
  { lettersPerMinute, lettersPerHour }: Limits,
  now: Date,
): Promise<Date | null> {
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
