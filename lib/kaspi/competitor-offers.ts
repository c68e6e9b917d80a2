import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import { checked, malformed } from "@/lib/kaspi/answer";
import { storefrontHeaders } from "@/lib/kaspi/headers";
import { realHosts } from "@/lib/kaspi/hosts";
import { postToStorefront, type Storefront } from "@/lib/kaspi/storefront-call";
import { wireId, wireNumber, wirePrice, wireText } from "@/lib/kaspi/wire-values";

export type Delivery = "express" | "today" | "tomorrow" | "days_2" | "days_5" | "days_7";

/** One seller's offer on a card, as buyers of a city see it. */
export type MarketOffer = {
  merchantId: string;
  merchantName: string;
  price: Tenge;
  /** 1 to 5; null for a seller nobody has rated. */
  rating: number | null;
  reviews: number | null;
  delivery: Delivery | null;
  /** ISO 8601. */
  deliveryAt: string | null;
  /** Days until the goods arrive; 0 when in stock. */
  preorderDays: number;
};

export type CardMarket = {
  /** Every seller of the card in the city, us included, cheapest first. */
  offers: MarketOffer[];
  /** How many Kaspi says there are; more than `offers` beyond 256 sellers. */
  total: number;
  /** Rows that came but had no readable seller or price. */
  unreadable: number;
};

/** 100 is answered with 400 (protocol E). */
const PAGE_SIZE = 64;

/** Cards have up to about 60 sellers; four pages leave room for our own place on the rest. */
const MAX_PAGES = 4;

const wire = z.object({ offers: z.array(z.unknown()), total: wireNumber.nullish() });

/**
 * The sellers of a card in a city, by the card's id, never the seller's article: that one is
 * answered with an empty list (protocol E). Prices in whole tenge. An empty result really means
 * that nobody sells it there; everything else that brings no offers is thrown.
 */
export async function readCompetitorOffers(
  storefront: Storefront,
  { cardId, cityId }: { cardId: string; cityId: string },
): Promise<CardMarket> {
  assertReadable(cardId, cityId);
  const rows: unknown[] = [];
  let total = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const read = await readPage(storefront, cardId, cityId, page);
    rows.push(...read.offers);
    total = Math.max(total, read.total);
    if (read.offers.length < PAGE_SIZE || rows.length >= total) break;
  }
  const market = readRows(rows);
  if (market.offers.length === 0 && (rows.length > 0 || total > 0)) {
    throw new AppError("kaspi_malformed");
  }
  return { ...market, total };
}

/** A seller's article has no offers, and an unknown city is silently answered as Almaty. */
function assertReadable(cardId: string, cityId: string): void {
  if (!/^[0-9A-Za-z]+$/.test(cardId)) throw new AppError("invalid", "card_id");
  if (!/^\d+$/.test(cityId)) throw new AppError("invalid", "city_id");
}

/** Prices move while we page, so an offer may come twice; it is counted once. */
function readRows(rows: unknown[]) {
  const read = rows.map(readMarketOffer).filter((row) => row !== null);
  const once = new Map(read.map(({ key, offer }) => [key, offer]));
  const offers = [...once.values()].sort((a, b) => a.price - b.price);
  return { offers, unreadable: rows.length - read.length };
}

async function readPage(storefront: Storefront, cardId: string, cityId: string, page: number) {
  const url = new URL(`/yml/offer-view/offers/${cardId}`, realHosts.storefront);
  const answer = await postToStorefront(storefront, {
    url,
    headers: storefrontHeaders(cardId, cityId),
    json: {
      cityId,
      id: cardId,
      merchantUID: [],
      limit: PAGE_SIZE,
      page,
      sortOption: "PRICE",
      highRating: null,
      searchText: null,
      isExcellentMerchant: false,
      installationId: "-1",
    },
  });
  const { offers, total } = checked(wire, answer, url);
  if (offers.length > PAGE_SIZE) throw malformed(url);
  return { offers, total: total ?? offers.length };
}

const deliveries: ReadonlyMap<string, Delivery> = new Map([
  ["EXPRESS", "express"],
  ["TODAY", "today"],
  ["TOMORROW", "tomorrow"],
  ["TILL_2_DAYS", "days_2"],
  ["TILL_5_DAYS", "days_5"],
  ["TILL_7_DAYS", "days_7"],
]);

const shown = wireText.catch(null);
const measure = wireNumber.nullish().catch(null);

const offerWire = z.object({
  merchantId: wireId,
  merchantName: shown,
  merchantSku: shown,
  price: wirePrice,
  merchantRating: measure,
  merchantReviewsQuantity: measure,
  deliveryDuration: shown,
  delivery: z.union([z.string(), z.number()]).nullish().catch(null),
  preorder: measure,
});

/** A row of the answer (protocol E) with what tells it from others; null without seller or price. */
function readMarketOffer(value: unknown): { key: string; offer: MarketOffer } | null {
  const { data: row } = offerWire.safeParse(value);
  if (!row?.price) return null;
  const offer: MarketOffer = {
    merchantId: row.merchantId,
    merchantName: row.merchantName ?? row.merchantId,
    price: row.price,
    rating: row.merchantRating || null,
    reviews: row.merchantReviewsQuantity ?? null,
    delivery: deliveries.get(row.deliveryDuration ?? "") ?? null,
    deliveryAt: toIso(row.delivery),
    preorderDays: row.preorder ?? 0,
  };
  return { key: JSON.stringify([row.merchantId, row.merchantSku]), offer };
}

/** Mostly ISO with an offset, in some variants epoch milliseconds. */
function toIso(value: string | number | null | undefined): string | null {
  const at = new Date(value ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
