import { and, asc, count, desc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead, scopeKey } from "@/lib/auth/permissions";
import { keptLately } from "@/lib/core/kept-lately";
import { SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { inMainCity, isKept } from "@/lib/products/queries";

const columns = {
  id: products.id,
  storeId: products.storeId,
  offerId: products.offerId,
  sku: products.sku,
  cardId: products.cardId,
  leadCityId: products.leadCityId,
  name: products.name,
  brand: products.brand,
  category: products.category,
  imageUrl: products.imageUrl,
  price: products.price,
  floor: products.floor,
  ceiling: products.ceiling,
  cost: products.cost,
  rule: products.rule,
  storeRule: stores.rule,
  botEnabled: products.botEnabled,
  place: productCities.place,
  rivalsCount: productCities.rivalsCount,
  bestRivalPrice: productCities.bestRivalPrice,
  lastCheckedAt: productCities.lastCheckedAt,
  nextCheckAt: productCities.nextCheckAt,
  onSale: products.onSale,
  createdAt: products.createdAt,
  updatedAt: products.updatedAt,
  decision: {
    kind: decisions.kind,
    reason: decisions.reason,
    params: decisions.params,
    price: decisions.price,
    decidedAt: decisions.decidedAt,
    state: decisions.state,
  },
};

const rows = (tx: Tx) =>
  tx
    .select(columns)
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId));

export type ProductRecord = Awaited<ReturnType<typeof rows>>[number];

export const orderings = [
  "name",
  "price",
  "min_price",
  "max_price",
  "place",
  "cost",
  "created_at",
  "updated_at",
] as const;
type Ordering = (typeof orderings)[number];

const sorted: Record<Ordering, SQL> = {
  name: sql`${products.name}`,
  price: sql`${products.price}`,
  min_price: sql`${products.floor}`,
  max_price: sql`${products.ceiling}`,
  place: sql`${productCities.place}`,
  cost: sql`${products.cost}`,
  created_at: sql`${products.createdAt}`,
  updated_at: sql`${products.updatedAt}`,
};

export type ProductChoice = {
  store_id?: string | undefined;
  user_id?: string | undefined;
  search?: string | undefined;
  bot_active?: boolean | undefined;
  category?: string | undefined;
  min_price?: number | undefined;
  max_price?: number | undefined;
};

function chosen(caller: Caller, choice: ProductChoice): SQL | undefined {
  const { store_id, user_id, search, bot_active, category, min_price, max_price } = choice;
  const words = `%${search?.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    mayRead(caller, "view_product"),
    isKept,
    store_id ? eq(products.storeId, store_id) : undefined,
    user_id ? eq(stores.userId, user_id) : undefined,
    search
      ? or(ilike(products.name, words), ilike(products.sku, words), eq(products.cardId, search))
      : undefined,
    bot_active === undefined ? undefined : eq(products.botEnabled, bot_active),
    category ? eq(products.category, category) : undefined,
    min_price === undefined ? undefined : sql`${products.price} >= ${min_price}`,
    max_price === undefined ? undefined : sql`${products.price} <= ${max_price}`,
  );
}

function orderOf(ordering: Ordering | `-${Ordering}`): SQL[] {
  const isDown = ordering.startsWith("-");
  const name = ordering.replace("-", "") as Ordering;
  if (name === "name") {
    const way = isDown ? desc : asc;
    return [way(products.name), way(products.id)];
  }
  const way = isDown ? sql`${sorted[name]} desc nulls last` : sql`${sorted[name]} asc nulls last`;
  return [way, asc(products.id)];
}

type Page = { ordering: Ordering | `-${Ordering}`; page: number; page_size: number };

/** One page. It is found first: what else a row tells is then read for fifty and not for all. */
export function productPage(tx: Tx, caller: Caller, choice: ProductChoice, page: Page) {
  const order = orderOf(page.ordering);
  const found = tx
    .select({ id: products.id })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(chosen(caller, choice))
    .orderBy(...order)
    .limit(page.page_size)
    .offset((page.page - 1) * page.page_size);
  return rows(tx)
    .where(inArray(products.id, found))
    .orderBy(...order);
}

const lately = keptLately<number>("api products", { ms: 10 * SECOND, most: 500 });

/** How many there are, at most ten seconds old. */
export function countProducts(
  tx: Tx,
  caller: Caller,
  choice: ProductChoice,
  now: Date,
): Promise<number> {
  const key = JSON.stringify([scopeKey(caller), choice]);
  return lately.get(key, now, async () => {
    const [row] = await tx
      .select({ count: count() })
      .from(products)
      .innerJoin(stores, eq(stores.id, products.storeId))
      .leftJoin(productCities, inMainCity)
      .where(chosen(caller, choice));
    return row?.count ?? 0;
  });
}

/** Null for what the caller may not see. */
export async function productById(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<ProductRecord | null> {
  const [row] = await rows(tx).where(
    and(eq(products.id, id), mayRead(caller, "view_product"), isKept),
  );
  return row ?? null;
}

/** The product the caller sells of that card, the one on sale first; null for none. */
export async function productByCard(
  tx: Tx,
  caller: Caller,
  cardId: string,
): Promise<ProductRecord | null> {
  const [row] = await rows(tx)
    .where(and(eq(products.cardId, cardId), mayRead(caller, "view_product"), isKept))
    .orderBy(desc(products.onSale), asc(products.id))
    .limit(1);
  return row ?? null;
}
