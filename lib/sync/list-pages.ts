import { askCabinet } from "@/lib/accounts/ask-cabinet";
import type { KaspiAccess } from "@/lib/exits/access";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { listOwnOffers } from "@/lib/kaspi/own-offers";
import { pricesByCity } from "@/lib/products/city-prices";
import { shownPoints } from "@/lib/products/shown-points";
import type { SyncedProduct } from "@/lib/products/sync-queries";
import { type Cursor, type Met, PAGE_SIZE, type Place, placesFrom } from "./cursor";

/** The page at hand is decoded and stored while Kaspi prepares this many. */
const AHEAD = 2;

export type ListSource = { storeId: string; accountId: string; merchantId: string; cityId: string };
export type ListPage = Met & { products: SyncedProduct[] };

/**
 * Reads the list in order, asking for pages before they are wanted; the pace stays that of the
 * login's slots. What is read ahead is kept in our words, a hundredth of what Kaspi sends.
 */
export function pagesAhead(access: KaspiAccess, source: ListSource, signal?: AbortSignal) {
  const asked = new Map<string, Promise<ListPage>>();
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const ask = (place: Place) => {
    const page = readPage(access, source, place, either);
    // A page nobody comes to take must not end the process when it fails.
    page.catch(() => {});
    return page;
  };
  return {
    /** Asks for the page at the cursor and for those after it, `most` in all. */
    want(cursor: Cursor, most: number): void {
      for (const place of placesFrom(cursor, Math.min(most, AHEAD)))
        if (!asked.has(nameOf(place))) asked.set(nameOf(place), ask(place));
    },
    /** The page at the cursor. Throws what `askCabinet` throws. */
    take(place: Place): Promise<ListPage> {
      const name = nameOf(place);
      const page = asked.get(name) ?? ask(place);
      asked.delete(name);
      return page;
    },
    /** Gives up what was asked for and not taken. */
    close: () => over.abort(),
  };
}

const nameOf = ({ phase, page }: Place) => `${phase} ${page}`;

async function readPage(
  access: KaspiAccess,
  { storeId, accountId, merchantId, cityId }: ListSource,
  { phase, page }: Place,
  signal: AbortSignal,
): Promise<ListPage> {
  const query = {
    merchantUid: merchantId,
    page,
    pageSize: PAGE_SIZE,
    onSale: phase === "on_sale",
  };
  const { offers, unreadable, total } = await askCabinet(
    access,
    { accountId, channel: { name: "list", of: storeId } },
    (cabinet) => listOwnOffers(cabinet, query),
    signal,
  );
  const products = onePerSku(offers.map((offer) => toProduct(offer, cityId)));
  return { products, rows: offers.length + unreadable, unreadable, total };
}

/** Postgres refuses to write one row twice in one statement; a faulty page may repeat a sku. */
function onePerSku(rows: SyncedProduct[]): SyncedProduct[] {
  return [...new Map(rows.map((row) => [row.sku, row])).values()];
}

function toProduct(offer: OwnOffer, cityId: string): SyncedProduct {
  return {
    sku: offer.sku,
    cardId: offer.cardId,
    offerId: offer.offerId,
    name: offer.title,
    brand: offer.brand,
    category: offer.category,
    model: offer.model,
    points: shownPoints(offer),
    imageUrl: offer.imageUrl,
    shopPath: offer.shopPath,
    price: offer.cityPrice(cityId),
    cityPrices: pricesByCity(offer),
    stock: offer.stock,
    onSale: offer.onSale,
  };
}
