import { AppError } from "@/lib/core/errors";
import { decode } from "@/lib/excel/read-rows";
import { keptOf, MOST_ROWS } from "@/lib/excel/sheet-model";
import { readXml, type Tag } from "@/lib/excel/workbook-parts";

/** What a price list of Kaspi's says of a product at a point. */
export type ListedPoint = {
  /** `PP1`, without the seller's number before it. */
  code: string;
  isAvailable: boolean;
  /** How many are there; null: it does not say, or says no number. */
  stock: string | null;
  /** Days until it arrives; null: it is there. */
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

/**
 * Kaspi's XML: a price list, or the cabinet's export of goods on and off sale (protocol.md, D1). Throws
 * `invalid` for what is none, and for more offers than a table may have rows.
 */
export async function readPriceList(file: Uint8Array): Promise<PriceList> {
  let merchantId = "";
  let offer: ListedOffer | null = null;
  let current = "";
  const offers: ListedOffer[] = [];
  try {
    await readXml(new TextEncoder().encode(decode(file)), {
      open: (tag) => {
        current = tag.name;
        if (tag.name === "offer") {
          if (offers.length >= MOST_ROWS) throw new AppError("invalid", "sheet_rows");
          offer = { line: tag.line, sku: keptOf(tag.is("sku") ?? ""), hasPrice: false, points: [] };
          offers.push(offer);
        }
        if (tag.name === "availability") offer?.points.push(pointOf(tag));
      },
      text: (text) => {
        if (current === "merchantid") merchantId = keptOf(merchantId + text.trim());
        if (offer && (current === "price" || current === "cityprice") && Number(text) > 0)
          offer.hasPrice = true;
      },
      close: () => {
        current = "";
      },
    });
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new AppError("invalid", "price_list_unreadable", { cause });
    throw cause;
  }
  if (offers.length === 0) throw new AppError("invalid", "price_list_unreadable");
  return { merchantId: merchantId || null, offers };
}

function pointOf({ is }: Tag): ListedPoint {
  const days = Number(is("preOrder") ?? 0);
  return {
    code: keptOf(is("storeId") ?? "")
      .replace(/^\d+_/, "")
      .toUpperCase(),
    isAvailable: is("available") !== "no",
    stock: is("stockCount") ?? null,
    preorderDays: days > 0 ? days : null,
  };
}
