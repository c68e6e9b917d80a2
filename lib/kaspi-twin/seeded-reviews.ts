import { DAY, HOUR } from "@/lib/core/time";
import type { Card } from "@/lib/kaspi-twin/catalogue";
import { merchantsOnCard } from "@/lib/kaspi-twin/merchants";
import type { TwinReview } from "@/lib/kaspi-twin/review-book";
import { rivalShopsOn } from "@/lib/kaspi-twin/rivals";
import { hex, pick, roll } from "@/lib/kaspi-twin/seeded";

/** The first day of which the training market has reviews. */
const FIRST_DAY = Math.floor(Date.parse("2024-06-01T00:00:00Z") / DAY);
const ALMATY_OFFSET = 5 * HOUR;

/** The card's reviews up to now: a pure function of the seed, the card and the day. */
export function seededReviews(seed: string, card: Card, now: number): TwinReview[] {
  const aDay = perDay(seed, card);
  const today = Math.floor((now + ALMATY_OFFSET) / DAY);
  const written: TwinReview[] = [];
  for (let day = FIRST_DAY; day < today; day += 1) {
    for (let nth = 0; nth < 2; nth += 1) {
      const luck = roll(seed, card.index, "review", day, nth);
      if (luck < aDay / 2) written.push(review(seed, card, day, nth));
    }
  }
  return written;
}

/** Most cards get a review a week or fewer, a few get one a day. */
const perDay = (seed: string, card: Card) => 0.02 + 1.2 * roll(seed, card.index, "fame") ** 4;

function review(seed: string, card: Card, day: number, nth: number): TwinReview {
  const words = [seed, card.index, "review", day, nth] as const;
  const rating = ratingOf(roll(...words, "stars"));
  const says = roll(...words, "says") < 0.6;
  return {
    id: hex(32, ...words),
    cardId: card.id,
    at: day * DAY + Math.floor(roll(...words, "hour") * 20 * HOUR) - ALMATY_OFFSET,
    seller: sellerOf(card, words),
    author: pick(authors, ...words, "author"),
    rating,
    text: says ? pick(rating >= 4 ? praise : rating === 3 ? shrugs : blame, ...words, "text") : "",
    plus: says && roll(...words, "plus") < 0.4 ? pick(pluses, ...words, "plus") : "",
    minus: says && roll(...words, "minus") < 0.25 ? pick(minuses, ...words, "minus") : "",
    pictures: roll(...words, "pictures") < 0.15 ? 1 + (day % 3) : 0,
  };
}

type Words = readonly [string, number, string, number, number];

function sellerOf(card: Card, words: Words): TwinReview["seller"] {
  const luck = roll(...words, "seller");
  if (luck < 0.1) return null;
  const own = merchantsOnCard(card.index);
  const [firstOwn] = own;
  if (firstOwn && luck < 0.5) {
    const { uid, name } = pick([firstOwn, ...own.slice(1)], ...words, "own");
    return { uid, name };
  }
  const [first, ...others] = rivalShopsOn(words[0], card);
  if (!first) return firstOwn ? { uid: firstOwn.uid, name: firstOwn.name } : null;
  const { merchantId, merchantName } = pick([first, ...others], ...words, "rival");
  return { uid: merchantId, name: merchantName };
}

function ratingOf(luck: number): number {
  if (luck < 0.78) return 5;
  if (luck < 0.9) return 4;
  if (luck < 0.94) return 3;
  return luck < 0.96 ? 2 : 1;
}

const authors = [
  "Айгерим",
  "Сергей",
  "Дана",
  "Ерлан",
  "Марина",
  "Нурлан",
  "Алия",
  "Тимур",
] as const;
const praise = [
  "Спасибо, всё пришло вовремя.",
  "Отличный товар, рекомендую.",
  "Жақсы, ұнады. Рахмет!",
  "За свои деньги очень хорошо.",
  "Беру второй раз, всё устраивает.",
] as const;
const shrugs = [
  "Нормально, но ожидал большего.",
  "Товар обычный, доставка на день позже.",
] as const;
const blame = [
  "Пришёл с царапинами, упаковка мятая.",
  "Не тот цвет, пришлось возвращать.",
  "Сломался через неделю.",
  "Күткендей емес, сапасы нашар.",
] as const;
const pluses = ["Цена", "Быстрая доставка", "Качество", "Упаковка"] as const;
const minuses = ["Нет", "Запах", "Короткий провод", "Инструкция не на русском"] as const;
