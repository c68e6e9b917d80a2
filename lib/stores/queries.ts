import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { ChangePermission } from "@/lib/auth/permission-model";
import {
  isOwn,
  isPermitted,
  mayRead,
  permitted,
  requirePermission,
  rightsIn,
} from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { loginHint, loginLabel } from "@/lib/core/login-label";
import type { Db, Tx } from "@/lib/db/client";
import { kaspiAccounts, kaspiLogins, pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { loginBreaks } from "@/lib/db/schema/logins";
import { products } from "@/lib/db/schema/products";
import { users } from "@/lib/db/schema/workspace";
import type { StoreView } from "./model";

export type Store = typeof stores.$inferSelect;

const isOpen = isNull(stores.archivedAt);

/** A store the caller may see, or `not_found`: somebody else's store does not exist for them. */
export async function readableStore(tx: Tx, caller: Caller, storeId: string): Promise<Store> {
  const [store] = await tx
    .select()
    .from(stores)
    .where(and(eq(stores.id, storeId), isOpen, mayRead(caller)));
  if (!store) throw new AppError("not_found", "store_not_found");
  return store;
}

/** A store in which the caller may do it. Throws `not_found`, `forbidden`. */
export async function writableStore(
  tx: Tx,
  caller: Caller,
  storeId: string,
  permission: ChangePermission = "change_store",
): Promise<Store> {
  const [row] = await tx
    .select({ store: stores, isPermitted: isPermitted(caller, permission) })
    .from(stores)
    .where(and(eq(stores.id, storeId), isOpen, mayRead(caller)));
  return permitted(row, permission, "store_not_found").store;
}

/** A store of the caller's own, or any for an owner of the installation. Throws `not_found`, `forbidden`. */
export async function ownedStore(tx: Tx, caller: Caller, storeId: string): Promise<Store> {
  const store = await writableStore(tx, caller, storeId);
  if (caller.role !== "owner" && store.userId !== caller.id)
    throw new AppError("forbidden", "store_not_yours");
  return store;
}

/**
 * The store that is named, if the caller may change it; without a name all of the caller's own, and nobody
 * else's, whatever they may change. In the order in which everybody goes through stores. Throws `not_found`,
 * `forbidden`.
 */
export async function storesMeant(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
  permission: ChangePermission,
): Promise<Pick<Store, "id" | "name">[]> {
  if (storeId !== undefined) return [await writableStore(tx, caller, storeId, permission)];
  requirePermission(caller, permission);
  return tx
    .select({ id: stores.id, name: stores.name })
    .from(stores)
    .where(and(isOpen, isOwn(caller)))
    .orderBy(asc(stores.id));
}

export async function listStoreNames(
  tx: Tx,
  caller: Caller,
): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: stores.id, name: stores.name })
    .from(stores)
    .where(and(isOpen, mayRead(caller)))
    .orderBy(asc(stores.name), asc(stores.id));
}

/** The stores the caller may see, the one that was added first before the others. */
export async function storesByAge(tx: Tx, caller: Caller): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: stores.id, name: stores.name })
    .from(stores)
    .where(and(isOpen, mayRead(caller)))
    .orderBy(asc(stores.createdAt), asc(stores.id));
}

/** A store the caller may see, as the pages show it, or `not_found`. */
export async function findStore(tx: Tx, caller: Caller, storeId: string): Promise<StoreView> {
  const [store] = await listStores(tx, caller, storeId);
  if (!store) throw new AppError("not_found", "store_not_found");
  return store;
}

