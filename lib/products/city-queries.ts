import { and, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import type { ProductCity } from "./model";

type Settings = typeof products.$inferSelect;

const isLead = sql<boolean>`${productCities.cityId} = ${products.leadCityId}`;

/**
 * What holds for a product in a city: limits of the city's own, else the product's. Anchor and lock are
 * never inherited, another city's price says nothing here: the leading city's are the product's. Needs
 * both tables.
 */
export const cityColumns = {
  isLead,
  floor: sql<Settings["floor"]>`coalesce(${productCities.floor}, ${products.floor})`,
  ceiling: sql<Settings["ceiling"]>`coalesce(${productCities.ceiling}, ${products.ceiling})`,
  anchor: sql<
    Settings["anchor"]
  >`case when ${isLead} then ${products.anchor} else ${productCities.anchor} end`,
  manualLock: sql<boolean>`case when ${isLead} then ${products.manualLock} else ${productCities.manualLock} end`,
  rule: products.rule,
  cityRule: productCities.rule,
};

/** The name of a city, unless it is the one the product is shown by. */
export const nameBesides = (cityId: SQLWrapper) => sql<string | null>`case
  when ${cityId} <> ${products.leadCityId} then coalesce((select ${pickupPoints.cityName}
    from ${pickupPoints} where ${pickupPoints.storeId} = ${products.storeId}
      and ${pickupPoints.cityId} = ${cityId} limit 1), ${cityId}) end`;

/** Of the row `c` of a further city; only products that may have several are looked up. Needs `stores`. */
export const inSomeCity = (ofRow: SQL) => sql`((${stores.pricedCities} is not null
  or ${products.pricedCities} is not null) and exists (select from ${productCities} c
    where c.product_id = ${products.id} and c.is_priced and ${ofRow}))`;

type CityFields = Pick<
  typeof productCities.$inferSelect,
  "floor" | "ceiling" | "rule" | "anchor" | "manualLock"
>;
type Place = { productId: string; cityId: string };

const at = ({ productId, cityId }: Place) =>
  and(eq(productCities.productId, productId), eq(productCities.cityId, cityId));

/** Stores what the seller set for a city alone. Call it with the product locked. */
export async function setCityFields(
  tx: Tx,
  place: Place,
  fields: Partial<CityFields>,
): Promise<void> {
  await tx.update(productCities).set(fields).where(at(place));
}

/** Stores anchor or lock of a product in a city, where they are kept. Call it with the product locked. */
export async function setStanding(
  tx: Tx,
  place: Place & { isLead: boolean },
  fields: Partial<Pick<CityFields, "anchor" | "manualLock">>,
): Promise<void> {
  if (!place.isLead) return setCityFields(tx, place, fields);
  await tx.update(products).set(fields).where(eq(products.id, place.productId));
}

/** The bot of these products has come on: in each further city it may rise to what is shown there. */
export async function raiseCityAnchors(tx: Tx, productIds: string[]): Promise<void> {
  if (productIds.length === 0) return;
  const rows = tx
    .select({ productId: productCities.productId, cityId: productCities.cityId })
    .from(productCities)
    .where(and(inArray(productCities.productId, productIds), productCities.isPriced))
    .orderBy(productCities.productId, productCities.cityId)
    .for("update");
  await tx
    .update(productCities)
    .set({ anchor: sql`greatest(${productCities.anchor}, ${productCities.price})` })
    .where(sql`(${productCities.productId}, ${productCities.cityId}) in ${rows}`);
}

/** What is set for a city alone, or null where the product is not priced. */
export async function ownOfCity(tx: Tx, place: Place) {
  const { floor, ceiling, rule, price } = productCities;
  const [row] = await tx
    .select({ floor, ceiling, rule, price })
    .from(productCities)
    .where(and(at(place), productCities.isPriced));
  return row ?? null;
}

/** The cities of a product, those it is priced in first, the leading one first of all. */
export async function citiesOf(tx: Tx, productId: string): Promise<ProductCity[]> {
  const name = sql<string>`coalesce((select ${pickupPoints.cityName} from ${pickupPoints}
    where ${pickupPoints.storeId} = ${products.storeId} and ${pickupPoints.cityId} = known.city limit 1), known.city)`;
  const rows = await tx
    .select({
      id: sql<string>`known.city`,
      name: name.as("city_name"),
      price: sql<
        ProductCity["price"]
      >`coalesce(${productCities.price}, (${products.cityPrices} ->> known.city)::int)`,
      isLead: sql<boolean>`known.city = ${products.leadCityId}`.as("is_lead"),
      isPriced: sql<boolean>`coalesce(${productCities.isPriced}, false)`.as("is_priced_now"),
      place: productCities.place,
      placesTotal: productCities.placesTotal,
      wantsAttention: sql<boolean>`exists (select from ${decisions} d
        where d.id = ${productCities.lastDecisionId} and d.state in ('frozen', 'rejected', 'refused'))`,
    })
    .from(products)
    .innerJoin(
      sql`lateral (select city_id as city from ${productCities} p
          where p.product_id = ${products.id} and p.is_priced
        union select jsonb_object_keys(${products.cityPrices})) known`,
      sql`true`,
    )
    .leftJoin(
      productCities,
      and(eq(productCities.productId, products.id), sql`${productCities.cityId} = known.city`),
    )
    .where(eq(products.id, productId))
    .orderBy(sql`is_priced_now desc`, sql`is_lead desc`, sql`city_name`, sql`known.city`);
  return rows;
}
