import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { users } from "@/lib/db/schema/workspace";

/** More of one person that nobody has logged in to are programs that add stores. */
const MOST_UNCLAIMED = 50;

export type NewStore = { userId: string; merchantId: string; name: string };

/**
 * A store that nobody has logged in to yet, also in the place of a disconnected one, whose history it
 * keeps. It holds no merchant until its first session, so who else has that merchant is not said here
 * (see `claimStore`). Throws `conflict` when the person has the store already, or too many that nobody
 * has logged in to.
 */
export async function addStore(
  db: Db,
  caller: Caller,
  { userId, merchantId, name }: NewStore,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    // Two at once count each other.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
    const [store] = await tx
      .insert(stores)
      // Not Kaspi's name, or the first login would take it for one that nobody has chosen.
      .values({ userId, merchantId, name, kaspiName: merchantId })
      .onConflictDoUpdate({
        target: [stores.userId, stores.merchantId],
        set: {
          name,
          kaspiName: sql`coalesce(${stores.kaspiName}, ${merchantId})`,
          accountId: null,
          claimedAt: null,
          archivedAt: null,
          isActive: true,
        },
        setWhere: isNotNull(stores.archivedAt),
      })
      .returning({ id: stores.id });
    if (!store) throw new AppError("conflict", "store_known");
    const unclaimed = and(
      eq(stores.userId, userId),
      isNull(stores.claimedAt),
      isNull(stores.archivedAt),
    );
    if ((await tx.$count(stores, unclaimed)) > MOST_UNCLAIMED)
      throw new AppError("conflict", "stores_many");
    await audit(tx, { at: now, userId: caller.id, storeId: store.id, action: "store.added" });
    return store.id;
  });
}
