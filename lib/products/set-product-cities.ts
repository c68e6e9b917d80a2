import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { keepPricedCities, oneProduct } from "@/lib/stores/priced-queries";
import type { ProductCities } from "./model";
import { lockProduct, setSellerFields } from "./queries";

/**
 * Chooses the cities a product is priced in; null: those of its store. Throws `invalid` for a city that
 * Kaspi shows no price of its own for: what is not there cannot be kept.
 */
export async function setProductCities(
  db: Db,
  caller: Caller,
  { productId, cityIds }: ProductCities,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_rule");
    const pricedCities = cityIds && [...new Set(cityIds)].sort();
    const known = Object.keys(product.cityPrices ?? {});
    if (pricedCities?.some((cityId) => !known.includes(cityId)))
      throw new AppError("invalid", "city_without_price");
    await setSellerFields(tx, productId, { pricedCities }, now);
    await keepPricedCities(tx, oneProduct(productId), now);
    await emit(tx, [events.repriceRequested.create({ storeId: product.storeId })]);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.cities_changed",
      subjectId: productId,
      details: { from: product.pricedCities, to: pricedCities },
    });
  });
}
