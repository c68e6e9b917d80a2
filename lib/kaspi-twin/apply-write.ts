import { removed } from "@/lib/kaspi-twin/first-state";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import type { OfferState, PointStock } from "@/lib/kaspi-twin/offer-state";
import { isStockManaged, sellingPoints } from "@/lib/kaspi-twin/offer-state";
import { localDate } from "@/lib/kaspi-twin/wire-dates";
import type { WriteItem } from "@/lib/kaspi-twin/write-body";

export type WriteContext = {
  merchant: Merchant;
  /** The card's name, which stands in for the model of a manual offer. */
  title: string;
  email: string;
  now: number;
  /** Assumption: a count on an offer that does not count its stock removes it. */
  stockCountDelists: boolean;
};

export type Applied = { state: OfferState } | { ignored: string };

/**
 * What a write does to an offer. A model that is not the row's own makes Kaspi drop the whole
 * write in silence; points that are not listed leave sale; `stockCount: null` removes the offer.
 */
export function applyWrite(before: OfferState, item: WriteItem, context: WriteContext): Applied {
  if (item.model && item.model !== (before.model ?? context.title)) {
    return { ignored: "wrong model" };
  }
  const state = withPrices(before, item);
  if (!item.availabilities) {
    return { state: logged(state, state === before ? "REINDEX" : "PRICE_CHANGE", context) };
  }
  const placed = { ...state, points: pointsOf(item, context.merchant) };
  if (losesSale(before, placed, item, context)) {
    return { state: logged(removed(placed, context.now), "REMOVE", context) };
  }
  const back = { ...placed, onSale: true, archivedAt: null, errorCode: null };
  return { state: logged(back, before.onSale ? "PRICE_CHANGE" : "ON_SALE", context) };
}

/** City prices replace those before them; a single price is for every city and clears them. */
function withPrices(state: OfferState, item: WriteItem): OfferState {
  if (item.cityPrices) return { ...state, price: item.price ?? null, cityPrices: item.cityPrices };
  if (item.price !== undefined) return { ...state, price: item.price, cityPrices: null };
  return state;
}

/** Counted stock means that the goods are here: preOrder 0, not null. */
function pointsOf(item: WriteItem, merchant: Merchant): PointStock[] {
  const known = new Set(merchant.points.map((point) => point.id));
  return (item.availabilities ?? [])
    .filter(({ storeId }) => known.has(storeId))
    .map(({ storeId, available, stockCount, preOrder }) => ({
      pointId: storeId,
      available: available === "yes",
      stockCount: stockCount ?? null,
      preOrder: preOrder ?? item.preOrder ?? (typeof stockCount === "number" ? 0 : null),
    }));
}

function losesSale(
  before: OfferState,
  after: OfferState,
  { availabilities = [] }: WriteItem,
  { stockCountDelists }: WriteContext,
): boolean {
  if (availabilities.some(({ stockCount }) => stockCount === null)) return true;
  const counts = availabilities.some(({ stockCount }) => stockCount !== undefined);
  if (stockCountDelists && counts && !isStockManaged(before)) return true;
  return sellingPoints(after).length === 0;
}

const KEPT_UPDATES = 10;

function logged(
  state: OfferState,
  operationType: string,
  { email, now }: WriteContext,
): OfferState {
  const update = { operationType, uploadedBy: email, uploadedDate: localDate(now) };
  return { ...state, updatedAt: now, updates: [...state.updates, update].slice(-KEPT_UPDATES) };
}
