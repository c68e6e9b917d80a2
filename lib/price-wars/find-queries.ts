import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { priceWars } from "@/lib/db/schema/price-wars";
import { products } from "@/lib/db/schema/products";
import { decisions, marketObservations } from "@/lib/db/schema/repricing";
import { WAR_ROUNDS, WAR_WINDOW } from "./model";
import type { Chase, OwnMove, Sighting } from "./rules";

/** A product in a city that may be at war, or is. */
export type Front = { productId: string; cityId: string; cardId: string };
export const frontKey = ({ productId, cityId }: Pick<Front, "productId" | "cityId">) =>
  `${productId} ${cityId}`;
export type Seen = { own: OwnMove[]; sightings: Sighting[] };
export type OpenWar = Chase & { id: string };

const sentChange = sql`${decisions.kind} = 'change' and not ${decisions.dryRun}`;

/** Stores with an open war, at work or not: theirs come to rest, too. */
export async function storesAtWar(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ storeId: priceWars.storeId })
    .from(priceWars)
    .where(isNull(priceWars.endedAt));
  return rows.map(({ storeId }) => storeId);
}

/** Where a store has cut so often of late that it may be a chase, and where one is open. */
export async function frontsOf(tx: Tx, storeId: string, now: Date): Promise<Front[]> {
  const since = later(now, -WAR_WINDOW).toISOString();
  const rows = await tx.execute<Front>(sql`
    with front as (
      select ${decisions.productId} as product_id, ${decisions.cityId} as city_id from ${decisions}
      where ${decisions.storeId} = ${storeId} and ${decisions.decidedAt} > ${since}
        and ${sentChange} and ${decisions.sentAt} is not null
        and ${decisions.price} < ${decisions.priceBefore}
      group by 1, 2 having count(*) >= ${WAR_ROUNDS}
      union
      select ${priceWars.productId}, ${priceWars.cityId} from ${priceWars}
      where ${priceWars.storeId} = ${storeId} and ${priceWars.endedAt} is null
    )
    select front.product_id as "productId", front.city_id as "cityId",
      coalesce(p.card_id, '') as "cardId"
    from front join ${products} p on p.id = front.product_id
    order by 1, 2`);
  return [...rows];
}

/** The prices that left and the markets that were read there of late, in the order of time. */
export async function seenOn(tx: Tx, fronts: Front[], now: Date): Promise<Map<string, Seen>> {
  const since = later(now, -WAR_WINDOW);
  const seen = new Map(
    fronts.map((front) => [frontKey(front), { own: [], sightings: [] } as Seen]),
  );
  for (const { productId, cityId, at, before, price } of await ownMoves(tx, fronts, since)) {
    const moves = seen.get(frontKey({ productId, cityId }))?.own;
    if (at && before !== null && price !== null) moves?.push({ at, before, price });
  }
  const markets = new Map<string, Sighting[]>();
  for (const { cardId, cityId, at, prices } of await marketsOn(tx, fronts, since)) {
    const key = `${cardId} ${cityId}`;
    markets.set(key, [...(markets.get(key) ?? []), { at, prices }]);
  }
  for (const front of fronts)
    seen
      .get(frontKey(front))
      ?.sightings.push(...(markets.get(`${front.cardId} ${front.cityId}`) ?? []));
  return seen;
}

function ownMoves(tx: Tx, fronts: Front[], since: Date) {
  return tx
    .select({
      productId: decisions.productId,
      cityId: decisions.cityId,
      at: decisions.sentAt,
      before: decisions.priceBefore,
      price: decisions.price,
    })
    .from(decisions)
    .where(
      and(
        sql`(${decisions.productId}, ${decisions.cityId}) in (
          select "productId", "cityId" from json_to_recordset(${JSON.stringify(fronts)}::json)
            as front("productId" uuid, "cityId" text))`,
        gt(decisions.decidedAt, since),
        sentChange,
        sql`${decisions.sentAt} is not null`,
      ),
    )
    .orderBy(decisions.sentAt, decisions.seq);
}

/** Of each seller the one price that is shown: a card lists nobody twice. */
function marketsOn(tx: Tx, fronts: Front[], since: Date) {
  return tx
    .select({
      cardId: marketObservations.cardId,
      cityId: marketObservations.cityId,
      at: marketObservations.firstSeenAt,
      prices: sql<Sighting["prices"]>`(select coalesce(
        jsonb_object_agg(offer ->> 'merchantId', offer -> 'price'), '{}')
        from jsonb_array_elements(${marketObservations.offers}) offer)`,
    })
    .from(marketObservations)
    .where(
      and(
        sql`(${marketObservations.cardId}, ${marketObservations.cityId}) in (
          select "cardId", "cityId" from json_to_recordset(${JSON.stringify(fronts)}::json)
            as front("cardId" text, "cityId" text))`,
        gt(marketObservations.firstSeenAt, since),
      ),
    )
    .orderBy(marketObservations.firstSeenAt, marketObservations.id);
}

/** The open wars of these fronts, locked until the transaction ends. */
export async function lockWars(tx: Tx, fronts: Front[]): Promise<Map<string, OpenWar>> {
  const rows = await tx
    .select()
    .from(priceWars)
    .where(
      and(
        inArray(
          priceWars.productId,
          fronts.map(({ productId }) => productId),
        ),
        isNull(priceWars.endedAt),
      ),
    )
    .orderBy(priceWars.id)
    .for("update");
  return new Map(rows.map((row) => [frontKey(row), row]));
}

export async function openWar(
  tx: Tx,
  storeId: string,
  { productId, cityId }: Front,
  chase: Chase,
): Promise<void> {
  await tx
    .insert(priceWars)
    .values({ storeId, productId, cityId, ...chase })
    .onConflictDoNothing();
}

export async function moveWar(
  tx: Tx,
  { id, rounds, lastCutAt, lastCutBy, price, rivalPrice }: OpenWar,
  endedAt: Date | null,
): Promise<void> {
  await tx
    .update(priceWars)
    .set({ rounds, lastCutAt, lastCutBy, price, rivalPrice, endedAt })
    .where(eq(priceWars.id, id));
}
