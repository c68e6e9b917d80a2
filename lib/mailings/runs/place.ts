import { keepTo } from "@/lib/auth/pace-queries";
import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import { getWorkspace } from "@/lib/workspace/queries";
import type { MailingAccess } from "../access";
import { paceWithin } from "./limit-rules";

type Wait = { until: Date; signal?: AbortSignal | undefined };

/**
 * Waits for the place of a letter among all that the office sends, in every process together. Null: it has one;
 * else when there may be one again, which is not before this step is over.
 */
export async function waitForPlace(
  { db, clock, sleep }: Pick<MailingAccess, "db" | "clock" | "sleep">,
  { until, signal }: Wait,
): Promise<Date | null> {
  const { lettersPerMinute, lettersPerHour } = await getWorkspace(db);
  const limits = [
    ["letters a minute", paceWithin(lettersPerMinute, MINUTE, lettersPerMinute / 10)],
    ["letters an hour", paceWithin(lettersPerHour, HOUR, lettersPerHour / 4)],
  ] as const;
  for (const [who, pace] of limits) {
    for (;;) {
      const waitMs = await keepTo(db, who, pace, clock());
      if (waitMs === 0) break;
      const freeAt = later(clock(), waitMs);
      if (freeAt >= until) return freeAt;
      await sleep(Math.min(waitMs, SECOND), signal);
    }
  }
  return null;
}
