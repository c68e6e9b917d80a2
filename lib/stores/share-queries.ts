import { and, asc, eq, sql } from "drizzle-orm";
import type { StorePermission } from "@/lib/auth/permission-model";
import type { Tx } from "@/lib/db/client";
import { storeShares } from "@/lib/db/schema/groups";
import { users } from "@/lib/db/schema/workspace";
import type { StoreShare } from "./share-model";

/** Whom a store is shared with, and with what rights. */
export async function sharesOf(tx: Tx, storeId: string): Promise<StoreShare[]> {
  const rows = await tx
    .select({
      personId: users.id,
      name: users.name,
      email: users.email,
      isActive: users.isActive,
      permissions: storeShares.permissions,
    })
    .from(storeShares)
    .innerJoin(users, eq(users.id, storeShares.userId))
    .where(eq(storeShares.storeId, storeId))
    .orderBy(sql`lower(${users.name})`, asc(users.id));
  return rows.map((row) => ({ ...row, permissions: row.permissions as StorePermission[] }));
}

/** Somebody who may be shared with: of the office and not blocked. */
export async function colleague(tx: Tx, email: string) {
  const [person] = await tx
    .select({ id: users.id, role: users.role })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email), eq(users.isActive, true)));
  return person ?? null;
}

const shareOf = (storeId: string, userId: string) =>
  and(eq(storeShares.storeId, storeId), eq(storeShares.userId, userId));

/** The rights of a share, locked; null: there is none. */
export async function lockShare(
  tx: Tx,
  storeId: string,
  userId: string,
): Promise<readonly string[] | null> {
  const [share] = await tx
    .select({ permissions: storeShares.permissions })
    .from(storeShares)
    .where(shareOf(storeId, userId))
    .for("update");
  return share?.permissions ?? null;
}

export async function saveShare(
  tx: Tx,
  share: { storeId: string; userId: string; permissions: StorePermission[] },
): Promise<void> {
  const { permissions } = share;
  await tx
    .insert(storeShares)
    .values(share)
    .onConflictDoUpdate({
      target: [storeShares.storeId, storeShares.userId],
      set: { permissions },
    });
}

/** Takes all shares of a store back; the ids of those who had them. */
export async function dropShares(tx: Tx, storeId: string): Promise<string[]> {
  const dropped = await tx
    .delete(storeShares)
    .where(eq(storeShares.storeId, storeId))
    .returning({ userId: storeShares.userId });
  return dropped.map(({ userId }) => userId);
}

export async function dropShare(tx: Tx, storeId: string, userId: string): Promise<void> {
  await tx.delete(storeShares).where(shareOf(storeId, userId));
}
