import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import type { LinkKind } from "./model";

/** Something a task is about, as whoever may see it calls it. */
export type Link = { kind: LinkKind; id: string; name: string };

const ofStores = (caller: Caller, permission: Parameters<typeof mayRead>[1]): SQL | undefined =>
  and(isNull(stores.archivedAt), mayRead(caller, permission));

/** A shop's reviews belong to the one store that holds the shop. */
const ofHolder = and(
  eq(reviewSources.kind, "shop"),
  eq(stores.merchantId, reviewSources.code),
  isNotNull(stores.claimedAt),
);

/** The store, if the caller may see it. */
export async function storeInSight(tx: Tx, caller: Caller, id: string): Promise<Link | null> {
  const [row] = await tx
    .select({ id: stores.id, name: stores.name })
    .from(stores)
    .where(and(eq(stores.id, id), ofStores(caller, "view_store")));
  return row ? { kind: "store", ...row } : null;
}

export async function productInSight(tx: Tx, caller: Caller, id: string): Promise<Link | null> {
  const [row] = await tx
    .select({ id: products.id, name: products.name })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(eq(products.id, id), ofStores(caller, "view_product")));
  return row ? { kind: "product", ...row } : null;
}

export async function orderInSight(tx: Tx, caller: Caller, id: string): Promise<Link | null> {
  const [row] = await tx
    .select({ id: orders.id, name: orders.code })
    .from(orders)
    .innerJoin(stores, eq(stores.id, orders.storeId))
    .where(and(eq(orders.id, id), ofStores(caller, "view_order")));
  return row ? { kind: "order", ...row } : null;
}

/** A review about a shop of theirs, with the list it is in. */
export async function reviewInSight(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<(Link & { sourceId: string }) | null> {
  const [row] = await tx
    .select({
      id: reviews.id,
      sourceId: reviews.sourceId,
      name: sql<string>`concat_ws(' · ', ${reviews.cardName}, ${reviews.author})`,
    })
    .from(reviews)
    .innerJoin(reviewSources, eq(reviewSources.id, reviews.sourceId))
    .innerJoin(stores, ofHolder)
    .where(and(eq(reviews.id, id), ofStores(caller, "view_review")))
    .limit(1);
  return row ? { kind: "review", ...row } : null;
}

/** Columns beside `tasks`: what each is about, null for what the caller may not see. */
export const seenLinks = (caller: Caller) => ({
  storeId: sql<string | null>`(select ${stores}.id from ${stores}
    where ${stores}.id = tasks.store_id and ${ofStores(caller, "view_store")})`,
  productId: sql<string | null>`(select good.id from ${products} good
    join ${stores} on ${stores}.id = good.store_id
    where good.id = tasks.product_id and ${ofStores(caller, "view_product")})`,
  orderId: sql<string | null>`(select bought.id from ${orders} bought
    join ${stores} on ${stores}.id = bought.store_id
    where bought.id = tasks.order_id and ${ofStores(caller, "view_order")})`,
  reviewId: sql<string | null>`(select said.id from ${reviews} said
    join ${reviewSources} on ${reviewSources}.id = said.source_id
    join ${stores} on ${ofHolder}
    where said.source_id = tasks.review_source_id and said.id = tasks.review_id
      and ${ofStores(caller, "view_review")} limit 1)`,
});
