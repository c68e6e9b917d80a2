import type { Tenge } from "@/lib/core/money";
import { type KaspiHosts, realHosts } from "@/lib/kaspi/hosts";
import { type OwnOfferWire, ownOfferWire, priceShownIn } from "@/lib/kaspi/own-offer-wire";

/** What a pickup point has of an offer. */
export type Availability = {
  /** With the merchant in front: `30067228_PP1`. */
  pointId: string;
  available: boolean;
  stockManaged: boolean;
  /** Pieces left, as far as Kaspi says. */
  stockCount: number | null;
  /** Days until the goods reach the point; 0 or null when they are there. */
  preorderDays: number | null;
};

export type CityPrice = { cityId: string; price: Tenge };

/** One of our offers as the cabinet lists it. */
export type OwnOffer = {
  /** The seller's article; prices are written to it. */
  sku: string;
  /** The public card; the market is read by it. */
  cardId: string | null;
  offerId: string | null;
  title: string;
  /** The seller's name of the goods; a price write must repeat it exactly. */
  model: string | null;
  brand: string | null;
  category: string | null;
  imageUrl: string | null;
  /** The card's page, below `https://kaspi.kz/shop`. */
  shopPath: string | null;
  onSale: boolean;
  /** A change is on its way; the row still shows the old values. */
  pending: boolean;
  price: Tenge | null;
  minPrice: Tenge | null;
  /** The prices the seller set by city; null when one price holds everywhere. */
  cityPrices: CityPrice[] | null;
  /** The price in a city: set for it, else shown there, else the common one, else the lowest. */
  cityPrice(cityId: string): Tenge | null;
  /** Null when Kaspi names none: which points sell it is not known. */
  availabilities: Availability[] | null;
  /** Pieces left over all points with managed stock; null when none manages it. */
  stock: number | null;
};

/** A list row in our words (protocol B1); null when something prices depend on cannot be read. */
export function readOwnOffer(value: unknown, hosts: KaspiHosts): OwnOffer | null {
  const { data: row } = ownOfferWire.safeParse(value);
  if (!row) return null;
  const cityPrices = cityPricesOf(row);
  const availabilities = availabilitiesOf(row);
  return {
    sku: row.sku,
    cardId: row.masterSku ?? null,
    offerId: row.offerId ?? null,
    title: row.title ?? row.masterTitle ?? row.sku,
    model: row.model?.trim() ? row.model : null,
    brand: row.brandName ?? row.brand,
    category: row.masterCategory,
    imageUrl: imageUrlOf(row, hosts.images),
    shopPath: row.shopLink,
    onSale: row.available,
    pending: row.operationType === "IN_PROGRESS" || row.processed === false,
    price: row.price,
    minPrice: row.minPrice,
    cityPrices,
    cityPrice: (cityId) =>
      cityPrices?.find((city) => city.cityId === cityId)?.price ??
      priceShownIn(row.allCityPrices, cityId) ??
      row.price ??
      row.minPrice,
    availabilities,
    stock: stockOf(availabilities),
  };
}

function cityPricesOf(row: OwnOfferWire): CityPrice[] | null {
  const prices = (row.cityPrices ?? []).flatMap(({ cityId, value }) =>
    value === null ? [] : [{ cityId, price: value }],
  );
  return prices.length > 0 ? prices : null;
}

/** The count in `stocks` is what really remains; the one in the row may be of the last upload. */
function availabilitiesOf(row: OwnOfferWire): Availability[] | null {
  const remaining = new Map(
    (row.stocks ?? []).flatMap(({ stockLevel }) => Object.entries(stockLevel ?? {})),
  );
  if (!row.availabilities?.length) return null;
  return row.availabilities.map((point) => ({
    pointId: point.storeId,
    available: point.available === "yes",
    stockManaged: point.stockSpecified === true,
    stockCount: remaining.get(point.storeId)?.value ?? point.stockCount ?? null,
    preorderDays: point.preOrder ?? null,
  }));
}

function stockOf(availabilities: Availability[] | null): number | null {
  const managed = (availabilities ?? []).filter((point) => point.stockManaged);
  if (managed.length === 0) return null;
  // Goods sold by weight are counted in fractions.
  return Math.floor(managed.reduce((sum, point) => sum + (point.stockCount ?? 0), 0));
}

function imageUrlOf(row: OwnOfferWire, base: string): string | null {
  const path = row.images?.[0];
  if (path) return `${base}/img/m/p/${path.replace(/^\/+/, "")}?format=gallery-medium`;
  const url = row.imagesV2?.[0]?.medium;
  if (url?.startsWith(`${base}/`)) return url;
  return url?.startsWith(`${realHosts.images}/`) ? base + url.slice(realHosts.images.length) : null;
}
