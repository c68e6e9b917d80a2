import type { Caller } from "@/lib/auth/model";
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
  const { id, role, canViewAllStores } = caller;
  const key = JSON.stringify([id, role, canViewAllStores, store]);
  return lately.get(key, now, () => listRivals(tx, caller, store));
}
