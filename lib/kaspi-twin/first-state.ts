import type { Card } from "@/lib/kaspi-twin/catalogue";
import { shelfPrice } from "@/lib/kaspi-twin/catalogue";
import type { Merchant, Point } from "@/lib/kaspi-twin/merchants";
import type { CityPrice, OfferState, PointStock } from "@/lib/kaspi-twin/offer-state";
import { between, pick, roll } from "@/lib/kaspi-twin/seeded";

/** The sorts of offers a shop has. Their turn comes round every 20 offers, in a shuffled order. */
const sorts = [
  ...Array.from({ length: 9 }, () => "plain" as const),
  "struck_price",
  "city_prices",
  "city_prices",
  "city_prices_differ",
  "stock_counted",
  "stock_counted_city_prices",
  "preorder",
  "one_point_sold_out",
  "manual",
  "integrator_brand",
  "removed",
] as const;

type Sort = (typeof sorts)[number];

function sortOf(index: number): Sort {
  return sorts[(index * 7 + 3) % sorts.length] ?? "plain";
}

export function startsOnSale(index: number): boolean {
  return sortOf(index) !== "removed";
}

const OPENING = Date.parse("2026-05-01T05:00:00Z");

/** How an offer stands before anybody touches it. */
export function firstState(
  seed: string,
  merchant: Merchant,
  index: number,
  card: Card,
): OfferState {
  const sort = sortOf(index);
  const words = [seed, "first", merchant.uid, index] as const;
  const price = shelfPrice(card.usualPrice * (0.97 + roll(...words) * 0.13));
  const updatedAt = OPENING + between(0, 5_000_000, ...words) * 1_000;
  const state: OfferState = {
    price,
    cityPrices: null,
    oldPrice: sort === "struck_price" ? shelfPrice(price * 1.4) : null,
    model: sellersName(card, words),
    brand: sort === "integrator_brand" ? "Fixcom" : card.brand,
    points: merchant.points.filter((point) => point.active).map(plenty),
    onSale: true,
    archivedAt: null,
    updatedAt,
    errorCode: null,
    updates: [],
  };
  return shaped(state, sort, merchant, words);
}

function shaped(
  state: OfferState,
  sort: Sort,
  merchant: Merchant,
  words: readonly [string, string, string, number],
): OfferState {
  const points = state.points ?? [];
  const price = state.price ?? 0;
  const count = between(2, 40, ...words, "stock");
  switch (sort) {
    case "city_prices":
      return { ...state, price: null, cityPrices: cityPrices(merchant, () => price) };
    case "city_prices_differ":
      return {
        ...state,
        cityPrices: cityPrices(merchant, (nth) => price + nth * shelfPrice(price * 0.03)),
      };
    case "stock_counted":
      return {
        ...state,
        points: points.map((one) => ({ ...one, stockCount: count, preOrder: 0 })),
      };
    case "stock_counted_city_prices":
      return {
        ...state,
        price: null,
        cityPrices: cityPrices(merchant, () => price),
        points: points.map((one) => ({ ...one, stockCount: count, preOrder: 0 })),
      };
    case "preorder": {
      const days = pick([3, 5, 7, 11, 14, 30], ...words, "days");
      return { ...state, points: points.map((one) => ({ ...one, preOrder: days })) };
    }
    case "one_point_sold_out":
      return {
        ...state,
        points: points.map((one, nth) => ({
          ...one,
          available: nth < points.length - 1 || nth === 0,
        })),
      };
    case "manual":
      return { ...state, model: null, brand: null };
    case "removed":
      return removed({ ...state, model: null, brand: null }, state.updatedAt);
    default:
      return state;
  }
}

function plenty(point: Point): PointStock {
  return { pointId: point.id, available: true, stockCount: null, preOrder: null };
}

function cityPrices(merchant: Merchant, price: (nth: number) => number): CityPrice[] {
  const cityIds = new Set(merchant.points.map((point) => point.cityId));
  return [...cityIds].map((cityId, nth) => ({ cityId, value: price(nth) }));
}

/** Kaspi's own removal: the row stays in the list, most of it turns null. */
export function removed(state: OfferState, at: number): OfferState {
  return {
    ...state,
    points: null,
    onSale: false,
    archivedAt: at,
    updatedAt: at,
    errorCode: "NO_AVAILABILITIES",
  };
}

function sellersName(card: Card, words: readonly [string, string, string, number]): string {
  return roll(...words, "name") < 0.7 ? card.title : `${card.title} [${card.kind.category}]`;
}
