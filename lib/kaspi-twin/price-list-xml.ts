import { SaxesParser } from "saxes";
import { isCity } from "@/lib/kaspi-twin/cities";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import type { CityPrice, PointStock } from "@/lib/kaspi-twin/offer-state";

/** An offer of an uploaded or fetched price list, as Kaspi takes it. */
export type FileOffer = {
  sku: string;
  model: string;
  brand: string | null;
  points: PointStock[];
  price: number | null;
  cityPrices: CityPrice[] | null;
};

/** Refused: the whole file, with a word that nobody has recorded. */
export type FileContent = { offers: FileOffer[] } | { refused: string };

/** What may stand in what, in this order (protocol D1). */
const order: Record<string, string> = {
  "/": "kaspi_catalog",
  kaspi_catalog: "company merchantid offers",
  offers: "offer*",
  offer: "model brand availabilities price cityprices",
  availabilities: "availability*",
  cityprices: "cityprice*",
};

type Element = { name: string; attributes: Record<string, string>; text: string; last: number };

/** Reads a price list as strictly as Kaspi: an element out of its order, and nothing of the file counts. */
export function readFile(xml: string, merchant: Merchant): FileContent {
  const offers: FileOffer[] = [];
  const open: Element[] = [{ name: "/", attributes: {}, text: "", last: -1 }];
  let offer: FileOffer | null = null;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const parent = open.at(-1);
    const places = (order[parent?.name ?? ""] ?? "").split(" ");
    const place = places.findIndex((one) => one.replace("*", "") === name);
    const again = places[place]?.endsWith("*") === true;
    if (!parent || place < 0 || place < parent.last || (place === parent.last && !again))
      throw new Error(`<${name}> in <${parent?.name}>`);
    parent.last = place;
    open.push({ name, attributes, text: "", last: -1 });
    if (name === "kaspi_catalog" && attributes.xmlns !== "kaspiShopping")
      throw new Error("namespace");
    if (name === "offer")
      offer = {
        sku: attributes.sku ?? "",
        ...{ model: "", brand: null, points: [], price: null, cityPrices: null },
      };
    if (name === "availability") offer?.points.push(pointOf(attributes, merchant));
  });
  parser.on("text", (text) => {
    const inner = open.at(-1);
    if (inner) inner.text += text;
  });
  parser.on("closetag", ({ name }) => {
    const closed = open.pop();
    if (!closed || !offer) return;
    if (name === "offer") {
      offers.push(checked(offer));
      offer = null;
    } else take(offer, closed);
  });
  try {
    parser.write(xml).close();
    const articles = new Set(offers.map(({ sku }) => sku));
    if (offers.length === 0 || articles.size < offers.length) return { refused: "offers" };
    return { offers };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

function take(offer: FileOffer, { name, text, attributes }: Element): void {
  if (name === "model") offer.model = text;
  if (name === "brand") offer.brand = text;
  if (name === "price") offer.price = money(text);
  if (name !== "cityprice") return;
  const cityId = attributes.cityId ?? "";
  if (!isCity(cityId)) throw new Error(`city ${cityId}`);
  offer.cityPrices = [...(offer.cityPrices ?? []), { cityId, value: money(text) }];
}

function checked(offer: FileOffer): FileOffer {
  const prices = [offer.price, offer.cityPrices].filter((one) => one !== null).length;
  if (offer.sku === "" || offer.points.length === 0 || prices !== 1)
    throw new Error(`offer ${offer.sku}`);
  return offer;
}

function money(text: string): number {
  const price = Number(text);
  if (!/^\d+$/.test(text.trim()) || price < 10) throw new Error(`price ${text}`);
  return price;
}

function pointOf(attributes: Record<string, string>, { uid }: Merchant): PointStock {
  const { available, storeId = "", preOrder, stockCount } = attributes;
  const days = preOrder === undefined ? null : Number(preOrder);
  const count = stockCount === undefined ? null : Number(stockCount);
  if ((available !== "yes" && available !== "no") || storeId === "")
    throw new Error("availability");
  if (days !== null && !(Number.isInteger(days) && days >= 0 && days <= 30))
    throw new Error("days");
  if (count !== null && !(Number.isInteger(count) && count >= 0)) throw new Error("stock");
  return {
    pointId: storeId.startsWith(`${uid}_`) ? storeId : `${uid}_${storeId}`,
    available: available === "yes",
    stockCount: count,
    preOrder: days ?? (count === null ? null : 0),
  };
}
