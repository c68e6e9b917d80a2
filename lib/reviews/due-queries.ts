import { and, asc, eq, exists, isNotNull, isNull, lte, notExists, or, sql } from "drizzle-orm";
import { maySee } from "@/lib/auth/permission-queries";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { reviewSources, reviewWatches } from "@/lib/db/schema/reviews";
import { users } from "@/lib/db/schema/workspace";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { LEASE_MS, readNext } from "./source-queries";

/** Shops whose reviews are read by themselves: those of stores at work that had a session of their own. */
const hasShop = and(isNull(stores.archivedAt), isNotNull(stores.claimedAt), isAtWork);

/** Every store at work has a list. */
export async function addShops(tx: Tx): Promise<void> {
  const shops = tx
    .selectDistinct({ kind: sql`'shop'`.as("kind"), code: stores.merchantId })
    .from(stores)
    .where(hasShop);
  await tx.execute(sql`insert into ${reviewSources} (kind, code) ${shops} on conflict do nothing`);
}

export type DueSource = { sourceId: string; storeId: string | null };

/** Lists that are due, the longest waiting first; nobody else is given them for a while. */
export async function takeDue(tx: Tx, most: number, now: Date): Promise<DueSource[]> {
  const storeId = tx
    .select({ id: stores.id })
    .from(stores)
    .where(and(eq(stores.merchantId, reviewSources.code), hasShop))
    .limit(1);
  const watched = tx
    .select({ one: sql`1` })
    .from(reviewWatches)
    .innerJoin(users, eq(users.id, reviewWatches.userId))
    .where(
      and(
        eq(reviewWatches.sourceId, reviewSources.id),
        eq(reviewWatches.isWatched, true),
        eq(users.isActive, true),
        maySee("view_review"),
      ),
    );
  const onCard = and(eq(products.cardId, reviewSources.code), isNull(stores.archivedAt));
  const goods = (officialOnly: boolean) =>
    tx
      .select({ one: sql`1` })
      .from(products)
      .innerJoin(stores, eq(stores.id, products.storeId))
      .where(and(onCard, eq(stores.officialOnly, officialOnly)));
  // A card that only stores without a shop window sell is not looked at there.
  const isAllowed = or(notExists(goods(true)), exists(goods(false)));
  const due = await tx
    .select({
      sourceId: reviewSources.id,
      storeId: sql<string | null>`case when ${reviewSources.kind} = 'shop' then ${storeId} end`,
    })
    .from(reviewSources)
    .where(
      and(
        or(isNull(reviewSources.nextReadAt), lte(reviewSources.nextReadAt, now)),
        or(
          and(eq(reviewSources.kind, "shop"), exists(storeId)),
          and(eq(reviewSources.kind, "card"), exists(watched), isAllowed),
        ),
      ),
    )
    .orderBy(sql`${asc(reviewSources.nextReadAt)} nulls first`, asc(reviewSources.id))
    .limit(most)
    .for("no key update", { skipLocked: true });
  for (const { sourceId } of due) await readNext(tx, sourceId, later(now, LEASE_MS));
  return due;
}
