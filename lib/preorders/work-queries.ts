import { and, asc, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { isLoginOf } from "@/lib/accounts/pace-queries";
import type { Tx } from "@/lib/db/client";
import { waitAtMost } from "@/lib/db/patient";
import { kaspiLogins, pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { products } from "@/lib/db/schema/products";
import { workspace } from "@/lib/db/schema/workspace";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { LONGEST_WAIT_MS } from "@/lib/repricing/send/exit-lock-queries";
import { noPriceUnderWay } from "@/lib/repricing/send/sendable-queries";
import type { Preorder } from "./model";

/** A write is wanted and none is on its way. */
const isWanted = and(isNotNull(preorders.wantedAt), isNull(preorders.sendingAt));

export type Wanted = Preorder & { sku: string };

/** The next preorder of the store to be written: the longest waiting, and no price of its product is under way. */
export async function nextWanted(tx: Tx, storeId: string, now: Date): Promise<Wanted | null> {
  const [row] = await tx
    .select({ preorder: preorders, sku: products.sku })
    .from(preorders)
    .innerJoin(products, eq(products.id, preorders.productId))
    .where(
      and(
        eq(preorders.storeId, storeId),
        isWanted,
        or(isNull(preorders.notBefore), lte(preorders.notBefore, now)),
        noPriceUnderWay(sql`${preorders.productId}`),
      ),
    )
    .orderBy(asc(preorders.wantedAt), asc(preorders.id))
    .limit(1);
  return row ? { ...row.preorder, sku: row.sku } : null;
}

/** Everything of the store that waits to be written waits longer, and says why. */
export async function deferWanted(
  tx: Tx,
  storeId: string,
  { stateReason: why, notBefore }: { stateReason: string; notBefore: Date | null },
): Promise<void> {
  await tx
    .update(preorders)
    .set({ why, notBefore })
    .where(and(eq(preorders.storeId, storeId), isWanted));
}

/**
 * The rows a preorder's gate judges by, fresh and locked, in the order of the exit gate: login, product,
 * preorder, store, workspace. Null: it is not to be written any more, or a price of its product is under way.
 * What somebody else holds for longer is not waited for (`wasLocked`).
 */
export async function lockForLeaving(
  tx: Tx,
  { accountId, id, productId }: { accountId: string; id: string; productId: string },
) {
  const [login] = await tx
    .select({ name: kaspiLogins.login, writesBlockedUntil: kaspiLogins.writesBlockedUntil })
    .from(kaspiLogins)
    .where(isLoginOf(accountId))
    .for("no key update");
  await waitAtMost(tx, LONGEST_WAIT_MS);
  const [product] = await tx
    .select()
    .from(products)
    .where(eq(products.id, productId))
    .for("no key update");
  const [preorder] = await tx
    .select()
    .from(preorders)
    .where(and(eq(preorders.id, id), isWanted, noPriceUnderWay(sql`${productId}::uuid`)))
    .for("update");
  if (!preorder) return null;
  const [store] = await tx
    .select()
    .from(stores)
    .where(eq(stores.id, preorder.storeId))
    .for("share");
  const [settings] = await tx.select().from(workspace).for("share");
  if (!login || !product || !store || !settings)
    throw new Error("a preorder without login, product, store or workspace");
  return { login, product, preorder, store, settings };
}

/** The store's points as Kaspi last named them, those that are open. */
export async function openPointIds(tx: Tx, storeId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ pointId: pickupPoints.pointId })
    .from(pickupPoints)
    .where(and(eq(pickupPoints.storeId, storeId), pickupPoints.isActive));
  return new Set(rows.map((row) => row.pointId));
}

export type Move = Partial<
  Pick<
    Preorder,
    | "status"
    | "ending"
    | "why"
    | "notBefore"
    | "wantedAt"
    | "sendingAt"
    | "sentAt"
    | "lookAt"
    | "looks"
    | "wish"
    | "touched"
    | "before"
    | "activeAt"
    | "toldAt"
    | "endedAt"
  >
>;

/** Moves a preorder on. Call it with the row locked, or with `whileSending`. */
export async function movePreorder(tx: Tx, id: string, to: Move): Promise<void> {
  await tx.update(preorders).set(to).where(eq(preorders.id, id));
}

