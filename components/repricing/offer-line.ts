import type { ObservedMarket } from "@/lib/repricing/ledger/history-queries";

type MarketOffer = ObservedMarket["offers"][number];

/** A seller's offer as the page shows it. */
export type OfferLine = Pick<
  MarketOffer,
  "price" | "delivery" | "rating" | "reviews" | "preorderDays"
> & {
  key: string;
  seller: string;
  /** Of this store, of another of our stores, or of a rival. */
  whose: "this" | "own" | "rival";
};

type Ours = { merchantId: string; ownMerchants: ReadonlySet<string> };

export function offerLines(
  offers: readonly MarketOffer[],
  { merchantId, ownMerchants }: Ours,
): OfferLine[] {
  const whose = (id: string) =>
    id === merchantId ? "this" : ownMerchants.has(id) ? "own" : "rival";
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
