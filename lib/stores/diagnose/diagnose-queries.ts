import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { type Store, writableStore } from "../queries";

/** The caller's store; any open one for a command, which acts for the whole installation. */
export async function findWritableStore(
  tx: Tx,
  caller: Caller | null,
  storeId: string,
): Promise<Store> {
  if (caller) return writableStore(tx, caller, storeId);
  const [store] = await tx
    .select()
    .from(stores)
    .where(and(eq(stores.id, storeId), isNull(stores.archivedAt)));
  if (!store) throw new AppError("not_found", "store_not_found");
  return store;
}

/** The stores of the installation that are connected, or the one named. */
export async function storesToDiagnose(tx: Tx, storeId: string | null) {
  return tx
    .select({ id: stores.id, name: stores.name })
    .from(stores)
    .where(and(isNull(stores.archivedAt), storeId ? eq(stores.id, storeId) : undefined))
    .orderBy(asc(stores.createdAt), asc(stores.id));
}

/** Some card of the store with a city to look at it in; null while none is known. */
export async function anyMarketOf(
  tx: Tx,
  storeId: string,
): Promise<{ cardId: string; cityId: string } | null> {
  const [row] = await tx
    .select({ cardId: products.cardId, cityId: productCities.cityId })
    .from(products)
    .innerJoin(productCities, eq(productCities.productId, products.id))
    .where(and(eq(products.storeId, storeId), isNotNull(products.cardId), isNull(products.goneAt)))
    .orderBy(asc(products.id))
    .limit(1);
  return row?.cardId ? { cardId: row.cardId, cityId: row.cityId } : null;
}