/** The same for one whose write is under way; answers whether it still was. */
export async function moveSending(tx: Tx, id: string, to: Move): Promise<boolean> {
  const moved = await tx
    .update(preorders)
    .set(to)
    .where(and(eq(preorders.id, id), isNotNull(preorders.sendingAt)))
    .returning({ id: preorders.id });
  return moved.length > 0;
}

/** A write that certainly did not arrive is wanted again, as if it had never left. `had`: what was known then. */
export async function takeWriteBack(
  tx: Tx,
  id: string,
  { sendingAt: now, had }: { sendingAt: Date; had: Pick<Preorder, "touched" | "before"> },
): Promise<void> {
  await moveSending(tx, id, {
    ...had,
    sendingAt: null,
    lookAt: null,
    ...{ wantedAt: now, notBefore: null },
  });
}

/** Those of the store whose time to be looked for has come. */
export async function dueForLook(
  tx: Tx,
  storeId: string,
  now: Date,
  limit: number,
): Promise<Wanted[]> {
  const rows = await tx
    .select({ preorder: preorders, sku: products.sku })
    .from(preorders)
    .innerJoin(products, eq(products.id, preorders.productId))
    .where(and(eq(preorders.storeId, storeId), lte(preorders.lookAt, now)))
    .orderBy(asc(preorders.lookAt), asc(preorders.id))
    .limit(limit);
  return rows.map(({ preorder, sku }) => ({ ...preorder, sku }));
}

/** When the next of the store is to be looked for. */
export async function nextLookAt(tx: Tx, storeId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: preorders.lookAt })
    .from(preorders)
    .where(and(eq(preorders.storeId, storeId), isNotNull(preorders.lookAt)))
    .orderBy(asc(preorders.lookAt))
    .limit(1);
  return row?.at ?? null;
}

/** The row as it is now, locked. Call it with the product locked. */
export async function lockLooked(tx: Tx, id: string): Promise<Preorder | null> {
  const [row] = await tx.select().from(preorders).where(eq(preorders.id, id)).for("update");
  return row ?? null;
}

/** The city its product is shown by, for keeping what Kaspi shows. */
export async function leadCityOf(tx: Tx, productId: string): Promise<string> {
  const [row] = await tx
    .select({ cityId: products.leadCityId })
    .from(products)
    .where(eq(products.id, productId));
  return row?.cityId ?? "";
}

/** As the store is called now, for what its owner is told. */
export async function storeNameOf(tx: Tx, storeId: string): Promise<string> {
  const [row] = await tx.select({ name: stores.name }).from(stores).where(eq(stores.id, storeId));
  return row?.name ?? "";
}

const atWork = and(eq(stores.id, preorders.storeId), isAtWork, isNull(stores.archivedAt));

/** Stores at work with a preorder to write, and with one to look for. */
export async function storesWithPreorders(
  tx: Tx,
  now: Date,
): Promise<{ push: string[]; look: string[] }> {
  const push = await tx
    .selectDistinct({ id: preorders.storeId })
    .from(preorders)
    .innerJoin(stores, atWork)
    .where(and(isWanted, or(isNull(preorders.notBefore), lte(preorders.notBefore, now))));
  const look = await tx
    .selectDistinct({ id: preorders.storeId })
    .from(preorders)
    .innerJoin(stores, atWork)
    .where(lte(preorders.lookAt, now));
  return { push: push.map(({ id }) => id), look: look.map(({ id }) => id) };
}

/** How far the work is in which these were asked for. */
export async function countRun(tx: Tx, runId: string) {
  const [row] = await tx
    .select({
      total: sql<number>`count(*)::int`,
      done: sql<number>`(count(*) filter (where ${preorders.wantedAt} is null
        and ${preorders.sendingAt} is null))::int`,
      shown: sql<number>`(count(*) filter (where ${preorders.status} = 'active'))::int`,
      ended: sql<number>`(count(*) filter (where ${inArray(preorders.status, ["cancelled", "completed"])}))::int`,
    })
    .from(preorders)
    .where(eq(preorders.runId, runId));
  return row ?? { total: 0, done: 0, shown: 0, ended: 0 };
}
