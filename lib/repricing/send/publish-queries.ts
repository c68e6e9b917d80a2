import { and, asc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { type DecisionRow, lockedCities } from "@/lib/repricing/check/check-queries";
import type { Place } from "@/lib/repricing/decide/model";
import { lockedDecisions } from "@/lib/repricing/ledger/ledger-queries";
import type { Sendable } from "./sendable-queries";

/** Whether a price of the product waits to be sent: of another of its cities, or a newer one. */
export async function waitsForTurn(tx: Tx, productId: string): Promise<boolean> {
  const waiting = and(sql`${decisions.state} = 'pending'`, eq(decisions.productId, productId));
  return (await tx.$count(decisions, waiting)) > 0;
}

/** Decisions unsent for two intervals are void, and their products due at once. */
export async function expirePending(tx: Tx, storeId: string, now: Date): Promise<number> {
  const overdue = and(
    eq(decisions.storeId, storeId),
    eq(decisions.state, "pending"),
    lte(decisions.expiresAt, now),
  );
  const expired = await tx
    .update(decisions)
    .set({ state: "expired", stateReason: "unsent_too_long" })
    .where(inArray(decisions.id, lockedDecisions(tx, overdue)))
    .returning({ productId: decisions.productId });
  await makeProductsDue(
    tx,
    expired.map((row) => row.productId),
    now,
  );
  return expired.length;
}

export async function makeProductsDue(tx: Tx, productIds: string[], now: Date): Promise<void> {
  if (productIds.length === 0) return;
  await tx
    .update(productCities)
    .set({ nextCheckAt: now })
    .where(lockedCities(tx, inArray(productCities.productId, productIds)));
}

/** Everything of the store that waits to be sent waits longer, and says why. */
export async function deferPending(
  tx: Tx,
  storeId: string,
  why: { stateReason: string; notBefore: Date | null },
): Promise<void> {
  const unsent = and(eq(decisions.storeId, storeId), eq(decisions.state, "pending"));
  await tx
    .update(decisions)
    .set(why)
    .where(inArray(decisions.id, lockedDecisions(tx, unsent)));
}

export type Transition = Partial<
  Pick<
    DecisionRow,
    | "state"
    | "priceBefore"
    | "stateReason"
    | "stateParams"
    | "notBefore"
    | "sendingAt"
    | "sentAt"
    | "confirmedAt"
    | "confirmAt"
    | "confirmReads"
    | "kaspiProcessId"
    | "channel"
  >
>;

/** Moves a decision on, unless it has moved meanwhile. Returns whether it did. */
export async function moveDecision(
  tx: Tx,
  id: string,
  from: DecisionRow["state"][],
  to: Transition,
): Promise<boolean> {
  const moved = await tx
    .update(decisions)
    .set(to)
    .where(and(eq(decisions.id, id), inArray(decisions.state, from)))
    .returning({ id: decisions.id });
  return moved.length > 0;
}

/** Where a price stands now; a new place counts as contested for a while. */
export async function recordPlace(
  tx: Tx,
  subject: { productId: string; cityId: string },
  { place, of }: Place,
  now: Date,
): Promise<void> {
  const isNew = sql`${productCities.place} is distinct from ${place}`;
  await tx
    .update(productCities)
    .set({
      place,
      placeBefore: sql`case when ${isNew} then ${productCities.place} else ${productCities.placeBefore} end`,
      placesTotal: of,
      placeChangedAt: sql`case when ${isNew} then ${now.toISOString()}::timestamptz else ${productCities.placeChangedAt} end`,
    })
    .where(
      and(eq(productCities.productId, subject.productId), eq(productCities.cityId, subject.cityId)),
    );
}

/** Sent but unresolved decisions whose time to be read has come. */
export async function dueForConfirmation(
  tx: Tx,
  storeId: string,
  now: Date,
  limit: number,
): Promise<Sendable[]> {
  const rows = await tx
    .select({ decision: decisions, sku: products.sku })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .where(
      and(
        eq(decisions.storeId, storeId),
        inArray(decisions.state, ["sending", "sent"]),
        lte(decisions.confirmAt, now),
      ),
    )
    .orderBy(asc(decisions.confirmAt))
    .limit(limit);
  return rows.map(({ decision, sku }) => ({ ...decision, sku }));
}

/** When the next unresolved decision of the store is to be read. */
export async function nextConfirmation(tx: Tx, storeId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: decisions.confirmAt })
    .from(decisions)
    .where(and(eq(decisions.storeId, storeId), inArray(decisions.state, ["sending", "sent"])))
    .orderBy(asc(decisions.confirmAt))
    .limit(1);
  return row?.at ?? null;
}

const atWork = and(eq(stores.id, decisions.storeId), isAtWork, isNull(stores.archivedAt));

/** Stores at work with something to send, and with something to read back. */
export async function storesWithOpenDecisions(
  tx: Tx,
  now: Date,
): Promise<{ publish: string[]; confirm: string[] }> {
  const publish = await tx
    .selectDistinct({ id: decisions.storeId })
    .from(decisions)
    .innerJoin(stores, atWork)
    .where(
      and(
        eq(decisions.state, "pending"),
        or(isNull(decisions.notBefore), lte(decisions.notBefore, now)),
      ),
    );
  const confirm = await tx
    .selectDistinct({ id: decisions.storeId })
    .from(decisions)
    .innerJoin(stores, atWork)
    .where(and(inArray(decisions.state, ["sending", "sent"]), lte(decisions.confirmAt, now)));
  return { publish: publish.map((row) => row.id), confirm: confirm.map((row) => row.id) };
}
