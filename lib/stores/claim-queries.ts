import { and, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Asker } from "@/lib/accounts/model";
import { audit } from "@/lib/auth/audit";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import type { City } from "@/lib/kaspi/pickup-points";
import { ALMATY } from "./model";
import { chooseMainCity } from "./rules";

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

/** Those of these merchants for which nothing but the official interface may be asked, by what they are called. */
export async function officialMerchants(
  tx: Tx,
  userId: string,
  merchantIds: string[],
): Promise<Map<string, string>> {
  const isHeld = and(isNotNull(stores.claimedAt), isNull(stores.archivedAt));
  const rows = await tx
    .select({ merchantId: stores.merchantId, name: stores.name })
    .from(stores)
    .where(
      and(
        inArray(stores.merchantId, merchantIds),
        eq(stores.officialOnly, true),
        or(eq(stores.userId, userId), isHeld),
      ),
    );
  return new Map(rows.map(({ merchantId, name }) => [merchantId, name]));
}

/** Of the advisory locks; see `withStoreLock` for the others. */
const CLAIM_PURPOSE = 3;
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
  { by, ...input }: Asker & { accountId: string; merchantId: string; name: string | null },
  now: Date,
): Promise<{ storeId: string; isReplaced: boolean } | null> {
  // Two users may connect a merchant at the same moment: the second one sees what the first has claimed.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext(${input.merchantId}), ${CLAIM_PURPOSE})`,
  );
  const holder = await holderOf(tx, input.merchantId);
  if (holder && holder.userId !== input.userId) return null;
  const [store] = await tx
    .insert(stores)
    .values({
      ...input,
      name: input.name ?? input.merchantId,
      kaspiName: input.name,
      claimedAt: now,
      firstClaimedAt: now,
      nextSyncAt: now,
    })
    .onConflictDoUpdate({
      target: [stores.userId, stores.merchantId],
      set: {
        accountId: input.accountId,
        claimedAt: sql`coalesce(${stores.claimedAt}, ${now.toISOString()})`,
        firstClaimedAt: sql`coalesce(${stores.firstClaimedAt}, ${now.toISOString()})`,
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
    userId: by,
    storeId: store.storeId,
    action: store.isNew ? "store.connected" : "store.reconnected",
  });
  return { storeId: store.storeId, isReplaced: !store.isNew };
}

/**
 * Replaces the points with what Kaspi shows; `null`, when that was not readable, leaves them. The main
 * city is chosen once, from the first points anybody has seen; until then it is a guess.
 */
export async function savePoints(
  tx: Tx,
  storeId: string,
  cities: City[] | null,
): Promise<{ isGuess: boolean }> {
  const seenBefore = await tx.$count(
    pickupPoints,
    and(eq(pickupPoints.storeId, storeId), eq(pickupPoints.isActive, true)),
  );
  if (cities) await replacePoints(tx, storeId, cities);
  const chosen = chooseMainCity(cities ?? []);
  const better = seenBefore > 0 ? null : chosen;
  await tx
    .update(stores)
    .set({ mainCityId: sql`coalesce(${better}, ${stores.mainCityId}, ${chosen ?? ALMATY})` })
    .where(eq(stores.id, storeId));
  return { isGuess: seenBefore === 0 && chosen === null };
}

async function replacePoints(tx: Tx, storeId: string, cities: City[]): Promise<void> {
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
}
