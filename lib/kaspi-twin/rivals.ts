import { DAY, MINUTE } from "@/lib/core/time";
import { type Card, shelfPrice } from "@/lib/kaspi-twin/catalogue";
import type { Listing } from "@/lib/kaspi-twin/listing";
import { RIVAL_SHOPS, type RivalShop, rivalShop } from "@/lib/kaspi-twin/rival-shops";
import { between, pick, roll } from "@/lib/kaspi-twin/seeded";

/** Most rivals stand still or drift; three in nineteen undercut, two follow. */
const strategies = [
  "follow",
  "follow",
  "undercut",
  "undercut",
  "undercut",
  ...Array.from({ length: 9 }, () => "static" as const),
  ...Array.from({ length: 5 }, () => "walk" as const),
] as const;

type Strategy = (typeof strategies)[number];
type Rival = { shop: RivalShop; number: number; strategy: Strategy; base: number; floor: number };

/** What the market looks like from outside to the rivals of a card. */
export type Surroundings = {
  seed: string;
  cityId: string;
  now: number;
  /** The lowest price of the twin's own merchants on this card and city at an earlier moment. */
  ownPriceAt(moment: number): number | null;
};

/**
 * The rivals of a card in a city. A pure function of the seed, the card, the city, the time and
 * our price: nothing runs in the background. Undercutters and followers look at the market every
 * few minutes, see the quiet sellers and us (never each other), and do not go below their floor.
 */
export function rivalsOf(card: Card, around: Surroundings): Listing[] {
  const rivals = sellersOf(card, around.seed).filter((one) => sellsIn(one, card, around));
  const quiet = rivals.filter(isQuiet);
  return rivals.map((rival) => {
    const price = isQuiet(rival)
      ? quietPrice(rival, card, around.seed, around.now)
      : watchfulPrice(rival, card, quiet, around);
    return listing(rival, card, price, around);
  });
}

/** From none to 60; most cards have a handful. */
export function rivalCount(seed: string, card: Card): number {
  const luck = roll(seed, card.index, "crowd");
  const within = (lowest: number, highest: number) =>
    between(lowest, highest, seed, card.index, "rivals");
  if (luck < 0.08) return 0;
  if (luck < 0.48) return within(1, 4);
  if (luck < 0.83) return within(5, 12);
  return luck < 0.97 ? within(13, 30) : within(31, 60);
}

/** The shops that are rivals on a card, wherever they sell it and for how much. */
export function rivalShopsOn(seed: string, card: Card): RivalShop[] {
  return rivalNumbers(seed, card).map((number) => rivalShop(seed, number));
}

function rivalNumbers(seed: string, card: Card): number[] {
  const start = between(0, RIVAL_SHOPS - 1, seed, card.index, "start");
  const count = rivalCount(seed, card);
  return Array.from({ length: count }, (_, nth) => (start + nth * 7) % RIVAL_SHOPS);
}

function sellersOf(card: Card, seed: string): Rival[] {
  return rivalNumbers(seed, card).map((number) => {
    const words = [seed, card.index, "rival", number] as const;
    const base = shelfPrice(card.usualPrice * (0.94 + roll(...words, "base") * 0.2));
    return {
      shop: rivalShop(seed, number),
      number,
      strategy: pick(strategies, ...words, "strategy"),
      base,
      floor: Math.max(10, Math.round(base * (0.84 + roll(...words, "floor") * 0.12))),
    };
  });
}

function sellsIn(rival: Rival, card: Card, { seed, cityId }: Surroundings): boolean {
  if (rival.shop.homeCity === cityId) return true;
  const everywhere = roll(seed, card.index, rival.number, "everywhere") < 0.6;
  return everywhere || roll(seed, card.index, rival.number, cityId) < 0.3;
}

function isQuiet({ strategy }: Rival): boolean {
  return strategy === "static" || strategy === "walk";
}

function quietPrice(rival: Rival, card: Card, seed: string, now: number): number {
  const words = [seed, card.index, rival.number] as const;
  if (rival.strategy === "static") {
    const week = Math.floor(now / (7 * DAY) + roll(...words, "week"));
    return shelfPrice(rival.base * (0.99 + roll(...words, week) * 0.02));
  }
  const period = between(40, 300, ...words, "period") * MINUTE;
  const step = Math.floor(now / period + roll(...words, "phase"));
  let drift = 0;
  for (let back = 0; back < 6; back++) drift += roll(...words, "step", step - back) - 0.5;
  return Math.max(rival.floor, shelfPrice(rival.base * (1 + drift * 0.03)));
}

function watchfulPrice(rival: Rival, card: Card, quiet: Rival[], around: Surroundings): number {
  const words = [around.seed, card.index, rival.number] as const;
  const period = between(3, 12, ...words, "look") * MINUTE;
  const phase = Math.floor(roll(...words, "phase") * period);
  const looked = Math.floor((around.now - phase) / period) * period + phase;
  const seen = looked - 2 * MINUTE;
  const others = quiet.map((one) => quietPrice(one, card, around.seed, seen));
  const ours = around.ownPriceAt(seen);
  const lowest = Math.min(...others, ours ?? Number.POSITIVE_INFINITY);
  if (lowest === Number.POSITIVE_INFINITY) return rival.base;
  const step = rival.strategy === "follow" ? 0 : pick([1, 1, 2, 5, 10, 50], ...words, "cut");
  return Math.min(rival.base, Math.max(rival.floor, lowest - step));
}

function listing(rival: Rival, card: Card, price: number, around: Surroundings): Listing {
  const words = [around.seed, card.index, rival.number] as const;
  const { shop } = rival;
  const preorder = roll(...words, "preorder") < 0.06 ? pick([3, 5, 7, 14], ...words, "days") : 0;
  const local = shop.homeCity === around.cityId;
  return {
    merchantId: shop.merchantId,
    merchantName: shop.merchantName,
    merchantSku: roll(...words, "sku") < 0.7 ? `${card.id}_${393_000 + rival.number}` : card.id,
    title: card.title,
    price,
    rating: shop.rating,
    reviews: shop.reviews,
    kaspiDelivery: shop.kaspiDelivery,
    pointId: `${shop.merchantId}_PP${1 + (rival.number % 3)}`,
    cityId: shop.homeCity,
    preorder,
    delivery: deliveryTime(local, preorder, roll(...words, "delivery")),
  };
}

export function deliveryTime(local: boolean, preorder: number, luck: number): Listing["delivery"] {
  if (preorder > 0) return preorder <= 3 ? "TILL_5_DAYS" : "TILL_7_DAYS";
  if (local) return luck < 0.2 ? "EXPRESS" : luck < 0.5 ? "TODAY" : "TOMORROW";
  return luck < 0.3 ? "TILL_2_DAYS" : luck < 0.8 ? "TILL_5_DAYS" : "TILL_7_DAYS";
}
