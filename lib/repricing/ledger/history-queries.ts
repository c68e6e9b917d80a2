import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, marketObservations } from "@/lib/db/schema/repricing";
import { users } from "@/lib/db/schema/workspace";
import type { MarketOffer } from "@/lib/kaspi/competitor-offers";
import { nameBesides } from "@/lib/products/city-queries";
import type { DecisionRow } from "@/lib/repricing/check/check-queries";

export type HistoryEntry = Pick<
  DecisionRow,
  | "id"
  | "seq"
  | "kind"
  | "origin"
  | "reason"
  | "params"
  | "trail"
  | "priceBefore"
  | "price"
  | "dryRun"
  | "state"
  | "stateReason"
  | "stateParams"
  | "decidedAt"
  | "notBefore"
  | "sentAt"
  | "confirmedAt"
> & { actorName: string | null };

const PAGE = 30;

/** The last decision shown. Two may be of one moment, so the place in the ledger counts too. */
export type HistoryCursor = Pick<DecisionRow, "decidedAt" | "seq">;

/** What a page says of a decision. Needs the decisions and, joined to them, who made them. */
export const decisionColumns = {
  id: decisions.id,
  seq: decisions.seq,
  kind: decisions.kind,
  origin: decisions.origin,
  reason: decisions.reason,
  params: decisions.params,
  trail: decisions.trail,
  priceBefore: decisions.priceBefore,
  price: decisions.price,
  dryRun: decisions.dryRun,
  state: decisions.state,
  stateReason: decisions.stateReason,
  stateParams: decisions.stateParams,
  decidedAt: decisions.decidedAt,
  notBefore: decisions.notBefore,
  sentAt: decisions.sentAt,
  confirmedAt: decisions.confirmedAt,
  actorName: users.name,
};

/**
 * A product's decisions, in a city or in all it was ever priced in, the newest first; `before` goes on
 * from the last one shown.
 */
export async function productHistory(
  tx: Tx,
  caller: Caller,
  productId: string,
  before: HistoryCursor | null = null,
  cityId: string | null = null,
): Promise<{ entries: HistoryEntry[]; hasMore: boolean }> {
  const rows = await tx
    .select(decisionColumns)
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .leftJoin(users, eq(users.id, decisions.actorId))
    .where(
      and(
        eq(decisions.productId, productId),
        cityId === null ? undefined : eq(decisions.cityId, cityId),
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
        before ? isOlder(before) : undefined,
      ),
    )
    .orderBy(desc(decisions.decidedAt), desc(decisions.seq))
    .limit(PAGE + 1);
  return { entries: rows.slice(0, PAGE), hasMore: rows.length > PAGE };
}

function isOlder({ decidedAt, seq }: HistoryCursor) {
  return sql`(${decisions.decidedAt}, ${decisions.seq}) < (${decidedAt.toISOString()}::timestamptz, ${seq})`;
}

export type ObservedMarket = {
  offers: MarketOffer[];
  total: number;
  /** When it was last seen like this. */
  seenAt: Date;
};

/** The market a product was last decided by. Call with an observation of a product the caller may see. */
export async function observedMarket(
  tx: Tx,
  observationId: string,
): Promise<ObservedMarket | null> {
  const [row] = await tx
    .select({
      offers: marketObservations.offers,
      total: marketObservations.total,
      seenAt: marketObservations.lastSeenAt,
    })
    .from(marketObservations)
    .where(eq(marketObservations.id, observationId));
  return row ? { ...row, offers: row.offers as MarketOffer[] } : null;
}

/** The market of a product in a city as last read. */
export async function lastMarket(
  tx: Tx,
  productId: string,
  cityId: string,
): Promise<ObservedMarket | null> {
  const [row] = await tx
    .select({ observationId: productCities.observationId })
    .from(productCities)
    .where(and(eq(productCities.productId, productId), eq(productCities.cityId, cityId)));
  return row?.observationId ? observedMarket(tx, row.observationId) : null;
}

export type RunChange = Pick<
  DecisionRow,
  "id" | "reason" | "params" | "priceBefore" | "price" | "state" | "stateReason" | "notBefore"
> & {
  sku: string;
  name: string;
  /** Null: the one the product is shown by. */
  cityName: string | null;
};

/** What became of these decisions. For commands, which act for the whole installation. */
export async function runChanges(tx: Tx, decisionIds: string[]): Promise<RunChange[]> {
  if (decisionIds.length === 0) return [];
  return tx
    .select({
      id: decisions.id,
      reason: decisions.reason,
      params: decisions.params,
      priceBefore: decisions.priceBefore,
      price: decisions.price,
      state: decisions.state,
      stateReason: decisions.stateReason,
      notBefore: decisions.notBefore,
      sku: products.sku,
      name: products.name,
      cityName: nameBesides(decisions.cityId),
    })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .where(inArray(decisions.id, decisionIds))
    .orderBy(asc(decisions.seq));
}
