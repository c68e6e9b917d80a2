import { HIGHEST_PRICE, LOWEST_KASPI_PRICE, type Tenge } from "@/lib/core/money";
import { offerDoubt, offerFinding } from "./finding-rules";
import type { FindingKey, ListCityPrice, ListFinding, ListOffer, ListPoint } from "./model";

export type RawPoint = { id: string; available: string; days: string | null; count: string | null };

/** An offer as a file says it, nothing understood yet. */
export type RawOffer = {
  /** Counted from 1. */
  row: number;
  /** Where it begins in the file, from 1 as well. */
  line: number;
  sku: string;
  model: string;
  brand: string | null;
  points: RawPoint[];
  price: string | null;
  cityPrices: { cityId: string; price: string }[];
};

/** Whose file it is; what is null is not known and not asked for. */
export type ListContext = {
  merchantId: string | null;
  /** The store's points, with the merchant in front. */
  points: ReadonlySet<string> | null;
  cities: ReadonlySet<string> | null;
};

/** Kaspi's guide says 20, its cabinet makes longer ones itself (protocol K); 64 is the product import's. */
const LONGEST_SKU = 64;
const MOST_DAYS = 30;

export type JudgedOffer = {
  /** Null: something of it cannot be understood. */
  offer: ListOffer | null;
  findings: ListFinding[];
};

/**
 * What an offer of a price list says, and what is wrong with it by Kaspi's rules (protocol D1): article,
 * name, points, days until arrival 0 to 30, pieces, whole tenge from 10 ₸, one price or prices by city.
 * That articles are unique is for whoever has all of them.
 */
export function judgeOffer(raw: RawOffer, context: ListContext): JudgedOffer {
  const findings: ListFinding[] = [];
  const fault: Fault = (key, value) => {
    findings.push(offerFinding(raw, key, value));
    return null;
  };
  judgeNames(raw, fault);
  if (raw.sku.length > 0 && !/^[\p{L}\p{N}_().\-/ ]+$/u.test(raw.sku))
    findings.push(offerDoubt(raw, "sku_unusual", raw.sku));
  const points = pointsOf(raw, context, fault);
  const prices = pricesOf(raw, fault);
  const unknown = raw.cityPrices.filter(({ cityId }) => context.cities?.has(cityId) === false);
  findings.push(...unknown.map(({ cityId }) => offerDoubt(raw, "city_unknown", cityId)));
  if (points?.every(({ available }) => !available))
    findings.push(offerDoubt(raw, "nowhere_available"));
  if (findings.some(({ severity }) => severity === "error") || !points || !prices)
    return { offer: null, findings };
  const { sku, model, brand } = raw;
  return { offer: { sku, model, brand, points, prices }, findings };
}

type Fault = (key: FindingKey, value?: string) => null;

function judgeNames({ sku, model }: RawOffer, fault: Fault): void {
  if (sku.trim() === "") fault("sku_missing");
  if (sku.length > LONGEST_SKU) fault("sku_too_long", sku);
  if (model.trim() === "") fault("model_missing");
}

function pointsOf(raw: RawOffer, context: ListContext, fault: Fault): ListPoint[] | null {
  if (raw.points.length === 0) return fault("points_missing");
  const points: ListPoint[] = [];
  for (const one of raw.points) {
    const id = pointId(one.id.trim(), context.merchantId);
    if (id === "") return fault("point_unnamed");
    if (context.points?.has(id) === false) return fault("point_foreign", one.id);
    if (points.some((other) => other.id === id)) return fault("point_twice", one.id);
    const point = pointOf(id, one, fault);
    if (!point) return null;
    points.push(point);
  }
  return points;
}

function pointOf(id: string, { available, days, count }: RawPoint, fault: Fault): ListPoint | null {
  if (available !== "yes" && available !== "no") return fault("availability_unclear", available);
  const leadDays = days === null ? 0 : wholeNumber(days);
  if (!(leadDays <= MOST_DAYS)) return fault("days_out_of_range", days ?? "");
  const pieces = count === null ? null : wholeNumber(count);
  if (Number.isNaN(pieces)) return fault("count_unclear", count ?? "");
  return { id, available: available === "yes", leadDays: leadDays || null, count: pieces };
}

/** A file may name its points with or without the merchant in front; we always do. */
const pointId = (id: string, merchantId: string | null) =>
  merchantId === null || id === "" || id.startsWith(`${merchantId}_`) ? id : `${merchantId}_${id}`;

/** Not a number for what is none; Kaspi's own exports write `2.0`. */
const wholeNumber = (text: string) =>
  /^\d{1,9}(\.0{1,3})?$/.test(text.trim()) ? Math.trunc(Number(text)) : Number.NaN;

function pricesOf(raw: RawOffer, fault: Fault): ListOffer["prices"] | null {
  if (raw.price !== null && raw.cityPrices.length > 0) return fault("price_twice");
  if (raw.price !== null) {
    const price = priceOf(raw.price, fault);
    return price === null ? null : { kind: "common", price };
  }
  if (raw.cityPrices.length === 0) return fault("price_missing");
  const prices: ListCityPrice[] = [];
  for (const { cityId, price: text } of raw.cityPrices) {
    if (prices.some((other) => other.cityId === cityId)) return fault("city_twice", cityId);
    const price = priceOf(text, fault);
    if (price === null) return null;
    prices.push({ cityId, price });
  }
  return { kind: "cities", prices };
}

/** Whole tenge without spaces and tiyn: a price that is read otherwise is somebody's money. */
function priceOf(text: string, fault: Fault): Tenge | null {
  if (!/^\d{1,9}$/.test(text) || Number(text) > HIGHEST_PRICE) return fault("price_unclear", text);
  return Number(text) < LOWEST_KASPI_PRICE ? fault("price_too_low", text) : (Number(text) as Tenge);
}
