import { and, asc, count, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import { reachAsked, withinReach } from "@/lib/auth/reach-queries";
import { keptLately } from "@/lib/core/kept-lately";
import { SECOND } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { preparedOnce } from "@/lib/db/prepared";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { inMainCity, isKept } from "@/lib/products/queries";

const instant = (column: PgColumn) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What is told of a product as it lies in its row. */
const told = {
  id: products.id,
  store_id: products.storeId,
  kaspi_product_id: products.offerId,
  kaspi_sku: products.sku,
  external_kaspi_id: products.cardId,
  name: products.name,
  brand: products.brand,
  category: products.category,
  image_url: products.imageUrl,
  price: products.price,
  min_price: products.floor,
  max_price: products.ceiling,
  cost: products.cost,
  bot_active: products.botEnabled,
  place: productCities.place,
  rivals_count: productCities.rivalsCount,
  best_rival_price: productCities.bestRivalPrice,
  last_check_time: instant(productCities.lastCheckedAt),
  next_check_time: instant(productCities.nextCheckAt),
  on_sale: products.onSale,
  created_at: instant(products.createdAt),
  updated_at: instant(products.updatedAt),
};
const pairs = Object.entries(told).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`);

const columns = {
  // Postgres writes it: to read twenty values of each row only to write them again took half of a request.
  told: sql<string>`json_build_object(${sql.join(pairs, sql`, `)})::text`,
  storeId: products.storeId,
  cardId: products.cardId,
  leadCityId: products.leadCityId,
  rule: products.rule,
  storeRule: stores.rule,
  decision: {
    id: decisions.id,
    kind: decisions.kind,
    reason: decisions.reason,
    params: decisions.params,
    price: decisions.price,
    decidedAt: decisions.decidedAt,
    state: decisions.state,
  },
};

const rows = (db: Db) =>
  db
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

/** What is not known is less than anything: so an index is read either way. */
function orderOf(ordering: Page["ordering"]): SQL[] {
  const column = sorted[ordering.replace("-", "") as Ordering];
  const isName = ordering.endsWith("name");
  if (ordering.startsWith("-"))
    return [isName ? sql`${column} desc` : sql`${column} desc nulls last`, desc(products.id)];
  return [isName ? sql`${column} asc` : sql`${column} asc nulls first`, asc(products.id)];
}

export type ProductChoice = {
  store_id?: string | undefined;
  user_id?: string | undefined;
  search?: string | undefined;
  bot_active?: boolean | undefined;
  category?: string | undefined;
  min_price?: number | undefined;
  max_price?: number | undefined;
};

const asked = (name: keyof ProductChoice | "words") => sql.placeholder(name);

const conditions: Record<keyof ProductChoice, SQL | undefined> = {
  store_id: sql`${products.storeId} = ${asked("store_id")}`,
  user_id: sql`${stores.userId} = ${asked("user_id")}`,
  search: or(
    sql`${products.name} ilike ${asked("words")}`,
    sql`${products.sku} ilike ${asked("words")}`,
    sql`${products.cardId} = ${asked("search")}`,
  ),
  bot_active: sql`${products.botEnabled} = ${asked("bot_active")}`,
  category: sql`${products.category} = ${asked("category")}`,
  min_price: sql`${products.price} >= ${asked("min_price")}`,
  max_price: sql`${products.price} <= ${asked("max_price")}`,
};

const isGiven = ([, value]: [string, unknown]) => value !== undefined;
const givenIn = (choice: ProductChoice) =>
  Object.entries(choice)
    .filter(isGiven)
    .map(([name]) => name as keyof ProductChoice)
    .sort();

const chosen = (choice: ProductChoice) =>
  and(withinReach, isKept, ...givenIn(choice).map((name) => conditions[name]));

function valuesOf(caller: Caller, choice: ProductChoice): Record<string, unknown> {
  const words = `%${choice.search?.replace(/[\\%_]/g, "\\$&")}%`;
  return { ...reachAsked(caller, "view_product"), ...choice, words };
}

type Page = { ordering: Ordering | `-${Ordering}`; page: number; page_size: number };

function pageQuery(db: Db, choice: ProductChoice, { ordering, page, page_size }: Page) {
  const order = orderOf(ordering);
  // A limit that is known, and no offset where none is meant: else the index that is in order is not read.
  const found = db
    .select({ id: products.id })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(chosen(choice))
    .orderBy(...order)
    .limit(sql.raw(`${page_size}`) as never);
  const offset = sql.placeholder("offset");
  return rows(db)
    .where(inArray(products.id, page > 1 ? found.offset(offset) : found))
    .orderBy(...order);
}
const pages = preparedOnce<ProductRecord[]>("api_products_page");

/** One page. It is found first: what else a row tells is then read for fifty and not for all. */
export function productPage(db: Db, caller: Caller, choice: ProductChoice, page: Page) {
  const shape = [...givenIn(choice), page.ordering, page.page_size, page.page > 1].join();
  const query = pages(db, shape, () => pageQuery(db, choice, page));
  const offset = (page.page - 1) * page.page_size;
  return query.execute({ ...valuesOf(caller, choice), offset });
}

const lately = keptLately<number>("api products", { ms: 10 * SECOND, most: 500 });

/** How many there are, at most ten seconds old. */
export function countProducts(
  db: Db,
  caller: Caller,
  choice: ProductChoice,
  now: Date,
): Promise<number> {
  const values = valuesOf(caller, choice);
  return lately.get(JSON.stringify(values), now, async () => {
    const [row] = await db
      .select({ count: count() })
      .from(products)
      .innerJoin(stores, eq(stores.id, products.storeId))
      .where(chosen(choice))
      .execute(values);
    return row?.count ?? 0;
  });
}

const oneQuery = (db: Db, is: SQL) =>
  rows(db)
    .where(and(is, withinReach, isKept))
    .orderBy(desc(products.onSale), asc(products.id))
    .limit(1);
const ones = preparedOnce<ProductRecord[]>("api_product");

async function oneBy(
  db: Db,
  caller: Caller,
  by: "id" | "cardId",
  name: string,
): Promise<ProductRecord | null> {
  const is = sql`${products[by]} = ${sql.placeholder("name")}`;
  const query = ones(db, by, () => oneQuery(db, is));
  const [row] = await query.execute({ ...reachAsked(caller, "view_product"), name });
  return row ?? null;
}

/** Null for what the caller may not see. */
export const productById = (db: Db, caller: Caller, id: string) => oneBy(db, caller, "id", id);

/** The product the caller sells of that card, the one on sale first; null for none. */
export const productByCard = (db: Db, caller: Caller, card: string) =>
  oneBy(db, caller, "cardId", card);
