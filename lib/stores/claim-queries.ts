import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import type { City } from "@/lib/kaspi/pickup-points";

/** Who holds this merchant here, if anybody. */
export async function holderOf(
  tx: Tx,
  merchantId: string,
): Promise<{ storeId: string; userId: string } | null> {
  const [row] = await tx
    .select({ storeId: stores.id, userId: stores.userId })
    .from(stores)
    .where(
      and(
        eq(stores.merchantId, merchantId),
        isNotNull(stores.claimedAt),
        isNull(stores.archivedAt),
      ),
    );
  return row ?? null;
}

/** Kaspi's name, unless a person has given the store another. */
const nameAfter = (kaspiName: string) =>
  sql`case when ${stores.name} is distinct from coalesce(${stores.kaspiName}, ${stores.name})
    then ${stores.name} else ${kaspiName} end`;

/**
 * Makes the merchant the user's store, or re-connects the one they have. Null: it belongs to another
 * user. Only called after a valid session of that merchant.
 */
export async function claimStore(
  tx: Tx,
  input: { userId: string; accountId: string; merchantId: string; name: string | null },
  now: Date,
): Promise<{ storeId: string; isReplaced: boolean } | null> {
  const holder = await holderOf(tx, input.merchantId);
  if (holder && holder.userId !== input.userId) return null;
  const [store] = await tx
    .insert(stores)
    .values({
      ...input,
      name: input.name ?? input.merchantId,
      kaspiName: input.name,
      claimedAt: now,
      nextSyncAt: now,
    })
    .onConflictDoUpdate({
      target: [stores.userId, stores.merchantId],
      set: {
        accountId: input.accountId,
        claimedAt: sql`coalesce(${stores.claimedAt}, ${now.toISOString()})`,
        archivedAt: null,
        // A pause outlasts a new login; only a disconnected store comes back to work by it.
        isActive: sql`${stores.archivedAt} is not null or ${stores.isActive}`,
        ...(input.name !== null && { kaspiName: input.name, name: nameAfter(input.name) }),
      },
    })
    .returning({ storeId: stores.id, isNew: sql<boolean>`xmax = 0` });
  if (!store) throw new Error("upsert of the store returned nothing");
  await audit(tx, {
    at: now,
    userId: input.userId,
    storeId: store.storeId,
    action: store.isNew ? "store.connected" : "store.reconnected",
  });
  return { storeId: store.storeId, isReplaced: !store.isNew };
}

/** Replaces the points with what Kaspi shows; the main city is only set when there is none. */
export async function savePoints(
  tx: Tx,
  storeId: string,
  cities: City[],
  mainCityId: string,
): Promise<void> {
  const rows = cities.flatMap((city) =>
    city.points.map((point) => ({
      storeId,
      pointId: point.id,
      label: point.label,
      cityId: city.id,
      cityName: city.name,
      isActive: point.active,
    })),
  );
  await tx.delete(pickupPoints).where(eq(pickupPoints.storeId, storeId));
  if (rows.length > 0) await tx.insert(pickupPoints).values(rows).onConflictDoNothing();
  await tx
    .update(stores)
    .set({ mainCityId: sql`coalesce(${stores.mainCityId}, ${mainCityId})` })
    .where(eq(stores.id, storeId));
}