/** Every store the caller may see, or the one of them that is named. */
export async function listStores(tx: Tx, caller: Caller, storeId?: string): Promise<StoreView[]> {
  const counts = tx
    .select({
      storeId: products.storeId,
      onSale: sql<number>`(count(*) filter (where ${products.onSale}))::int`.as("on_sale_count"),
      bots: sql<number>`(count(*) filter (where ${products.botEnabled}))::int`.as("bots_count"),
    })
    .from(products)
    .groupBy(products.storeId)
    .as("counts");
  const stopper = tx.select({ id: users.id, name: users.name }).from(users).as("stopper");
  const cityName = sql<string | null>`(select ${pickupPoints.cityName} from ${pickupPoints}
    where ${pickupPoints.storeId} = ${stores.id} and ${pickupPoints.cityId} = ${stores.mainCityId} limit 1)`;
  const rows = await tx
    .select({
      store: stores,
      account: kaspiAccounts,
      writesBlockedUntil: kaspiLogins.writesBlockedUntil,
      pause: loginBreaks,
      owner: users.name,
      stopper: stopper.name,
      onSale: counts.onSale,
      bots: counts.bots,
      cityName,
      may: rightsIn(caller),
    })
    .from(stores)
    .innerJoin(users, eq(users.id, stores.userId))
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .leftJoin(kaspiLogins, eq(kaspiLogins.login, kaspiAccounts.login))
    .leftJoin(loginBreaks, eq(loginBreaks.login, kaspiAccounts.login))
    .leftJoin(stopper, eq(stopper.id, stores.sendingStoppedBy))
    .leftJoin(counts, eq(counts.storeId, stores.id))
    .where(and(isOpen, mayRead(caller), storeId ? eq(stores.id, storeId) : undefined))
    .orderBy(asc(stores.name), asc(stores.id));
  return rows.map(
    ({
      store,
      account,
      writesBlockedUntil,
      pause,
      owner,
      stopper: stoppedBy,
      onSale,
      bots,
      cityName: mainCityName,
      may,
    }) => ({
      id: store.id,
      merchantId: store.merchantId,
      name: store.name,
      mainCityId: store.mainCityId,
      mainCityName,
      isActive: store.isActive,
      isMine: store.userId === caller.id,
      may,
      ownerName: owner,
      productsCount: store.productsCount,
      onSaleCount: onSale ?? 0,
      botsCount: bots ?? 0,
      lastSyncAt: store.lastSyncAt,
      nextSyncAt: store.nextSyncAt,
      session: account?.session ?? "unknown",
      reauthReason: account?.reauthReason ?? null,
      // A break stops nothing while the session lives.
      loginBlockedUntil: account?.session === "waiting" ? (pause?.until ?? null) : null,
      loginBlockedBy: pause?.by ?? null,
      accountId: account?.id ?? null,
      login: account ? labelFor(caller, store, account.login) : null,
      lastLoginAt: account?.lastLoginAt ?? null,
      lastCheckedAt: account?.lastCheckedAt ?? null,
      writesBlockedUntil,
      sendingStoppedAt: store.sendingStoppedAt,
      sendingStoppedBy: stoppedBy,
      rule: store.rule,
    }),
  );
}

/** Whose store it is knows the login; a guest only which of theirs it may be. */
const labelFor = (caller: Caller, { userId }: Pick<Store, "userId">, login: string) =>
  userId === caller.id || caller.role === "owner" ? loginLabel(login) : loginHint(login);

/**
 * Every merchant that was ever of the installation, archived ones too: none of them is ever a rival. For
 * deciding, never for showing.
 */
export async function ownMerchants(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectDistinct({ merchantId: stores.merchantId })
    .from(stores)
    .where(isNotNull(stores.firstClaimedAt));
  return new Set(rows.map((row) => row.merchantId));
}

/** Those the caller may know to be of this installation; to them the others are sellers like any. */
export async function knownMerchants(tx: Tx, caller: Caller): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectDistinct({ merchantId: stores.merchantId })
    .from(stores)
    .where(and(isNotNull(stores.firstClaimedAt), mayRead(caller)));
  return new Set(rows.map((row) => row.merchantId));
}

/** Pulls or releases a store's kill switch. */
export async function setStoreSendingStopped(
  db: Db,
  caller: Caller,
  input: { storeId: string; stopped: boolean },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, input.storeId);
    const set = input.stopped
      ? { sendingStoppedAt: now, sendingStoppedBy: caller.id }
      : { sendingStoppedAt: null, sendingStoppedBy: null };
    await tx.update(stores).set(set).where(eq(stores.id, store.id));
    const action = input.stopped ? "store.sending_stopped" : "store.sending_resumed";
    await audit(tx, { at: now, userId: caller.id, storeId: store.id, action });
  });
}

/** The store's default rule, as stored. */
export async function storeRule(tx: Tx, storeId: string): Promise<Pick<Store, "rule">> {
  const [store] = await tx.select({ rule: stores.rule }).from(stores).where(eq(stores.id, storeId));
  if (!store) throw new AppError("not_found", "store_not_found");
  return store;
}

export async function setStoreRule(tx: Tx, storeId: string, rule: Store["rule"]): Promise<void> {
  await tx.update(stores).set({ rule }).where(eq(stores.id, storeId));
}

export async function countStores(tx: Tx): Promise<number> {
  return tx.$count(stores, isOpen);
}
