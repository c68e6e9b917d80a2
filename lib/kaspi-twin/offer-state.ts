/** What one pickup point says about an offer. */
export type PointStock = {
  pointId: string;
  available: boolean;
  /** Counted stock; null where the seller does not count. */
  stockCount: number | null;
  preOrder: number | null;
};

export type CityPrice = { cityId: string; value: number };

export type OfferUpdate = { operationType: string; uploadedBy: string; uploadedDate: string };

/** An offer as Kaspi holds it. Prices are whole tenge. */
export type OfferState = {
  /** For every city that has no price of its own; null when only city prices were given. */
  price: number | null;
  cityPrices: CityPrice[] | null;
  /** The struck-out price, shown beside every city's price. */
  oldPrice: number | null;
  model: string | null;
  brand: string | null;
  /** Null on an offer that was removed for lack of availabilities. */
  points: PointStock[] | null;
  onSale: boolean;
  archivedAt: number | null;
  updatedAt: number;
  errorCode: string | null;
  updates: OfferUpdate[];
};

/** Cities without a price of their own get the base price, or the lowest of the city prices. */
export function priceIn(state: OfferState, cityId: string): number {
  const own = state.cityPrices?.find((one) => one.cityId === cityId);
  return own?.value ?? basePrice(state);
}

export function basePrice(state: OfferState): number {
  return state.price ?? lowestPrice(state);
}

export function lowestPrice(state: OfferState): number {
  return Math.min(...allPrices(state));
}

export function highestPrice(state: OfferState): number {
  return Math.max(...allPrices(state));
}

function allPrices(state: OfferState): number[] {
  const values = state.cityPrices?.map((one) => one.value) ?? [];
  return state.price === null && values.length > 0 ? values : [...values, state.price ?? 0];
}

export function isPriced(state: OfferState): boolean {
  return state.price !== null || (state.cityPrices?.length ?? 0) > 0;
}

/** Counted stock left over all points; null when nobody counts. */
export function isStockManaged(state: OfferState): boolean {
  return state.points?.some((point) => point.stockCount !== null) ?? false;
}

export function sellingPoints(state: OfferState): PointStock[] {
  return state.points?.filter((point) => point.available && point.stockCount !== 0) ?? [];
}
