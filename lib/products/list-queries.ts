import {
  and,
  arrayContains,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { inSomeCity } from "./city-queries";
import {
  type Facets,
  type FilterCounts,
  PAGE_SIZE,
  type PlaceFilter,
  type ProductFilter,
  type SortColumn,
} from "./filter-model";
import { countingCeiling, countingFloor, lacksFloor } from "./limit-queries";
import type { ProductChoice, ProductListQuery, ProductPage } from "./model";
import { inMainCity, isKept, rowColumns, shown } from "./queries";
import { changedToday } from "./today-queries";
import { isWatched, watchConditions } from "./watch-queries";

const MOST_CATEGORIES = 300;
/** So many reads of the market in a row have failed that somebody should look. */
const FAILURES = sql.raw("3");

/** Nothing goes on by itself here: a decision waits or was refused, or the bot cannot work. */
const unsettled = sql`(select d.id from ${decisions} d where d.state in ('frozen', 'rejected', 'refused'))`;
export const wantsAttention = sql`(${inArray(productCities.lastDecisionId, unsettled)}
  or ${inSomeCity(sql`c.last_decision_id in ${unsettled}`)} or ${products.botEnabled} and (${lacksFloor}
  or ${countingFloor} > ${countingCeiling}
  or ${products.cardId} is null
  or ${productCities.failures} >= ${FAILURES}
  or ${inSomeCity(sql`c.failures >= ${FAILURES}`)}))`;

const filters: Record<ProductFilter, SQL> = {
  all: sql`true`,
  attention: wantsAttention,
  bot_on: eq(products.botEnabled, true),
  bot_off: eq(products.botEnabled, false),
  no_floor: lacksFloor,
  no_cost: isNull(products.cost),
  not_on_sale: eq(products.onSale, false),
};

const places: Record<PlaceFilter, SQL | undefined> = {
  first: and(eq(productCities.place, 1), gt(productCities.placesTotal, 1)),
  behind: gt(productCities.place, 1),
  alone: and(eq(productCities.place, 1), eq(productCities.placesTotal, 1)),
  unread: isNull(productCities.place),
};

const sortColumns: Record<SortColumn, SQL> = {
  name: sql`${products.name}`,
  price: shown,
  floor: sql`${products.floor}`,
  ceiling: sql`${products.ceiling}`,
  place: sql`${productCities.place}`,
  rival: sql`${productCities.bestRivalPrice}`,
  checked: sql`${productCities.observedAt}`,
  cost: sql`${products.cost}`,
  costFloor: sql`${products.costFloor}`,
};

function orderOf(sort: ProductListQuery["sort"]): SQL[] {
  const column = sortColumns[sort.replace("-", "") as SortColumn];
  // A name is always there: asked for plainly, the order is that of an index.
  if (sort === "name") return [asc(products.name), asc(products.id)];
  if (sort === "-name") return [desc(products.name), desc(products.id)];
  return [
    sort.startsWith("-") ? sql`${column} desc nulls last` : sql`${column} asc nulls last`,
    asc(products.id),
  ];
}

/** Products of the open stores the caller may see. Needs `stores` beside them. */
function visible(caller: Caller, store: string | undefined): SQL | undefined {
  return and(
    mayRead(caller, "view_product"),
    isKept,
    store ? eq(products.storeId, store) : undefined,
  );
}

/** The choice without its filter, whose counts are shown beside each other. Needs the main city, too. */
function narrowed(tx: Tx, caller: Caller, choice: ProductChoice, now: Date): SQL | undefined {
  const { store, q, place, watch, today, reason, category, rival, from, to } = choice;
  const words = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    visible(caller, store),
    // A search reads every name: 80 ms at 50,000 products, so there is no index that would have to be kept.
    q
      ? or(ilike(products.name, words), ilike(products.sku, words), eq(products.cardId, q))
      : undefined,
    place && places[place],
    watch && and(isWatched, watchConditions[watch](now)),
    today && inArray(products.id, changedToday(tx, caller, today, now)),
    reason
      ? or(eq(productCities.lastReason, reason), inSomeCity(sql`c.last_reason = ${reason}`))
      : undefined,
    category ? eq(products.category, category) : undefined,
    rival ? arrayContains(productCities.rivalIds, [rival]) : undefined,
    from ? gte(shown, from) : undefined,
    to ? lte(shown, to) : undefined,
  );
}

/** The ids of all products the choice means, on every page of it. */
export function chosenIds(tx: Tx, caller: Caller, choice: ProductChoice, now: Date) {
  return tx
    .select({ id: products.id })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(and(narrowed(tx, caller, choice, now), filters[choice.filter]));
}

/** The same in the order the list shows them. */
export async function chosenInOrder(
  tx: Tx,
  caller: Caller,
  query: ProductListQuery,
  now: Date,
): Promise<string[]> {
  const rows = await chosenIds(tx, caller, query, now).orderBy(...orderOf(query.sort));
  return rows.map(({ id }) => id);
}

/** One pass counts for every filter: the chosen one's number is also what the pages are made of. */
export async function countByFilter(
  tx: Tx,
  caller: Caller,
  choice: ProductChoice,
  now: Date,
): Promise<FilterCounts> {
  const counted = (filter: ProductFilter) =>
    sql<number>`(count(*) filter (where ${filters[filter]}))::int`;
  const [counts] = await tx
    .select({
      all: counted("all"),
      attention: counted("attention"),
      bot_on: counted("bot_on"),
      bot_off: counted("bot_off"),
      no_floor: counted("no_floor"),
      no_cost: counted("no_cost"),
      not_on_sale: counted("not_on_sale"),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(narrowed(tx, caller, choice, now));
  if (!counts) throw new Error("count of products returned nothing");
  return counts;
}

/** The categories and reasons there are, the most frequent first. */
export async function listFacets(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<Facets> {
  const rows = sql<number>`count(*)::int`;
  const categories = await tx
    .select({ value: sql<string>`${products.category}`, count: rows })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(visible(caller, store), isNotNull(products.category)))
    .groupBy(products.category)
    .orderBy(desc(count()), asc(products.category))
    .limit(MOST_CATEGORIES);
  const reasons = await tx
    .select({ value: sql<string>`${productCities.lastReason}`, count: rows })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .innerJoin(productCities, inMainCity)
    .where(and(visible(caller, store), isNotNull(productCities.lastReason)))
    .groupBy(productCities.lastReason)
    .orderBy(desc(count()), asc(productCities.lastReason));
  return { categories, reasons };
}

/** One page of the caller's products, with the last decision of each. `counts` may be a little old. */
export async function listProducts(
  tx: Tx,
  caller: Caller,
  query: ProductListQuery,
  now: Date,
  known?: FilterCounts,
): Promise<ProductPage> {
  const counts = known ?? (await countByFilter(tx, caller, query, now));
  const total = counts[query.filter];
  const page = Math.min(query.page, Math.max(1, Math.ceil(total / PAGE_SIZE)));
  const order = orderOf(query.sort);
  // The page is found first: what else a row shows is then read for fifty and not for all.
  const found = chosenIds(tx, caller, query, now)
    .orderBy(...order)
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  const rows = await tx
    .select({ ...rowColumns, isWritable: isPermitted(caller, "change_price") })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId))
    .where(and(inArray(products.id, found), visible(caller, query.store)))
    .orderBy(...order);
  return { rows, counts, total, page };
}
