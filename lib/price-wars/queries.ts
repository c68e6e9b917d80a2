import { and, desc, eq, gt, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead, permitted } from "@/lib/auth/permissions";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { priceWars } from "@/lib/db/schema/price-wars";
import { productCities, products } from "@/lib/db/schema/products";
import { merchants } from "@/lib/db/schema/repricing";
import { inFlightPrice } from "@/lib/repricing/check/lead-queries";
import { KEEP_SHOWN, WARS_SHOWN, type War, type WarRow } from "./model";

const warColumns = {
  id: priceWars.id,
  productId: priceWars.productId,
  cityId: priceWars.cityId,
  rivalId: priceWars.rivalId,
  rivalName: merchants.name,
  startedAt: priceWars.startedAt,
  lastCutAt: priceWars.lastCutAt,
  rounds: priceWars.rounds,
  priceBefore: priceWars.priceBefore,
  price: priceWars.price,
  rivalPrice: priceWars.rivalPrice,
  endedAt: priceWars.endedAt,
  answer: priceWars.answer,
  answeredAt: priceWars.answeredAt,
};

const visible = (caller: Caller) => and(isNull(stores.archivedAt), mayRead(caller, "view_product"));

/** The open wars of the caller's stores, or of one of them: the dearest ones, and how many there are. */
export async function openWars(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
): Promise<{ count: number; rows: WarRow[] }> {
  const rows = await tx
    .select({
      ...warColumns,
      name: products.name,
      storeName: stores.name,
      count: sql<number>`(count(*) over ())::int`,
    })
    .from(priceWars)
    .innerJoin(products, eq(products.id, priceWars.productId))
    .innerJoin(stores, eq(stores.id, priceWars.storeId))
    .leftJoin(merchants, eq(merchants.id, priceWars.rivalId))
    .where(
      and(isNull(priceWars.endedAt), visible(caller), storeId ? eq(stores.id, storeId) : undefined),
    )
    .orderBy(desc(sql`${priceWars.priceBefore} - ${priceWars.price}`), priceWars.id)
    .limit(WARS_SHOWN);
  return { count: rows[0]?.count ?? 0, rows: rows.map(({ count: _count, ...war }) => war) };
}

/** The war of a product in a city that its page shows: the open one, else an answered one of late. */
export async function warOn(
  tx: Tx,
  caller: Caller,
  { id, cityId }: { id: string; cityId: string },
  now: Date,
): Promise<War | null> {
  const [war] = await tx
    .select(warColumns)
    .from(priceWars)
    .innerJoin(stores, eq(stores.id, priceWars.storeId))
    .leftJoin(merchants, eq(merchants.id, priceWars.rivalId))
    .where(
      and(
        eq(priceWars.productId, id),
        eq(priceWars.cityId, cityId),
        visible(caller),
        or(
          isNull(priceWars.endedAt),
          and(isNotNull(priceWars.answer), gt(priceWars.answeredAt, later(now, -KEEP_SHOWN))),
        ),
      ),
    )
    .orderBy(sql`${priceWars.endedAt} desc nulls first`, priceWars.id)
    .limit(1);
  return war ?? null;
}

/** What an answer was given in place of, and where it was written. */
export type StoredRule = { cityId: string | null; rule: unknown };

/** A war of a product whose rule the caller may change, locked. Throws `not_found`, `forbidden`. */
export async function lockWar(tx: Tx, caller: Caller, warId: string) {
  const [row] = await tx
    .select({ war: priceWars, isPermitted: isPermitted(caller, "change_rule") })
    .from(priceWars)
    .innerJoin(stores, eq(stores.id, priceWars.storeId))
    .where(and(eq(priceWars.id, warId), visible(caller)))
    .for("update", { of: priceWars });
  return permitted(row, "change_rule").war;
}

/** The price of a product in a city, and the rules it has of its own; `cities` it is priced in. */
export async function rulesOn(tx: Tx, { productId, cityId }: Pick<War, "productId" | "cityId">) {
  const [row] = await tx
    .select({
      price: sql<War["price"] | null>`coalesce(${inFlightPrice}, ${productCities.price})`,
      rule: products.rule,
      cityRule: productCities.rule,
      cities: sql<number>`(select count(*) from ${productCities} all_of
        where all_of.product_id = ${products.id} and all_of.is_priced)::int`,
    })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .where(
      and(
        eq(productCities.productId, productId),
        eq(productCities.cityId, cityId),
        productCities.isPriced,
      ),
    );
  return row ?? null;
}

type Answer = Pick<
  typeof priceWars.$inferInsert,
  "answer" | "answeredAt" | "answeredBy" | "ruleBefore" | "ruleAfter"
>;

export async function setAnswer(tx: Tx, warId: string, answer: Answer): Promise<void> {
  await tx.update(priceWars).set(answer).where(eq(priceWars.id, warId));
}
