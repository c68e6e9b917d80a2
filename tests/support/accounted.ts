import { and, asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { productCities } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { ASTANA } from "./city-goods";
import type { Handle } from "./goods";
import type { TestOffice } from "./office";

type Office = Pick<TestOffice, "access" | "twin">;
type Shelves = { shelf: readonly Handle[]; inTwoCities: readonly { productId: string }[] };

/** Each product is accounted for, in the city it is shown by and, if it has two, in the second one. */
export async function everyCityAccountedFor(office: Office, goods: Shelves): Promise<void> {
  const second = new Set(goods.inTwoCities.map(({ productId }) => productId));
  for (const one of goods.shelf) {
    const cities = await accountedFor(office, one);
    expect(cities).toContain(one.cityId);
    if (second.has(one.productId)) expect(cities).toContain(ASTANA);
  }
}

/**
 * What buyers pay in each city the product is priced in is what the ledger says was confirmed there last,
 * never below the floor. Each write was a decision's, and none was sent twice in a row. Returns the cities
 * in which a price was confirmed.
 */
export async function accountedFor({ access, twin }: Office, one: Handle): Promise<string[]> {
  const { db } = access;
  const { productId, merchantUid, sku } = one;
  const bodies = one.writes().map((write) => JSON.stringify(write.body));
  expect(bodies.filter((body, nth) => body === bodies[nth - 1])).toEqual([]);
  const ofProduct = eq(decisions.productId, productId);
  const history = await db.select().from(decisions).where(ofProduct).orderBy(asc(decisions.seq));
  const sent = history.filter(({ sendingAt }) => sendingAt !== null);
  expect(bodies.length).toBeLessThanOrEqual(sent.length);
  const { floor } = await one.product();
  const { prices } = twin.offer({ merchantUid, sku });
  const cities = await db
    .select({ cityId: productCities.cityId })
    .from(productCities)
    .where(and(eq(productCities.productId, productId), productCities.isPriced));
  return cities.flatMap(({ cityId }) => {
    expect(prices[cityId]).toBeGreaterThanOrEqual(floor ?? Number.NaN);
    const last = history.findLast((row) => row.cityId === cityId && row.state === "confirmed");
    if (last) expect(prices[cityId]).toBe(last.price);
    return last ? [cityId] : [];
  });
}
