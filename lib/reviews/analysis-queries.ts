import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { reviews } from "@/lib/db/schema/reviews";
import type { Tally } from "./list-model";

/** The reviews of a list, counted where they are alike: some hundred rows of ten thousand reviews. */
export async function talliesOf(tx: Tx, sourceId: string): Promise<Tally[]> {
  const { reviewedOn, rating, merchantId } = reviews;
  return tx
    .select({
      day: reviewedOn,
      rating,
      sellerId: merchantId,
      count: sql<number>`count(*)::int`,
    })
    .from(reviews)
    .where(eq(reviews.sourceId, sourceId))
    .groupBy(reviewedOn, rating, merchantId);
}

/** What the sellers of a list were called when they were last met. */
export async function sellerNames(tx: Tx, sourceId: string): Promise<ReadonlyMap<string, string>> {
  const { merchantId, merchantName } = reviews;
  const rows = await tx
    .selectDistinctOn([merchantId], { id: merchantId, name: merchantName })
    .from(reviews)
    .where(and(eq(reviews.sourceId, sourceId), sql`${merchantName} is not null`))
    .orderBy(asc(merchantId), sql`${reviews.reviewedOn} desc nulls last`, asc(reviews.id));
  return new Map(rows.flatMap(({ id, name }) => (id && name ? [[id, name] as const] : [])));
}

/** How many reviews of the list have been read, and how many of them have a day that is none. */
export async function countRead(
  tx: Tx,
  sourceId: string,
): Promise<{ read: number; oddDays: number }> {
  const [row] = await tx
    .select({
      read: sql<number>`count(*)::int`,
      oddDays: sql<number>`(count(*) filter (where ${reviews.reviewedOn} is null))::int`,
    })
    .from(reviews)
    .where(eq(reviews.sourceId, sourceId));
  return row ?? { read: 0, oddDays: 0 };
}
