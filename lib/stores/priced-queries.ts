import { asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";

/*
 * Which cities a product is priced in follows from what Kaspi shows, its own choice, its store's, and
 * the main city. `priced_cities()` says it, the leading city first; here what it says is kept.
 */

/** Needs `stores` beside `products`. */
const meant = sql`priced_cities(${products.cityPrices}, ${products.pricedCities},
  ${stores.pricedCities}, ${stores.mainCityId})`;

/** Products of a store, or one, as the scope of `keepPricedCities`. */
export const ofStore = (storeId: string) => eq(products.storeId, storeId);
export const oneProduct = (productId: string) => eq(products.id, productId);

/**
 * Brings leading and priced cities in line with what they follow from: call it in the transaction that
 * changes any of that. What was decided for a city that is no longer priced is not sent any more. Rows
 * are locked in the order of the exit gate: products, decisions, cities.
 */
export async function keepPricedCities(tx: Tx, scope: SQL, now: Date): Promise<void> {
  const ids = await outOfLine(tx, scope);
  if (ids.length === 0) return;
  const these = sql`${products.id} = any(${sql.param(ids)}::uuid[])`;
  await lockProducts(tx, these);
  const left = await changeLead(tx, these);
  await voidUnsent(tx, these);
  await lockCities(tx, these);
  await keepStanding(tx, left);
  await tx.execute(sql`
    with met as materialized (
      select ${products.id} as id, ${products.storeId} as store_id, ${products.botEnabled} as bot_enabled,
        ${products.cityPrices} as city_prices, ${products.price} as price, ${meant} as cities
      from ${products} join ${stores} on ${stores.id} = ${products.storeId} where ${these}
    ), dropped as (
      update ${productCities} set is_priced = false from met
      where product_id = met.id and is_priced and not city_id = any(met.cities)
    )
    ${priceMet(now)}`);
}

type Standing = { id: string; city: string | null; anchor: Tenge | null; locked: boolean | null };

/**
 * Another city comes to lead: by its price the product is shown from now on, and its own anchor and lock
 * are the product's. A lock goes on holding where the former city has no price of its own any more. What
 * stood in the cities left behind, so that a city which comes back has its ceiling again.
 */
async function changeLead(tx: Tx, these: SQL): Promise<Standing[]> {
  const left = await tx.execute<Standing>(sql`
    update ${products} set lead_city_id = line.next,
      price = coalesce((city_prices ->> line.next)::int, price),
      anchor = case when line.is_elsewhere then greatest(line.next_anchor,
        case when bot_enabled then (city_prices ->> line.next)::int end) else anchor end,
      manual_lock = case when line.is_elsewhere and city_prices ? line.former
        then line.next_locked else manual_lock end
    from (
      select line.*, next.anchor as next_anchor, coalesce(next.manual_lock, false) as next_locked,
        line.former is not null and line.prices ? line.next as is_elsewhere
      from (select ${products.id} as product_id, ${products.leadCityId} as former, (${meant})[1] as next,
          ${products.cityPrices} as prices, ${products.anchor} as was_anchor,
          ${products.manualLock} as was_locked
        from ${products} join ${stores} on ${stores.id} = ${products.storeId} where ${these}) line
      left join ${productCities} next
        on next.product_id = line.product_id and next.city_id = line.next
    ) line
    where ${products.id} = line.product_id and lead_city_id is distinct from line.next
    returning ${products.id} as id, line.former as city, line.was_anchor as anchor,
      case when line.is_elsewhere then line.was_locked end as locked`);
  return left.filter(({ city }) => city !== null);
}

async function keepStanding(tx: Tx, left: readonly Standing[]): Promise<void> {
  if (left.length === 0) return;
  await tx.execute(sql`update ${productCities} c set anchor = x.anchor,
      manual_lock = coalesce(x.locked, c.manual_lock)
    from json_to_recordset(${JSON.stringify(left)}::json)
      as x("id" uuid, "city" text, "anchor" integer, "locked" boolean)
    where c.product_id = x."id" and c.city_id = x."city"`);
}

/** Products are locked before their store, in one order, as the exit gate locks its one. */
export async function lockProducts(tx: Tx, scope: SQL): Promise<void> {
  await tx
    .select({ id: products.id })
    .from(products)
    .where(scope)
    .orderBy(asc(products.id))
    .for("no key update");
}

async function lockCities(tx: Tx, these: SQL): Promise<void> {
  const { productId, cityId } = productCities;
  await tx
    .select({ productId })
    .from(productCities)
    .innerJoin(products, eq(products.id, productId))
    .where(these)
    .orderBy(asc(productId), asc(cityId))
    .for("update", { of: productCities });
}

/** Products whose cities are not as they are meant to be; almost always none. */
async function outOfLine(tx: Tx, scope: SQL): Promise<string[]> {
  const kept = sql`array(select city_id from ${productCities}
    where product_id = ${products.id} and is_priced
    order by city_id is distinct from ${stores.mainCityId}, city_id)`;
  const rows = await tx.execute<{ id: string }>(sql`
    select ${products.id} as id from ${products} join ${stores} on ${stores.id} = ${products.storeId}
      cross join lateral (select ${meant} as cities) line
    where ${scope} and (${products.leadCityId} is distinct from cities[1] or cities <> ${kept})`);
  return rows.map(({ id }) => id);
}

async function voidUnsent(tx: Tx, these: SQL): Promise<void> {
  const unsent = tx
    .select({ id: decisions.id })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      sql`${these} and ${decisions.state} in ('pending', 'frozen', 'held') and not ${decisions.cityId} = any(${meant})`,
    )
    .orderBy(asc(decisions.id))
    .for("update", { of: decisions });
  await tx
    .update(decisions)
    .set({ state: "superseded", stateReason: "other_city", stateParams: {}, notBefore: null })
    .where(inArray(decisions.id, unsent));
}

/**
 * Writes the prices of `met(id, store_id, bot_enabled, city_prices, price, cities)` to the cities it is
 * priced in. One that was not priced is looked at at once, and a bot that is on may rise to what is shown.
 */
export const priceMet = (now: Date) => sql`
  insert into ${productCities} (product_id, store_id, city_id, price, next_check_at, is_priced, anchor)
  select met.id, met.store_id, place.city, place.price, ${now.toISOString()}::timestamptz, true,
    case when met.bot_enabled then place.price end
  from met
    cross join lateral (select city, coalesce((met.city_prices ->> city)::int, met.price) as price
      from unnest(met.cities) city) place
    left join lateral (select c.price, c.is_priced from ${productCities} c
      where c.product_id = met.id and c.city_id = place.city limit 1) kept on true
  where kept.is_priced is not true or kept.price is distinct from place.price
  order by met.id, place.city
  on conflict (product_id, city_id) do update set price = excluded.price, is_priced = true,
    next_check_at = case when product_cities.is_priced then product_cities.next_check_at
      else excluded.next_check_at end,
    anchor = case when product_cities.is_priced then product_cities.anchor
      else greatest(product_cities.anchor, excluded.anchor) end`;
