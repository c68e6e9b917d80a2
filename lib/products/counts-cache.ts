import type { Caller } from "@/lib/auth/model";
import { scopeKey } from "@/lib/auth/permissions";
import { keptLately } from "@/lib/core/kept-lately";
import { SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { Facets, FilterCounts } from "./filter-model";
import { countByFilter, listFacets } from "./list-queries";
import type { ProductChoice } from "./model";

type Counted = { counts: FilterCounts; facets: Facets };

const lately = keptLately<Counted>("counts", { ms: 10 * SECOND, most: 500 });

/** Counts and facets of a choice, at most ten seconds old: counting reads every row, a page only fifty. */
export function countedLately(
  tx: Tx,
  caller: Caller,
  choice: ProductChoice,
  now: Date,
): Promise<Counted> {
  const { store, q, place, watch, today, reason, category, rival, from, to } = choice;
  const key = keyOf(caller, [
    scopeKey(caller),
    ...[store, q, place, watch, today, reason, category, rival, from, to],
  ]);
  return lately.get(key, now, () => count(tx, caller, choice, now));
}

/** After a person's own change: they look for its effect in the very next page; others can wait for it. */
export function forgetCounts(caller: Caller): void {
  const own = keyOf(caller, []).slice(0, -1);
  lately.forget((key) => key.startsWith(own));
}

/** Begins with whose it is. */
const keyOf = ({ id }: Caller, rest: readonly unknown[]) => JSON.stringify([id, ...rest]);

async function count(tx: Tx, caller: Caller, choice: ProductChoice, now: Date): Promise<Counted> {
  const [counts, facets] = await Promise.all([
    countByFilter(tx, caller, choice, now),
    listFacets(tx, caller, choice.store),
  ]);
  return { counts, facets };
}
