import type { ObservedMarket } from "@/lib/repricing/ledger/history-queries";

type MarketOffer = ObservedMarket["offers"][number];

/** A seller's offer as the page shows it. */
export type OfferLine = Pick<
  MarketOffer,
  "price" | "delivery" | "rating" | "reviews" | "preorderDays"
> & {
  key: string;
  seller: string;
  /** Of this store, of another the reader knows to be ours, or of anybody else. */
  whose: "this" | "own" | "rival";
};

type Ours = { merchantId: string; knownMerchants: ReadonlySet<string> };

export function offerLines(
  offers: readonly MarketOffer[],
  { merchantId, knownMerchants }: Ours,
): OfferLine[] {
  const whose = (id: string) =>
    id === merchantId ? "this" : knownMerchants.has(id) ? "own" : "rival";
  return offers.map((offer, index) => ({
    key: `${offer.merchantId} ${index}`,
    seller: offer.merchantName,
    whose: whose(offer.merchantId),
    price: offer.price,
    delivery: offer.delivery,
    rating: offer.rating,
    reviews: offer.reviews,
    preorderDays: offer.preorderDays,
  }));
}
