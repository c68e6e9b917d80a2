import type { Caller } from "@/lib/auth/model";
import { scopeKey } from "@/lib/auth/permissions";
import { keptLately } from "@/lib/core/kept-lately";
import { SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { Rival } from "./list-model";
import { listRivals } from "./queries";

const lately = keptLately<Rival[]>("rivals", { ms: 30 * SECOND, most: 100 });

/** The rivals of a store or of all, at most half a minute old: they are counted over every card. */
export function rivalsLately(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
  now: Date,
): Promise<Rival[]> {
  const key = JSON.stringify([scopeKey(caller), store]);
  return lately.get(key, now, () => listRivals(tx, caller, store));
}
