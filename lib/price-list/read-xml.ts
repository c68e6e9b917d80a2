import { isAppError } from "@/lib/core/errors";
import { readXml, type Tag } from "@/lib/excel/workbook-parts";
import { fileFinding } from "./finding-rules";
import type { ListFinding } from "./model";
import type { RawOffer } from "./offer-rules";

/** Of a file unpacked; 50,000 offers with five cities and two points are a third of it. */
export const MOST_XML_BYTES = 100_000_000;
export const MOST_OFFERS = 200_000;

/** What stands above the offers, as it was written. */
export type RawHead = { company: string; merchantId: string; date: string };

/** Which elements an element may hold, in their order; those with `many` may come again. */
const grammar: Record<string, readonly string[]> = {
  "": ["kaspi_catalog"],
  kaspi_catalog: ["company", "merchantid", "offers"],
  offers: ["offer"],
  offer: ["model", "brand", "availabilities", "price", "cityprices"],
  availabilities: ["availability"],
  cityprices: ["cityprice"],
};
const many = new Set(["offer", "availability", "cityprice"]);
const texts = new Set(["company", "merchantid", "model", "brand", "price", "cityprice"]);
const LONGEST_TEXT = 4_000;

const emptyOffer = (place: Pick<RawOffer, "row" | "line" | "sku">): RawOffer => ({
  ...{ ...place, model: "", brand: null, price: null },
  points: [],
  cityPrices: [],
});

/**
 * Reads a price list in Kaspi's XML (protocol D1) and hands over each offer as it is written, in turn.
 * Returns what stands above them and what is wrong with the file as a whole: an element out of its place is,
 * since Kaspi then takes nothing of it. A document type or an entity of its own makes it no XML of ours.
 */
export async function readPriceListXml(
  xml: Uint8Array,
  onOffer: (offer: RawOffer) => void,
): Promise<{ head: RawHead; faults: ListFinding[] }> {
  const reading = new Reading(onOffer);
  if (xml.byteLength > MOST_XML_BYTES) return reading.end("too_large");
  try {
    await readXml(xml, reading);
  } catch (error) {
    if (!(error instanceof RangeError) && !isAppError(error)) throw error;
    return reading.end(reading.isFull ? "too_many_offers" : "not_xml");
  }
  return reading.end(null);
}

class Reading {
  readonly head: RawHead = { company: "", merchantId: "", date: "" };
  readonly faults: ListFinding[] = [];
  isFull = false;
  readonly #onOffer: (offer: RawOffer) => void;
  /** The open elements, the innermost last, each with the place of its last child in the grammar. */
  readonly #open: { name: string; at: number }[] = [{ name: "", at: -1 }];
  #row = 0;
  #offer: RawOffer | null = null;
  #cityId = "";
  #text = "";

  constructor(onOffer: (offer: RawOffer) => void) {
    this.#onOffer = onOffer;
  }

  open = (tag: Tag): void => {
    const parent = this.#open.at(-1);
    const places = grammar[parent?.name ?? ""] ?? [];
    const place = places.indexOf(tag.name);
    const isRoot = this.#open.length === 1;
    if (isRoot) this.#openRoot(tag, place);
    else if (!isInPlace(parent, tag.name, place)) this.#misplaced(tag.name);
    if (parent) parent.at = Math.max(parent.at, place);
    this.#open.push({ name: tag.name, at: -1 });
    this.#text = "";
    this.#openOf(tag, parent?.name ?? "");
  };

  text = (text: string): void => {
    if (this.#text.length < LONGEST_TEXT) this.#text += text;
  };

  close = (name: string): void => {
    this.#open.pop();
    if (name === "offer") this.#closeOffer();
    else if (texts.has(name)) this.#textOf(name, this.#open.at(-1)?.name ?? "");
    this.#text = "";
  };

  end(fault: "not_xml" | "too_large" | "too_many_offers" | null) {
    const { head, faults } = this;
    if (fault) faults.unshift(fileFinding(fault));
    else if (this.#row === 0) faults.push(fileFinding("no_offers"));
    if (!fault && head.company === "") faults.push(fileFinding("missing_company"));
    if (!fault && head.merchantId === "") faults.push(fileFinding("missing_merchant"));
    return { head, faults };
  }

  #openRoot(tag: Tag, place: number): void {
    if (place === -1) this.faults.push(fileFinding("wrong_root", tag.name));
    else if (tag.is("xmlns") !== "kaspiShopping")
      this.faults.push(fileFinding("wrong_namespace", tag.is("xmlns") ?? ""));
    this.head.date = tag.is("date") ?? "";
  }

  #openOf({ name, is, line }: Tag, parent: string): void {
    if (name === "offer" && parent === "offers") {
      this.#row += 1;
      this.isFull = this.#row > MOST_OFFERS;
      if (this.isFull) throw new RangeError("too many offers");
      this.#offer = emptyOffer({ row: this.#row, line, sku: is("sku") ?? "" });
    }
    if (name === "availability" && parent === "availabilities")
      this.#offer?.points.push({
        id: is("storeId") ?? "",
        available: is("available") ?? "",
        days: is("preOrder") ?? null,
        count: is("stockCount") ?? null,
      });
    if (name === "cityprice") this.#cityId = is("cityId") ?? "";
  }

  #textOf(name: string, parent: string): void {
    const text = this.#text;
    if (parent === "kaspi_catalog" && name === "company") this.head.company = text.trim();
    if (parent === "kaspi_catalog" && name === "merchantid") this.head.merchantId = text.trim();
    const offer = this.#offer;
    if (!offer) return;
    if (name === "model") offer.model = text;
    if (name === "brand") offer.brand = text;
    if (name === "price") offer.price = text.trim();
    if (name === "cityprice") offer.cityPrices.push({ cityId: this.#cityId, price: text.trim() });
  }

  #closeOffer(): void {
    if (this.#offer) this.#onOffer(this.#offer);
    this.#offer = null;
  }

  /** One finding an offer: the first says enough. */
  #misplaced(name: string): void {
    const row = this.#offer?.row ?? null;
    const isSaid = this.faults.some((fault) => fault.key === "misplaced" && fault.row === row);
    if (isSaid) return;
    this.faults.push({ ...fileFinding("misplaced", name), row, sku: this.#offer?.sku ?? null });
  }
}

function isInPlace(parent: { at: number } | undefined, name: string, place: number): boolean {
  if (!parent || place === -1) return false;
  return place > parent.at || (place === parent.at && many.has(name));
}
