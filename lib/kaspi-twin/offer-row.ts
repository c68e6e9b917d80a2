import { DAY } from "@/lib/core/time";
import { cities } from "@/lib/kaspi-twin/cities";
import {
  basePrice,
  highestPrice,
  isStockManaged,
  lowestPrice,
  type OfferState,
  type PointStock,
  priceIn,
} from "@/lib/kaspi-twin/offer-state";
import { hex, pick, roll } from "@/lib/kaspi-twin/seeded";
import type { ShelfOffer } from "@/lib/kaspi-twin/shelves";
import { almatyDate, localDate, localMinute, nanoDate } from "@/lib/kaspi-twin/wire-dates";

/** A write that was accepted and not applied yet. */
export type PendingWrite = { appliedBefore: number };

export type RowOptions = {
  imagesUrl: string;
  pending: PendingWrite | null;
  /** Leave out the cities that the seller gave no price for (nobody knows what Kaspi does). */
  onlyPricedCities: boolean;
};

/** One row of the own offers list, as JSON text. About 17 KB of it are the prices of 270 cities. */
export function offerRow(offer: ShelfOffer, options: RowOptions): string {
  const row = JSON.stringify({
    ...identity(offer, options.imagesUrl),
    ...prices(offer.state),
    ...stock(offer),
    ...history(offer),
    ...classification(offer),
    ...(options.pending ? inProgress(options.pending) : {}),
    ...(offer.state.errorCode ? { offerError: offerError(offer.state) } : {}),
  });
  return `${row.slice(0, -1)},"allCityPrices":{${allCityPrices(offer.state, options)}}}`;
}

function identity({ card, merchant, sku, state }: ShelfOffer, imagesUrl: string) {
  const picture = `${imagesUrl}/img/m/p/${card.imagePath}`;
  return {
    masterSku: card.id,
    images: [card.imagePath],
    imagesV2: [
      {
        small: `${picture}?format=gallery-small`,
        medium: `${picture}?format=gallery-medium`,
        large: `${picture}?format=gallery-large`,
        verified: false,
        infographics: false,
        aiGenerated: false,
      },
    ],
    shopLink: `/p/${card.kind.category.toLowerCase().replaceAll(" ", "-")}-${card.id}/`,
    masterTitle: card.title,
    offerId: hex(24, "offer", merchant.uid, sku),
    fileId: "MANUAL_CHANGES",
    merchantUid: merchant.uid,
    sku,
    model: state.model,
    title: state.model ?? card.title,
    brand: state.brand,
    brandName: card.brand,
    brandCode: card.brand.toLowerCase().replaceAll(" ", "-"),
    offerSource: state.model === null ? "MANUAL_OFFER" : "PRICE_LIST",
  };
}

function prices(state: OfferState) {
  const removed = state.points === null;
  const lowest = lowestPrice(state);
  const highest = highestPrice(state);
  return {
    price: removed ? 0 : (state.price ?? 0),
    oldprice: state.oldPrice ?? 0,
    minPrice: lowest,
    maxPrice: highest,
    rangePrice: removed ? { MIN: 0, MAX: 0 } : { MIN: lowest, MAX: highest },
    cityPrices: removed ? null : state.cityPrices,
  };
}

function stock({ state, merchant }: ShelfOffer) {
  const counted = state.points?.filter((point) => point.stockCount !== null) ?? [];
  const codes = new Map(merchant.points.map((point) => [point.id, point.code]));
  return {
    availabilities: state.points?.map(availability) ?? null,
    points: state.points?.flatMap((point) => codes.get(point.pointId) ?? []) ?? ["PP1"],
    ...(isStockManaged(state)
      ? {
          stocks: counted.map((point) => ({
            stockLevel: { [point.pointId]: { value: point.stockCount } },
          })),
        }
      : {}),
  };
}

function availability(point: PointStock) {
  const counted = point.stockCount !== null;
  return {
    available: point.available ? "yes" : "no",
    storeId: point.pointId,
    stockCount: point.stockCount,
    preOrder: point.preOrder,
    stockEnabled: counted,
    stockSpecified: counted,
  };
}

function history({ state }: ShelfOffer) {
  return {
    available: state.onSale,
    archivedAt: state.archivedAt === null ? null : localDate(state.archivedAt),
    updatedAt: nanoDate(state.updatedAt),
    editionDeadline: almatyDate(state.updatedAt + DAY),
    updates: state.updates,
    reindexReason: null,
    matchesLastBatch: false,
    skipDistinctCheck: false,
    modification: false,
    priority: 0,
    _version: null,
    _distinctVersion: 4,
  };
}

function classification({ card, sku }: ShelfOffer) {
  const { category, path } = card.kind;
  const barcode = `0200${card.id}`;
  return {
    barcode: roll("barcode", sku) < 0.5 ? null : { barcode, ntin: barcode, gtin: null },
    attributes: [],
    colourCode: null,
    verticalCategory: path.at(-1) ?? category,
    masterCategory: `Master - ${category}`,
    categoryCode: `Master - ${category}`,
    categoryPathCodes: [`Master - ${category}`, category, ...path],
    familyId: `[Master - ${category}][${card.brand}]{${card.title}}`,
    contentRating: { ratingEvaluation: pick(["GOOD", "MEDIUM", "EXCELLENT"], "rating", sku) },
    deliveryOptions: null,
    anyPickup: true,
    anyKaspiDelivery: true,
    anyKaspiDeliveryLocal: false,
    anyKaspiDeliveryExpress: false,
    anyMerchantDelivery: false,
    selectedCity: null,
  };
}

function inProgress({ appliedBefore }: PendingWrite) {
  return {
    operationType: "IN_PROGRESS",
    processed: false,
    appliedBeforeDateTime: localMinute(appliedBefore),
  };
}

export function offerError(state: OfferState) {
  return {
    offerSource: "MANUAL_OFFER",
    errorCodes: [state.errorCode],
    warningCodes: [],
    klNotes: [],
    reindexReason: null,
  };
}

const cityKeys = cities.map(({ id }) => `"${id}":`);

function allCityPrices(state: OfferState, { onlyPricedCities }: RowOptions): string {
  const everywhere = cityPrice(basePrice(state), state.oldPrice);
  if (state.cityPrices === null) return `${cityKeys.join(`${everywhere},`)}${everywhere}`;
  const own = new Set(state.cityPrices.map((one) => one.cityId));
  return cities
    .filter(({ id }) => own.has(id) || !onlyPricedCities)
    .map(({ id }) => {
      const price = own.has(id) ? cityPrice(priceIn(state, id), state.oldPrice) : everywhere;
      return `"${id}":${price}`;
    })
    .join(",");
}

function cityPrice(price: number, oldPrice: number | null): string {
  const struck = oldPrice !== null && oldPrice > price ? oldPrice : null;
  const discount = struck === null ? 0 : Math.round(((struck - price) / struck) * 100);
  return `{"price":${price},"oldPrice":${struck},"discount":${discount}}`;
}
