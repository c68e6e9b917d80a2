import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { ownMerchants } from "@/lib/stores/queries";
import {
  type Front,
  frontKey,
  frontsOf,
  lockWars,
  moveWar,
  type OpenWar,
  openWar,
  type Seen,
  seenOn,
} from "./find-queries";
import { chaseOf, cutsWith, followChase, isOver } from "./rules";

/** Judged in one transaction. A killed one is judged again: what was counted is not counted twice. */
const FRONTS_AT_ONCE = 100;

export type Watched = { fronts: number; opened: number; ended: number };

/** Looks for chases where a store cuts often, and how its open ones go on. Reads what is stored alone. */
export async function watchStore(
  { db, clock }: Pick<KaspiAccess, "db" | "clock">,
  storeId: string,
  signal?: AbortSignal,
): Promise<Watched> {
  const now = clock();
  const fronts = await frontsOf(db, storeId, now);
  const counts = { fronts: fronts.length, opened: 0, ended: 0 };
  for (let from = 0; from < fronts.length; from += FRONTS_AT_ONCE) {
    signal?.throwIfAborted();
    const some = fronts.slice(from, from + FRONTS_AT_ONCE);
    const judged = await db.transaction((tx) => judge(tx, storeId, some, now));
    counts.opened += judged.opened;
    counts.ended += judged.ended;
  }
  return counts;
}

async function judge(tx: Tx, storeId: string, fronts: Front[], now: Date) {
  const counts = { opened: 0, ended: 0 };
  const own = await ownMerchants(tx);
  const wars = await lockWars(tx, fronts);
  const seen = await seenOn(tx, fronts, now);
  for (const front of fronts) {
    const war = wars.get(frontKey(front));
    const known = rivalsOnly(seen.get(frontKey(front)), own);
    if (war) counts.ended += (await goesOn(tx, war, known, now)) ? 0 : 1;
    else counts.opened += (await begins(tx, storeId, front, known, now)) ? 1 : 0;
  }
  return counts;
}

async function begins(
  tx: Tx,
  storeId: string,
  front: Front,
  { own, sightings }: Seen,
  now: Date,
): Promise<boolean> {
  const chase = chaseOf(own, sightings);
  if (!chase || isOver(chase, now)) return false;
  await openWar(tx, storeId, front, chase);
  return true;
}

async function goesOn(tx: Tx, war: OpenWar, { own, sightings }: Seen, now: Date): Promise<boolean> {
  const followed = followChase(war, cutsWith(war.rivalId, own, sightings));
  const hasEnded = isOver(followed, now);
  if (followed !== war || hasEnded) await moveWar(tx, followed, hasEnded ? now : null);
  return !hasEnded;
}

/** None of our own stores is ever at war with us. */
function rivalsOnly(seen: Seen | undefined, own: ReadonlySet<string>): Seen {
  const { own: moves, sightings } = seen ?? { own: [], sightings: [] };
  const without = sightings.map(({ at, prices }) => ({
    at,
    prices: Object.fromEntries(Object.entries(prices).filter(([id]) => !own.has(id))),
  }));
  return { own: moves, sightings: without };
}
