import { HOUR } from "@/lib/core/time";
import { cardOf, indexOfSku, skuAt } from "@/lib/kaspi-twin/assortment";
import type { Card, Catalogue } from "@/lib/kaspi-twin/catalogue";
import { firstState, startsOnSale } from "@/lib/kaspi-twin/first-state";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import type { OfferState } from "@/lib/kaspi-twin/offer-state";

export type ShelfOffer = {
  merchant: Merchant;
  index: number;
  sku: string;
  card: Card;
  state: OfferState;
};

/** A state that was replaced, kept for a while: rivals answer to what they saw minutes ago. */
type Past = { until: number; state: OfferState };
type Touched = { state: OfferState; past: Past[] };
export type SavedShelves = Record<string, [number, Touched][]>;

const MEMORY = HOUR;

/**
 * The offers of all merchants. Untouched ones are computed when asked for; only changed ones
 * are held, so a merchant with 50,000 offers costs nothing until somebody writes to it.
 */
export class Shelves {
  readonly #touched = new Map<string, Map<number, Touched>>();
  readonly #onSale = new Map<string, { yes: number[]; no: number[] }>();
  readonly #searchable = new Map<string, string[]>();

  constructor(
    readonly seed: string,
    readonly catalogue: Catalogue,
  ) {}

  offer(merchant: Merchant, index: number): ShelfOffer {
    const card = cardOf(this.catalogue, merchant, index);
    const state =
      this.#touched.get(merchant.uid)?.get(index)?.state ??
      firstState(this.seed, merchant, index, card);
    return { merchant, index, sku: skuAt(this.catalogue, merchant, index), card, state };
  }

  find(merchant: Merchant, sku: string): ShelfOffer | null {
    const index = indexOfSku(this.catalogue, merchant, sku);
    return index === null ? null : this.offer(merchant, index);
  }

  onCard(merchant: Merchant, card: Card): ShelfOffer {
    return this.offer(merchant, card.index - merchant.firstCard);
  }

  /** The offer's state at an earlier moment, as far back as the shelves remember. */
  stateAt(offer: ShelfOffer, moment: number): OfferState {
    const past = this.#touched.get(offer.merchant.uid)?.get(offer.index)?.past;
    return past?.find((one) => one.until > moment)?.state ?? offer.state;
  }

  put(offer: ShelfOffer, state: OfferState, now: number): void {
    const merchant = offer.merchant.uid;
    const touched = this.#touched.get(merchant) ?? new Map<number, Touched>();
    const past = (touched.get(offer.index)?.past ?? []).filter((one) => one.until > now - MEMORY);
    past.push({ until: now, state: offer.state });
    touched.set(offer.index, { state, past });
    this.#touched.set(merchant, touched);
    if (state.onSale !== offer.state.onSale) this.#onSale.delete(merchant);
  }

  /** The numbers of a merchant's offers: on sale, removed, or all of them. */
  indexes(merchant: Merchant, onSale: boolean | null): readonly number[] {
    const sides = this.#sides(merchant);
    if (onSale !== null) return onSale ? sides.yes : sides.no;
    return Array.from({ length: merchant.offers }, (_, index) => index);
  }

  /** Those whose article, card number or title holds the text, in list order. */
  search(merchant: Merchant, text: string, among: readonly number[]): number[] {
    const wanted = text.trim().toLowerCase();
    const lines = this.#lines(merchant);
    return among.filter((index) => lines[index]?.includes(wanted));
  }

  save(): SavedShelves {
    return Object.fromEntries([...this.#touched].map(([uid, offers]) => [uid, [...offers]]));
  }

  restore(saved: SavedShelves): void {
    this.#onSale.clear();
    for (const [uid, offers] of Object.entries(saved)) this.#touched.set(uid, new Map(offers));
  }

  #sides(merchant: Merchant): { yes: number[]; no: number[] } {
    const known = this.#onSale.get(merchant.uid);
    if (known) return known;
    const touched = this.#touched.get(merchant.uid);
    const sides = { yes: [] as number[], no: [] as number[] };
    for (let index = 0; index < merchant.offers; index++) {
      const onSale = touched?.get(index)?.state.onSale ?? startsOnSale(index);
      (onSale ? sides.yes : sides.no).push(index);
    }
    this.#onSale.set(merchant.uid, sides);
    return sides;
  }

  #lines(merchant: Merchant): string[] {
    const known = this.#searchable.get(merchant.uid);
    if (known) return known;
    const lines = Array.from({ length: merchant.offers }, (_, index) => {
      const card = cardOf(this.catalogue, merchant, index);
      const sku = skuAt(this.catalogue, merchant, index);
      return `${sku}\n${card.id}\n${card.title}`.toLowerCase();
    });
    this.#searchable.set(merchant.uid, lines);
    return lines;
  }
}
