import { and, asc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { products } from "@/lib/db/schema/products";
import { priceAnswers } from "@/lib/db/schema/safety";
import {
  type CheckSubject,
  type CityKey,
  cityKey,
  type DecisionRow,
} from "@/lib/repricing/check/check-queries";

/** A price agreed to has a day to leave. A refusal stands until the seller changes something. */
const AGREED_FOR_MS = DAY;
const REFUSED_FOR_MS = 3_650 * DAY;

/** The standing answer about a price, as a check knows it. */
export type StandingAnswer = NonNullable<CheckSubject["answer"]>;

type Answered = Pick<DecisionRow, "productId" | "cityId" | "price" | "priceBefore">;

/** Writes down what a person has answered about these prices; a later answer replaces an earlier one. */
export async function saveAnswers(
  tx: Tx,
  decided: readonly Answered[],
  by: { answer: StandingAnswer["answer"]; answeredBy: string },
  now: Date,
): Promise<void> {
  const until = later(now, by.answer === "agreed" ? AGREED_FOR_MS : REFUSED_FOR_MS);
  const rows = decided.flatMap(({ productId, cityId, price, priceBefore }) =>
    price === null ? [] : [{ productId, cityId, price, priceBefore, ...by, until }],
  );
  if (rows.length === 0) return;
  await tx
    .insert(priceAnswers)
    .select(
      sql`select "productId", "cityId", "answer", "price", "priceBefore", "answeredBy", "until"
        from json_to_recordset(${JSON.stringify(rows)}::json) as row("productId" uuid, "cityId" text,
          "answer" text, "price" integer, "priceBefore" integer, "answeredBy" uuid, "until" timestamptz)
        order by 1, 2`,
    )
    .onConflictDoUpdate({
      target: [priceAnswers.productId, priceAnswers.cityId],
      set: {
        answer: sql`excluded.answer`,
        price: sql`excluded.price`,
        priceBefore: sql`excluded.price_before`,
        answeredBy: sql`excluded.answered_by`,
        until: sql`excluded.until`,
      },
    });
}

/** What stands answered about these subjects at the moment. */
export async function standingAnswers(
  tx: Tx,
  subjects: readonly CityKey[],
  now: Date,
): Promise<ReadonlyMap<string, StandingAnswer>> {
  const productIds = subjects.map(({ productId }) => productId);
  const ofThem = sql`${priceAnswers.productId} = any(${sql.param(productIds)}::uuid[])`;
  const rows = await tx
    .select()
    .from(priceAnswers)
    .where(and(ofThem, gt(priceAnswers.until, now)));
  return new Map(rows.map((row) => [cityKey(row), row]));
}

/**
 * The price has left, and with it what a person had agreed to by then: a yes is good for one change. One
 * that has come back, or never arrived, may still leave by it.
 */
export async function forgetCarriedOut(
  tx: Tx,
  { productId, cityId, origin, actorId }: CityKey & Pick<DecisionRow, "origin" | "actorId">,
  leftAt: Date,
): Promise<void> {
  if (origin !== "bot" || actorId === null) return;
  await forget(
    tx,
    sql`${priceAnswers.answer} = 'agreed' and ${priceAnswers.productId} = ${productId}
      and ${priceAnswers.cityId} = ${cityId}
      and ${priceAnswers.until} <= ${later(leftAt, AGREED_FOR_MS).toISOString()}`,
  );
}

/** What was agreed to is no longer what the market asks for, or was taken back. */
export async function forgetAgreed(tx: Tx, subjects: readonly CityKey[]): Promise<void> {
  if (subjects.length === 0) return;
  const keys = subjects.map(({ productId, cityId }) => ({ productId, cityId }));
  await forget(
    tx,
    sql`${priceAnswers.answer} = 'agreed' and (${priceAnswers.productId}, ${priceAnswers.cityId}) in (
      select "productId", "cityId" from json_to_recordset(${JSON.stringify(keys)}::json)
        as row("productId" uuid, "cityId" text))`,
  );
}

/** The seller has changed what the prices that were answered about had been decided by. */
export async function forgetAnswered(
  tx: Tx,
  of: { productIds: string[] } | { storeId: string },
): Promise<void> {
  const changed =
    "productIds" in of
      ? inArray(priceAnswers.productId, of.productIds)
      : inArray(
          priceAnswers.productId,
          tx.select({ id: products.id }).from(products).where(eq(products.storeId, of.storeId)),
        );
  await forget(tx, changed);
}

/** Locked in the order everybody locks them in. */
async function forget(tx: Tx, which: SQL): Promise<void> {
  const { productId, cityId } = priceAnswers;
  const rows = tx
    .select({ productId, cityId })
    .from(priceAnswers)
    .where(which)
    .orderBy(asc(productId), asc(cityId))
    .for("update");
  await tx.delete(priceAnswers).where(sql`(${productId}, ${cityId}) in ${rows}`);
}
