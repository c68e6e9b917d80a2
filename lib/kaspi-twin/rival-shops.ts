import { bigCities } from "@/lib/kaspi-twin/cities";
import { between, digits, pick, roll } from "@/lib/kaspi-twin/seeded";

/** A seller of the training market that is nobody's own shop. */
export type RivalShop = {
  merchantId: string;
  merchantName: string;
  /** Undefined: Kaspi leaves the key out, as it does for new sellers. */
  rating: number | null | undefined;
  reviews: number | undefined;
  homeCity: string;
  kaspiDelivery: boolean;
};

export const RIVAL_SHOPS = 400;

const firstWords = [
  "Tehno",
  "Арман",
  "Gadget",
  "Айсулу",
  "Mega",
  "Сары-Арка",
  "Prime",
  "Тулпар",
  "Home",
  "Достық",
] as const;
const lastWords = [
  "Trade",
  "Маркет",
  "Place",
  "Store",
  "Групп",
  "Склад",
  "Shop",
  "Центр",
  "Line",
  "KZ",
] as const;
const surnames = [
  "Ахметов",
  "Сейткали",
  "Ким",
  "Ибраева",
  "Жумабаев",
  "Петрова",
  "Оспанов",
  "Нурланова",
] as const;
/** Old sellers still have a name where others have a number. */
const oldSellers = ["Sulpak", "Technodom", "Mechta", "Alser", "Evrika"];

export function rivalShop(seed: string, number: number): RivalShop {
  const words = [seed, "shop", number] as const;
  const old = oldSellers[number];
  return {
    merchantId: old ?? String(40_000_000 + number * 1_009 + between(0, 999, ...words)),
    merchantName: old ?? shopName(words),
    ...reputation(words),
    homeCity: pick(bigCities, ...words, "city"),
    kaspiDelivery: roll(...words, "delivery") < 0.7,
  };
}

function shopName(words: readonly [string, string, number]): string {
  const style = roll(...words, "style");
  if (style < 0.3) return `ИП ${pick(surnames, ...words, "surname")}`;
  const name = `${pick(firstWords, ...words, "first")} ${pick(lastWords, ...words, "last")}`;
  return style < 0.4 ? `${name} ${digits(2, ...words)}` : name;
}

function reputation(
  words: readonly [string, string, number],
): Pick<RivalShop, "rating" | "reviews"> {
  const kind = roll(...words, "rating");
  if (kind < 0.12) return { rating: undefined, reviews: undefined };
  if (kind < 0.15) return { rating: null, reviews: 0 };
  if (kind < 0.17) return { rating: 0, reviews: 1 };
  return {
    rating: between(39, 50, ...words, "stars") / 10,
    reviews: Math.ceil(3_000 * roll(...words, "reviews") ** 3) + 1,
  };
}
