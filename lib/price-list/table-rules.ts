import type { TemplateRow } from "@/lib/excel/kaspi-template-model";
import { outsideTable, pointOfTable, shortPoint, TABLE_POINTS } from "@/lib/preorders/points-model";
import type { ListOffer } from "./model";

export type TableProblem =
  | { key: "table_points"; params: { points: string } }
  | { key: "table_cities" | "table_days"; params: { articles: string } };

const MOST_NAMED = 5;

/**
 * What Kaspi's own table of goods has no place for (protocol D2): points beside PP1 to PP5, several prices of
 * one product, and different days at its points. Null: everything has its place.
 */
export function tableProblem(
  offers: readonly ListOffer[],
  merchantId: string,
): TableProblem | null {
  const ids = new Set(offers.flatMap(({ points }) => points.map(({ id }) => id)));
  const points = outsideTable([...ids], merchantId).map((id) => shortPoint(id, merchantId));
  if (points.length > 0)
    return { key: "table_points", params: { points: points.sort().join(", ") } };
  const named = (some: readonly ListOffer[]) => ({
    articles: some
      .slice(0, MOST_NAMED)
      .map(({ sku }) => sku)
      .join(", "),
  });
  const priced = offers.filter(({ prices }) => priceOf(prices) === null);
  if (priced.length > 0) return { key: "table_cities", params: named(priced) };
  const late = offers.filter((offer) => new Set(daysOf(offer)).size > 1);
  return late.length > 0 ? { key: "table_days", params: named(late) } : null;
}

/** The one price; null where cities have different ones. */
function priceOf(prices: ListOffer["prices"]): number | null {
  if (prices.kind === "common") return prices.price;
  const [first, ...others] = prices.prices.map(({ price }) => price);
  return first !== undefined && others.every((price) => price === first) ? first : null;
}

const daysOf = ({ points }: ListOffer) =>
  points.filter(({ available }) => available).map(({ leadDays }) => leadDays ?? 0);

/** A line of the table: a quantity where it is kept here, else yes or no. Call it where there is no problem. */
export function tableRow(offer: ListOffer, merchantId: string): TemplateRow {
  const { sku, model, brand, points, prices } = offer;
  const byId = new Map(points.map((point) => [point.id, point]));
  const cells = Array.from({ length: TABLE_POINTS }, (_, nth) => {
    const point = byId.get(pointOfTable(nth + 1, merchantId));
    if (!point) return 0;
    return point.available ? (point.count ?? "yes") : "no";
  });
  const [days = 0] = daysOf(offer);
  return {
    ...{ sku, model, brand, price: priceOf(prices) ?? Number.NaN, points: cells },
    preorder: days > 0 ? days : null,
  };
}
