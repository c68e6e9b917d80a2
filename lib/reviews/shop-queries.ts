import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { reviewSources } from "@/lib/db/schema/reviews";

/** A store whose reviews the caller may read. Throws `not_found`. */
export async function shopToRead(tx: Tx, caller: Caller, storeId: string) {
  const [store] = await tx
    .select({
      merchantId: stores.merchantId,
      isActive: stores.isActive,
      officialOnly: stores.officialOnly,
      claimedAt: stores.claimedAt,
    })
    .from(stores)
    .where(and(eq(stores.id, storeId), isNull(stores.archivedAt), mayRead(caller, "view_review")));
  if (!store) throw new AppError("not_found", "store_not_found");
  return store;
}

/** A shop of the caller's, and what is known of its reviews. */
export type ShopReviews = {
  storeId: string;
  name: string;
  rating: number | null;
  total: number | null;
  lastReadAt: Date | null;
  isWhole: boolean | null;
  errorKey: string | null;
  /** Nobody may be asked for its reviews. */
  officialOnly: boolean;
  isActive: boolean;
};

/** The shops whose reviews the caller may read, by name. */
export async function shopsRead(tx: Tx, caller: Caller): Promise<ShopReviews[]> {
  return tx
    .select({
      storeId: stores.id,
      name: stores.name,
      rating: reviewSources.rating,
      total: reviewSources.total,
      lastReadAt: reviewSources.lastReadAt,
      isWhole: reviewSources.isWhole,
      errorKey: reviewSources.errorKey,
      officialOnly: stores.officialOnly,
      isActive: stores.isActive,
    })
    .from(stores)
    .leftJoin(
      reviewSources,
      and(eq(reviewSources.kind, "shop"), eq(reviewSources.code, stores.merchantId)),
    )
    .where(
      and(isNotNull(stores.claimedAt), isNull(stores.archivedAt), mayRead(caller, "view_review")),
    )
    .orderBy(asc(stores.name), asc(stores.id));
}
