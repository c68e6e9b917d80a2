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

/** What is kept here of a point, and whether Kaspi was told of it and has shown since what became of it. */
export type Kept = { count: number; isTold: boolean };

/** What is kept here, as far as it is not news to Kaspi. `told`: when Kaspi was last told all of it. */
export const keptNow = (
  stocks: Readonly<Record<string, { count: number; setAt: string }>>,
  told: Date | null,
): Readonly<Record<string, Kept>> =>
  Object.fromEntries(
    Object.entries(stocks).map(([id, { count, setAt }]) => [
      id,
      { count, isTold: told !== null && new Date(setAt) < told },
    ]),
  );

/** A price that has passed the exit gate and that Kaspi does not show yet. */
export type UnderWay = { cityId: string; price: Tenge };

export type Listed =
  | {
      kind: "offer";
      offer: ListOffer;
      /** Kaspi counts it and it is not kept here: no pieces are named. */
      isCountLost: boolean;
      /** Less is left at Kaspi than it was told: «5 / 2». The file says what is left. */
      excess: string | null;
    }
  | { kind: "fault"; key: "points_unknown" | "price_missing" };

/**
 * Goods as a price list names them: with the prices that Kaspi shows, or those under way to it, and at the
 * points that sell them now. Pieces are named where they are kept here, and only there; goods that Kaspi
 * counts and has none of are not sold at that point, or the file would put them back on sale; nor is more
 * sold than is left of what Kaspi was told.
 */
export function listedOffer(
  goods: ListedGoods,
  { underWay, kept }: { underWay: readonly UnderWay[]; kept: Readonly<Record<string, Kept>> },
): Listed {
  if (!goods.points?.length) return { kind: "fault", key: "points_unknown" };
  const prices = pricesOf(goods, underWay);
  if (!prices) return { kind: "fault", key: "price_missing" };
  const { sku, name, model, brand } = goods;
  const points = goods.points.map((point) => pointOf(point, kept[point.id]));
  const isCountLost = goods.points.some(({ id, count }) => count !== null && !kept[id]);
  const sold = goods.points.find((point) => isSold(point, kept[point.id]));
  const excess = sold ? `${kept[sold.id]?.count} / ${sold.count}` : null;
  const offer = { sku, model: model ?? name, brand, points, prices };
  return { kind: "offer", offer, isCountLost, excess };
}

/** Kaspi was told our count and has less by now: somebody has bought, and nobody has counted here since. */
const isSold = ({ count }: ShownPoint, kept: Kept | undefined): boolean =>
  kept?.isTold === true && count !== null && count < kept.count;

function pointOf(point: ShownPoint, kept: Kept | undefined): ListPoint {
  const { id, available, count, leadDays } = point;
  const pieces = isSold(point, kept) ? Math.floor(count ?? 0) : (kept?.count ?? null);
  return { id, available: available && (pieces ?? count) !== 0, leadDays, count: pieces };
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
