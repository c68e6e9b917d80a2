import type { Card } from "@/lib/kaspi-twin/catalogue";
import type { Listing } from "@/lib/kaspi-twin/listing";
import { merchantsOnCard } from "@/lib/kaspi-twin/merchants";
import { isPriced, type OfferState, priceIn, sellingPoints } from "@/lib/kaspi-twin/offer-state";
import { deliveryTime, rivalsOf } from "@/lib/kaspi-twin/rivals";
import { roll } from "@/lib/kaspi-twin/seeded";
import type { ShelfOffer, Shelves } from "@/lib/kaspi-twin/shelves";

export type SavedMarket = { frozenAt: number | null; arranged: [string, Listing[]][] };

/** Who sells what at which price: rivals, and the twin's own merchants among them. */
export class Market {
  #frozenAt: number | null = null;
  /** Rivals set by hand, by `card city`; they stand still. */
  readonly #arranged = new Map<string, Listing[]>();

  constructor(
    readonly seed: string,
    readonly shelves: Shelves,
    readonly now: () => number,
    readonly sellsUnlistedCities: () => boolean,
  ) {}

  /** Everybody who sells the card in the city, cheapest first. */
  listings(card: Card, cityId: string): Listing[] {
    return [...this.rivals(card, cityId), ...this.#own(card, cityId)].sort(
      (one, other) => one.price - other.price || compare(one.merchantId, other.merchantId),
    );
  }

  rivals(card: Card, cityId: string): Listing[] {
    const arranged = this.#arranged.get(place(card.id, cityId));
    if (arranged) return arranged;
    const now = this.#frozenAt ?? this.now();
    return rivalsOf(card, {
      seed: this.seed,
      cityId,
      now,
      ownPriceAt: (moment) => this.#ownPrice(card, cityId, moment),
    });
  }

  arrange(cardId: string, cityId: string, rivals: Listing[]): void {
    this.#arranged.set(place(cardId, cityId), rivals);
  }

  /** Gives the card back to its seeded rivals, in one city or in all. */
  release(cardId: string, cityId?: string): void {
    for (const key of [...this.#arranged.keys()]) {
      const here =
        cityId === undefined ? key.startsWith(`${cardId} `) : key === place(cardId, cityId);
      if (here) this.#arranged.delete(key);
    }
  }

  /** Seeded rivals stay as they are now until `thaw`. */
  freeze(): void {
    this.#frozenAt ??= this.now();
  }

  thaw(): void {
    this.#frozenAt = null;
  }

  save(): SavedMarket {
    return { frozenAt: this.#frozenAt, arranged: [...this.#arranged] };
  }

  restore(saved: SavedMarket): void {
    this.#frozenAt = saved.frozenAt;
    for (const [key, rivals] of saved.arranged) this.#arranged.set(key, rivals);
  }

  #own(card: Card, cityId: string): Listing[] {
    return this.#offersOn(card).flatMap((offer) => {
      if (!this.#sellsIn(offer.state, cityId)) return [];
      return ownListing(offer, cityId);
    });
  }

  #ownPrice(card: Card, cityId: string, moment: number): number | null {
    const prices = this.#offersOn(card)
      .map((offer) => this.shelves.stateAt(offer, moment))
      .filter((state) => this.#sellsIn(state, cityId))
      .map((state) => priceIn(state, cityId));
    return prices.length > 0 ? Math.min(...prices) : null;
  }

  #offersOn(card: Card): ShelfOffer[] {
    return merchantsOnCard(card.index).map((merchant) => this.shelves.onCard(merchant, card));
  }

  #sellsIn(state: OfferState, cityId: string): boolean {
    if (!state.onSale || !isPriced(state) || sellingPoints(state).length === 0) return false;
    if (state.cityPrices === null || this.sellsUnlistedCities()) return true;
    return state.cityPrices.some((one) => one.cityId === cityId);
  }
}

function ownListing({ merchant, sku, card, state }: ShelfOffer, cityId: string): Listing[] {
  const selling = sellingPoints(state);
  const points = merchant.points.filter((one) => selling.some(({ pointId }) => pointId === one.id));
  const point = points.find((one) => one.cityId === cityId) ?? points[0];
  if (!point) return [];
  const preorder = selling.find((one) => one.pointId === point.id)?.preOrder ?? 0;
  const luck = roll(merchant.uid, card.id, "delivery");
  return [
    {
      merchantId: merchant.uid,
      merchantName: merchant.name,
      merchantSku: sku,
      title: state.model ?? card.title,
      price: priceIn(state, cityId),
      rating: merchant.rating ?? undefined,
      reviews: merchant.reviews ?? undefined,
      kaspiDelivery: true,
      pointId: point.id,
      cityId: point.cityId,
      preorder,
      delivery: deliveryTime(point.cityId === cityId, preorder, luck),
    },
  ];
}

function place(cardId: string, cityId: string): string {
  return `${cardId} ${cityId}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
