import type { Tenge } from "@/lib/core/money";

/** What a price list says of a pickup point. */
export type ListPoint = {
  /** With the merchant in front: `30067228_PP1`. */
  id: string;
  available: boolean;
  /** Days until the goods reach the point; null when they are there. */
  leadDays: number | null;
  /** Pieces; null: not counted. */
  count: number | null;
};

export type ListCityPrice = { cityId: string; price: Tenge };

/** One price for every city, or the prices of some: Kaspi takes no file with both (protocol D1). */
export type ListPrices =
  | { kind: "common"; price: Tenge }
  | { kind: "cities"; prices: readonly ListCityPrice[] };

/** An offer of a price list. */
export type ListOffer = {
  sku: string;
  model: string;
  brand: string | null;
  points: readonly ListPoint[];
  prices: ListPrices;
};

/** What stands above the offers. */
export type ListHead = {
  /** The shop's name and its number at Kaspi. */
  company: string;
  merchantId: string;
  /** By the clock of the workspace, as Kaspi's own exports write it: `2026-09-15 21:11`. */
  date: string;
};

/** What is wrong with a whole file: Kaspi takes none of it. */
export const fileFaults = [
  "not_xml",
  "wrong_root",
  "wrong_namespace",
  "misplaced",
  "missing_company",
  "missing_merchant",
  "other_merchant",
  "no_offers",
  "too_large",
  "too_many_offers",
] as const;

/** What is wrong with an offer: it would be refused, or not be what was meant. */
export const offerFaults = [
  "sku_missing",
  "sku_too_long",
  "sku_twice",
  "model_missing",
  "points_missing",
  "points_unknown",
  "point_unnamed",
  "point_foreign",
  "point_twice",
  "availability_unclear",
  "days_out_of_range",
  "count_unclear",
  "price_missing",
  "price_twice",
  "price_unclear",
  "price_too_low",
  "city_twice",
  "other_price",
  "left_out",
] as const;

/** What Kaspi takes, and a person ought to know. */
export const offerDoubts = [
  "sku_unusual",
  "city_unknown",
  "nowhere_available",
  "count_not_kept",
  "count_differs",
] as const;

export type FindingKey =
  | (typeof fileFaults)[number]
  | (typeof offerFaults)[number]
  | (typeof offerDoubts)[number];

/** One thing that is wrong, and where. Texts: `priceList.findings.<key>`. */
export type ListFinding = {
  key: FindingKey;
  severity: "error" | "warning";
  /** The offer, counted from 1; null: the file. */
  row: number | null;
  sku: string | null;
  /** What stands there, shortened: a price, a point, an element. */
  value: string | null;
};

/** So many are kept and shown; all are counted. */
export const MOST_FINDINGS = 200;

/** The login that goes with a password of the feed. */
export const FEED_LOGIN = "kaspi";
