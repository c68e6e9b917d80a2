import type { Caller } from "@/lib/auth/model";
import { SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { Facets, FilterCounts } from "./filter-model";
import { countByFilter, listFacets } from "./list-queries";
import type { ProductChoice } from "./model";

const KEPT_MS = 10 * SECOND;
const MOST = 500;

type Counted = { counts: FilterCounts; facets: Facets };
type Entry = { at: number; counted: Promise<Counted> };

// Next evaluates this module once per bundle; what an action forgets, a page must not remember.
const shared = globalThis as typeof globalThis & { dukenCounts?: Map<string, Entry> };

function entries(): Map<string, Entry> {
  shared.dukenCounts ??= new Map();
  return shared.dukenCounts;
}

/** Counts and facets of a choice, at most ten seconds old: counting reads every row, a page only fifty. */
export function countedLately(
  tx: Tx,
  caller: Caller,
  choice: ProductChoice,
  now: Date,
): Promise<Counted> {
  const { store, q, place, watch, today, reason, category, from, to } = choice;
  const { id, role, canViewAllStores } = caller;
  const key = JSON.stringify([
    id,
    role,
    canViewAllStores,
    store,
    q,
    place,
    watch,
    today,
    reason,
    category,
    from,
    to,
  ]);
  const kept = entries().get(key);
  if (kept && Math.abs(now.getTime() - kept.at) < KEPT_MS) return kept.counted;
  const counted = count(tx, caller, choice, now);
  const entry = { at: now.getTime(), counted };
  entries().delete(key);
  entries().set(key, entry);
  for (const oldest of entries().keys()) {
    if (entries().size <= MOST) break;
    entries().delete(oldest);
  }
  counted.catch(() => {
    if (entries().get(key) === entry) entries().delete(key);
  });
  return counted;
}

/** After a person's own change: they look for its effect in the very next page. */
export function forgetCounts(): void {
  entries().clear();
}

async function count(tx: Tx, caller: Caller, choice: ProductChoice, now: Date): Promise<Counted> {
  const [counts, facets] = await Promise.all([
    countByFilter(tx, caller, choice, now),
    listFacets(tx, caller, choice.store),
  ]);
  return { counts, facets };
}
