import { LOWEST_KASPI_PRICE, type Tenge } from "@/lib/core/money";
import type { ListOffer, ListPoint, ListPrices } from "./model";

/** What is known of goods on sale, as far as a price list says it. */
export type ListedGoods = {
  sku: string;
  name: string;
  /** The seller's name of them at Kaspi. */
  model: string | null;
  brand: string | null;
  /** What Kaspi last showed of each point; null: it named none. */
  points: readonly ShownPoint[] | null;
  /** What Kaspi last showed, ₸: prices by city, or else the one that holds everywhere. */
  cityPrices: Readonly<Record<string, Tenge>> | null;
  price: Tenge | null;
};

type ShownPoint = { id: string; available: boolean; count: number | null; leadDays: number | null };

/** A price that has passed the exit gate and that Kaspi does not show yet. */
export type UnderWay = { cityId: string; price: Tenge };

export type Listed =
  | { kind: "offer"; offer: ListOffer; isCountLost: boolean }
  | { kind: "fault"; key: "points_unknown" | "price_missing" };

/**
 * Goods as a price list names them: with the prices that Kaspi shows, or those under way to it, and at the
 * points that sell them now. Pieces are named where they are kept here, and only there; goods that Kaspi
 * counts and has none of are not sold at that point, or the file would put them back on sale.
 */
export function listedOffer(
  goods: ListedGoods,
  { underWay, kept }: { underWay: readonly UnderWay[]; kept: Readonly<Record<string, number>> },
): Listed {
  if (!goods.points?.length) return { kind: "fault", key: "points_unknown" };
  const prices = pricesOf(goods, underWay);
  if (!prices) return { kind: "fault", key: "price_missing" };
  const { sku, name, model, brand } = goods;
  const points = goods.points.map((point) => pointOf(point, kept[point.id]));
  const isCountLost = goods.points.some(
    ({ id, count }) => count !== null && kept[id] === undefined,
  );
  return {
    kind: "offer",
    offer: { sku, model: model ?? name, brand, points, prices },
    isCountLost,
  };
}

function pointOf(
  { id, available, count, leadDays }: ShownPoint,
  kept: number | undefined,
): ListPoint {
  const isSoldOut = kept === undefined ? count === 0 : false;
  return { id, available: available && !isSoldOut, leadDays, count: kept ?? null };
}

/** As a write to the cabinet changes them (protocol C1): a price under way for a city joins those of others. */
function pricesOf(
  { cityPrices, price }: ListedGoods,
  underWay: readonly UnderWay[],
): ListPrices | null {
  if (cityPrices === null) {
    const common = underWay.at(-1)?.price ?? price;
    return common !== null && common >= LOWEST_KASPI_PRICE
      ? { kind: "common", price: common }
      : null;
  }
  const byCity = new Map(Object.entries(cityPrices));
  for (const one of underWay) byCity.set(one.cityId, one.price);
  const prices = [...byCity].map(([cityId, its]) => ({ cityId, price: its }));
  const isPriced = prices.length > 0 && prices.every((one) => one.price >= LOWEST_KASPI_PRICE);
  return isPriced ? { kind: "cities", prices } : null;
}
