import { AppError } from "@/lib/core/errors";
import { decode } from "@/lib/excel/read-rows";
import { keptOf } from "@/lib/excel/sheet-model";
import type { RawOffer, RawPoint } from "@/lib/price-list/offer-rules";
import { readPriceListXml } from "@/lib/price-list/read-xml";
import { daysOf } from "./days-rules";

/** What a price list of Kaspi's says of a product at a point. */
export type ListedPoint = {
  /** `PP1`, or `30067228_PP1` as the file has it: the number before it may be another seller's. */
  code: string;
  isAvailable: boolean;
  /** How many are there; null: it does not say, or says no number. */
  stock: string | null;
  /** Days until it arrives; null: it is there; not a number: the file says so of no days we understand. */
  preorderDays: number | null;
};

/** A product of a price list. */
export type ListedOffer = {
  line: number;
  sku: string;
  /** Some price is named, for all cities or for one. */
  hasPrice: boolean;
  points: ListedPoint[];
};

export type PriceList = { merchantId: string | null; offers: ListedOffer[] };

/** Of a file that is only looked into: an element out of its place says nothing against the others. */
const unreadable: ReadonlySet<string> = new Set([
  "not_xml",
  "wrong_root",
  "no_offers",
  "too_large",
]);

/**
 * Kaspi's XML: a price list, or the cabinet's export of goods on and off sale (protocol.md, D1). Throws
 * `invalid` for what is none, and for more offers than a table may have rows.
 */
export async function readPriceList(file: Uint8Array): Promise<PriceList> {
  const offers: ListedOffer[] = [];
  const { head, faults } = await readPriceListXml(
    new TextEncoder().encode(decode(file)),
    (raw) => void offers.push(offerOf(raw)),
  );
  if (faults.some(({ key }) => key === "too_many_offers"))
    throw new AppError("invalid", "sheet_rows");
  if (faults.some(({ key }) => unreadable.has(key)))
    throw new AppError("invalid", "price_list_unreadable");
  return { merchantId: head.merchantId || null, offers };
}

function offerOf({ line, sku, price, cityPrices, points }: RawOffer): ListedOffer {
  const prices = [price ?? "", ...cityPrices.map((city) => city.price)];
  return {
    ...{ line, sku: keptOf(sku), points: points.map(pointOf) },
    hasPrice: prices.some((one) => Number(one) > 0),
  };
}

function pointOf({ id, available, days, count }: RawPoint): ListedPoint {
  return {
    code: keptOf(id.trim()).toUpperCase(),
    isAvailable: available !== "no",
    stock: count,
    preorderDays: daysOf(days ?? ""),
  };
}
