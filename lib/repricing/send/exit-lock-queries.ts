import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { isLoginOf } from "@/lib/accounts/pace-queries";
import { SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { waitAtMost } from "@/lib/db/patient";
import { kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, marketObservations } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { areSameCities, type CityPrices } from "@/lib/products/city-prices";
import { cityColumns } from "@/lib/products/city-queries";
import type { CityKey } from "@/lib/repricing/check/check-queries";
import { isUnsent, lockedDecisions } from "@/lib/repricing/ledger/ledger-queries";
import { isTriedOutFirst, noneUnderWay } from "./sendable-queries";

/** The card whose market the decision was made by; null where none was read. */
const cardOfMarket = sql<string | null>`(select m.card_id from ${marketObservations} m
  where m.id = ${decisions.observationId})`;

/** Everybody who writes by the login waits for who holds its row, so that one waits for nobody long. */
export const LONGEST_WAIT_MS = 2 * SECOND;

/**
 * The rows the exit gate judges by, fresh and locked: nobody moves a floor or a switch meanwhile. Everybody
 * takes what they need of these in one order: login, product, ledger, change of rules, hold, decision, store,
 * workspace, cities, answers; and several of a kind by their ids. Where Kaspi has come to show other cities,
 * the product's other decisions may end with theirs: they are locked with this one, before the store. What
 * somebody else holds for longer is not waited for (`wasLocked`).
 */
export async function lockForExit(
  tx: Tx,
  {
    accountId,
    id,
    productId,
    cityPrices,
  }: { accountId: string; id: string; productId: string; cityPrices?: CityPrices },
) {
  const [login] = await tx
    .select({ name: kaspiLogins.login, writesBlockedUntil: kaspiLogins.writesBlockedUntil })
    .from(kaspiLogins)
    .where(isLoginOf(accountId))
    .for("no key update");
  await waitAtMost(tx, LONGEST_WAIT_MS);
  const [product] = await tx
    .select()
    .from(products)
    .where(eq(products.id, productId))
    .for("no key update");
  if (product && cityPrices !== undefined && !areSameCities(product.cityPrices, cityPrices))
    await lockedDecisions(tx, and(eq(decisions.productId, productId), isUnsent));
  const [decision] = await tx
    .select({ ...getTableColumns(decisions), cardId: cardOfMarket })
    .from(decisions)
    .where(
      and(
        eq(decisions.id, id),
        eq(decisions.state, "pending"),
        noneUnderWay(sql`${productId}::uuid`),
        isTriedOutFirst,
      ),
    )
    .for("update");
  if (!decision) return null;
  const [store] = await tx
    .select()
    .from(stores)
    .where(eq(stores.id, decision.storeId))
    .for("share");
  const [settings] = await tx.select().from(workspace).for("share");
  const city = await cityOf(tx, decision);
  if (!login || !product || !store || !settings || !city)
    throw new Error("a decision without login, product, store, workspace or city");
  return { login, decision, product, store, settings, city };
}

/** What holds for the product in the city of a decision. The product's lock keeps the seller from it. */
export async function cityOf(tx: Tx, { productId, cityId }: CityKey) {
  const [city] = await tx
    .select({ ...cityColumns, isPriced: productCities.isPriced })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .where(and(eq(productCities.productId, productId), eq(productCities.cityId, cityId)));
  return city ?? null;
}

/** The same in each city the product is priced in. */
export function pricedCitiesOf(tx: Tx, productId: string) {
  return tx
    .select({ cityId: productCities.cityId, ...cityColumns })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .where(and(eq(productCities.productId, productId), productCities.isPriced))
    .orderBy(asc(productCities.cityId));
}
