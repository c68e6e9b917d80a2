import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { productCities, products } from "@/lib/db/schema/products";

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
