import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { products } from "@/lib/db/schema/products";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import { askForCard } from "@/lib/reviews/ask-card";
import { beginWalk } from "@/lib/reviews/begin-walk";
import { finishWalk } from "@/lib/reviews/finish-walk";
import { sourceOf } from "@/lib/reviews/source-queries";
import type { WalkOrder } from "@/lib/reviews/walk-model";
import { walkPages } from "@/lib/reviews/walk-source";
import type { TestOffice } from "./office";

/** An order of a walker of its own. */
export const orderOf = (
  sourceId: string,
  { storeId = null, runId = null }: Partial<WalkOrder> = {},
): WalkOrder => ({ sourceId, storeId, runId, by: randomUUID() });

/** The walk that nobody else is on. */
export async function begun({ access }: Pick<TestOffice, "access">, order: WalkOrder) {
  return (await beginWalk(access, order)) ?? expect.fail("somebody else walks the list");
}

/** A whole reading without the job engine. */
export async function walkNow({ access }: TestOffice, order: WalkOrder) {
  let walk = await begun({ access }, order);
  while (walk.end === null) walk = await walkPages(access, order, walk);
  return { ...walk, ...(await finishWalk(access, order, walk)) };
}

/** Reads a card as nobody's in particular. */
export async function walkCard(office: TestOffice, cardId: string) {
  const { id } = await sourceOf(office.access.db, "card", cardId);
  return walkNow(office, orderOf(id));
}

/** Reads the reviews of a store's shop. */
export async function walkShop(office: TestOffice, storeId: string, merchantId: string) {
  const { id } = await sourceOf(office.access.db, "shop", merchantId);
  return walkNow(office, orderOf(id, { storeId }));
}

/** Asks for a card as a person does, and reads it. */
export async function askedCard(office: TestOffice, cardId: string, caller = office.owner) {
  const { access } = office;
  const { runId } = await askForCard(access.db, caller, { cardId, watch: true }, access.clock());
  const { id } = await sourceOf(access.db, "card", cardId);
  await walkNow(office, orderOf(id, { runId }));
  return { runId, sourceId: id };
}

/** The kept reviews of a list, by Kaspi's ids. */
export async function keptReviews(
  { access: { db } }: TestOffice,
  kind: "card" | "shop",
  code: string,
) {
  const rows = await db
    .select()
    .from(reviews)
    .innerJoin(reviewSources, eq(reviewSources.id, reviews.sourceId))
    .where(and(eq(reviewSources.kind, kind), eq(reviewSources.code, code)));
  return new Map(rows.map(({ reviews: one }) => [one.id, one]));
}

/** Cards of the store's goods, as many as asked for. */
export async function cardsOf(
  { access: { db } }: TestOffice,
  storeId: string,
  count: number,
): Promise<string[]> {
  const rows = await db
    .select({ cardId: products.cardId })
    .from(products)
    .where(and(eq(products.storeId, storeId), eq(products.onSale, true)))
    .orderBy(products.sku)
    .limit(count);
  const cards = rows.flatMap(({ cardId }) => cardId ?? []);
  expect(cards).toHaveLength(count);
  return cards;
}

/** Cards of the training market, the same every time; each test takes its own. */
export function takeCards({ twin }: TestOffice) {
  const all = twin
    .offers({ merchantUid: "30518274", limit: 900 })
    .map(({ cardId }) => cardId)
    .reverse();
  let taken = 0;
  return () => {
    taken += 1;
    return all[taken] ?? expect.fail("no more cards");
  };
}
