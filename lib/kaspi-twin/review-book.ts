import { DAY } from "@/lib/core/time";
import type { Card, Catalogue } from "@/lib/kaspi-twin/catalogue";
import { findMerchant } from "@/lib/kaspi-twin/merchants";
import { hex } from "@/lib/kaspi-twin/seeded";
import { seededReviews } from "@/lib/kaspi-twin/seeded-reviews";

/** A buyer's review as the twin keeps it. */
export type TwinReview = {
  id: string;
  cardId: string;
  /** When it was written; its place in the list. */
  at: number;
  /** What stands for the day instead of the day. */
  oddDate?: string | undefined;
  seller: { uid: string; name: string } | null;
  author: string;
  rating: number | null;
  text: string;
  plus: string;
  minus: string;
  pictures: number;
};

export type NewReview = Omit<TwinReview, "id">;

export type SavedReviews = { added: TwinReview[]; silent: string[]; allSilent: boolean };

/** So many cards of a shop have seeded reviews: enough to read, and few enough to be counted on the spot. */
const CARDS_OF_A_SHOP = 200;
const LONGEST_DAYS = 365;

/** Who wrote what about which card: seeded ones, which grow with the clock, and those that were added. */
export class ReviewBook {
  #added: TwinReview[] = [];
  readonly #silent = new Set<string>();
  #allSilent = false;
  /** Seeded ones about a shop, by shop and day: they are looked for over all its cards. */
  readonly #ofShops = new Map<string, TwinReview[]>();

  constructor(
    readonly seed: string,
    readonly catalogue: Catalogue,
    readonly now: () => number,
  ) {}

  /** About a card, newest first. */
  ofCard(card: Card): TwinReview[] {
    const added = this.#added.filter(({ cardId }) => cardId === card.id);
    return newestFirst([...this.#seeded(card), ...added]);
  }

  /** About a shop, newest first, of so many days. */
  ofShop(uid: string, days: number): TwinReview[] {
    const since = this.now() - Math.min(days, LONGEST_DAYS) * DAY;
    const added = this.#added.filter(({ seller }) => seller?.uid === uid);
    return newestFirst([...this.#seededOfShop(uid), ...added].filter(({ at }) => at > since));
  }

  add(reviews: readonly NewReview[]): string[] {
    const made = reviews.map((one, nth) => ({
      ...one,
      id: hex(32, this.seed, "added review", this.#added.length + nth),
    }));
    this.#added.push(...made);
    return made.map(({ id }) => id);
  }

  /** From now on the card, or every card, has only the reviews that were added. */
  silence(cardId: string | undefined): void {
    if (cardId === undefined) this.#allSilent = true;
    else this.#silent.add(cardId);
    this.#ofShops.clear();
  }

  save(): SavedReviews {
    return { added: this.#added, silent: [...this.#silent], allSilent: this.#allSilent };
  }

  restore({ added, silent, allSilent }: SavedReviews): void {
    this.#added = added;
    for (const cardId of silent) this.#silent.add(cardId);
    this.#allSilent = allSilent;
  }

  #seeded(card: Card): TwinReview[] {
    if (this.#allSilent || this.#silent.has(card.id)) return [];
    return seededReviews(this.seed, card, this.now());
  }

  #seededOfShop(uid: string): TwinReview[] {
    const merchant = findMerchant(uid);
    if (!merchant || this.#allSilent) return [];
    const key = `${uid} ${Math.floor(this.now() / DAY)}`;
    const known = this.#ofShops.get(key);
    if (known) return known;
    const count = Math.min(merchant.offers, CARDS_OF_A_SHOP);
    const found = Array.from({ length: count }, (_, nth) =>
      this.#seeded(this.catalogue.card(merchant.firstCard + nth)),
    )
      .flat()
      .filter(({ seller }) => seller?.uid === uid);
    this.#ofShops.clear();
    this.#ofShops.set(key, found);
    return found;
  }
}

const newestFirst = (reviews: TwinReview[]) =>
  reviews.sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1));
