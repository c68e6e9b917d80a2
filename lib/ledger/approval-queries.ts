import { and, asc, count, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions, marketObservations } from "@/lib/db/schema/repricing";
import { priceAnswers, priceHolds } from "@/lib/db/schema/safety";
import type { ObservedMarket } from "@/lib/repricing/ledger/history-queries";
import { cityName } from "./queries";

type Scope = { store: string | undefined; now: Date };

// Written as a word: a partial index is not met by a parameter.
const frozen = (caller: Caller, store: string | undefined) =>
  and(
    sql`${decisions.state} = 'frozen'`,
    isNull(products.goneAt),
    mayRead(caller, "view_product"),
    isNull(stores.archivedAt),
    store ? eq(decisions.storeId, store) : undefined,
  );

/** Prices that wait for a person, the longest waiting first, each with the market it was asked about. */
export async function frozenDecisions(
  tx: Tx,
  caller: Caller,
  { store, now, limit }: Scope & { limit: number },
) {
  const rows = await tx
    .select({
      decisionId: decisions.id,
      productId: decisions.productId,
      productName: products.name,
      sku: products.sku,
      storeName: stores.name,
      cityName,
      reason: decisions.reason,
      params: decisions.params,
      priceBefore: decisions.priceBefore,
      price: decisions.price,
      decidedAt: decisions.decidedAt,
      offers: marketObservations.offers,
      /** Somebody has agreed, and its market is yet to be read. */
      isAgreed: sql<boolean>`${priceAnswers.productId} is not null`,
      isWritable: isPermitted(caller, "approve_decision"),
    })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .leftJoin(marketObservations, eq(marketObservations.id, decisions.observationId))
    .leftJoin(
      priceAnswers,
      and(
        eq(priceAnswers.productId, decisions.productId),
        eq(priceAnswers.cityId, decisions.cityId),
        eq(priceAnswers.answer, "agreed"),
        gt(priceAnswers.until, now),
      ),
    )
    .where(frozen(caller, store))
    .orderBy(asc(decisions.decidedAt), asc(decisions.id))
    .limit(limit);
  return rows.map(({ offers, ...row }) => ({
    ...row,
    offers: (offers ?? []) as ObservedMarket["offers"],
  }));
}

export type FrozenDecision = Awaited<ReturnType<typeof frozenDecisions>>[number];

/** How many prices and holds wait for a person. */
export async function countApprovals(
  tx: Tx,
  caller: Caller,
  store?: string,
): Promise<{ frozen: number; holds: number }> {
  const mine = tx
    .select({ id: stores.id })
    .from(stores)
    .where(
      and(
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
        store ? eq(stores.id, store) : undefined,
      ),
    );
  const [[asked], [held]] = await Promise.all([
    tx
      .select({ count: count() })
      .from(decisions)
      .innerJoin(products, eq(products.id, decisions.productId))
      .innerJoin(stores, eq(stores.id, decisions.storeId))
      .where(frozen(caller, store)),
    tx
      .select({ count: count() })
      .from(priceHolds)
      .where(and(isNull(priceHolds.answer), inArray(priceHolds.storeId, mine))),
  ]);
  return { frozen: asked?.count ?? 0, holds: held?.count ?? 0 };
}
