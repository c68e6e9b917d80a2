import type { Caller } from "@/lib/auth/model";
import { inTurns } from "@/lib/core/in-turns";

const own = inTurns("own-looks", { most: 1, waiting: { most: 2, error: "too_many_looks" } });
const all = inTurns("looks", { most: 2 });

/**
 * A look at what a change would do may read everything a person has: one of a person and two of this
 * process go on at once. Throws `rate_limited` for a fourth of one person.
 */
export function inLookTurn<T>({ id }: Caller, look: () => Promise<T>): Promise<T> {
  return own(id, () => all("everybody's", look));
}
