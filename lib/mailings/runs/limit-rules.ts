import type { Pace } from "@/lib/auth/pace-queries";

/**
 * Lets no more than so many through in any such time, wherever it begins: a part of them at once, by whoever has
 * waited, and the rest one after the other.
 */
export function paceWithin(most: number, periodMs: number, atOnce: number): Pace {
  const burst = Math.max(1, Math.min(most, Math.floor(atOnce)));
  return { everyMs: periodMs / (most - burst + 1), burst };
}
