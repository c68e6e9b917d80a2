import { tenge } from "@/lib/core/money";
import type { NamedMarket } from "./named-markets";

// Unless a market says otherwise: our price is 1,100, the floor 900, the ceiling 1,200, the step 1 ₸.

const tengeStep = (value: number) => ({ unit: "tenge", value: tenge(value) }) as const;

/** With rivals on the card. */
export const rivalMarkets: NamedMarket[] = [
  {
    market: "the cheapest rival asks 1,000",
    given: { rivals: [1000, 1150] },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸.",
  },
  {
    market: "we match, and the cheapest rival asks 1,000",
    given: { rivals: [1000, 1150], rule: { strategy: { kind: "match" } } },
    decided: "change 1000 matched",
    said: "Ставим 1 000 ₸: столько же, сколько у самого дешёвого соперника.",
  },
  {
    market: "we stay 10 ₸ above the cheapest rival",
    given: { rivals: [1000], rule: { strategy: { kind: "above" }, step: tengeStep(10) } },
    decided: "change 1010 stayed_above",
    said: "Ставим 1 010 ₸: на шаг дороже самого дешёвого соперника, у него 1 000 ₸.",
  },
  {
    market: "we want place 2 of three rivals",
    given: { rivals: [950, 1000, 1050], rule: { strategy: { kind: "position", place: 2 } } },
    decided: "change 999 placed",
    said: "Ставим 999 ₸: на шаг дешевле соперника с ценой 1 000 ₸.",
  },
  {
    market: "we want place 5 where there are two rivals: under the last",
    given: { rivals: [950, 1050], rule: { strategy: { kind: "position", place: 5 } } },
    decided: "change 1049 placed",
    said: "Ставим 1 049 ₸: на шаг дешевле соперника с ценой 1 050 ₸.",
  },
  {
    market: "we want place 3 among thirty rivals at one price: only under all of them",
    given: {
      rivals: Array.from({ length: 30 }, () => 1000),
      rule: { strategy: { kind: "position", place: 3 } },
    },
    decided: "change 999 placed",
    said: "Ставим 999 ₸: на шаг дешевле соперника с ценой 1 000 ₸.",
  },
  {
    market: "we hold the average of the three cheapest",
    given: { rivals: [950, 1000, 1051, 1190], rule: { strategy: { kind: "average", of: 3 } } },
    decided: "change 1000 averaged",
    said: "Ставим 1 000 ₸: это средняя цена 3 самых дешёвых соперников.",
  },
  {
    market: "one price for ever, whatever rivals do",
    given: { rivals: [950], rule: { strategy: { kind: "fixed", price: tenge(1150) } } },
    decided: "change 1150 fixed_price",
    said: "Ставим 1 150 ₸: это постоянная цена из правила.",
  },
  {
    market: "we are the cheapest and there is room up to the next rival",
    given: { current: 1000, rivals: [1050] },
    decided: "change 1049 raised_under_next",
    said: "Поднимаем до 1 049 ₸: мы дешевле всех, у ближайшего соперника 1 050 ₸.",
  },
  {
    market: "we are the cheapest and the rule leaves it so",
    given: { current: 1000, rivals: [1050], rule: { whenFirst: "hold" } },
    decided: "hold already_first",
    said: "Цену не меняем: мы дешевле всех, у ближайшего соперника 1 050 ₸.",
  },
  {
    market: "a rival raised his price: ours follows instead of staying at the bottom",
    given: { current: 900, rivals: [1180] },
    decided: "change 1170 step_guard",
    said: "Ставим 1 170 ₸: за один раз меняем цену не больше чем на 30 %, а нужно на 31 %.",
  },
  {
    market: "a rival below our floor",
    given: { current: 1000, rivals: [850] },
    decided: "change 900 pinned_to_floor",
    said: "Ставим ваш минимум 900 ₸: соперник с ценой 850 ₸ дешевле.",
  },
  {
    market: "a rival below our floor, and we stand on it already",
    given: { current: 900, rivals: [850] },
    decided: "hold already_at_target",
    said: "Цену не меняем: соперник дешевле вашего минимума 900 ₸.",
  },
  {
    market: "a rival at our floor can only be beaten below it",
    given: { current: 1000, rivals: [900] },
    decided: "change 900 pinned_to_floor",
    said: "Ставим ваш минимум 900 ₸: обойти соперника с ценой 900 ₸ можно только ниже него.",
  },
  {
    market: "a rival below our floor, and we take the best place that is left",
    given: { current: 1000, rivals: [850, 950], rule: { whenBlocked: "next_place" } },
    decided: "change 949 fallback_position",
    said: "Ставим 949 ₸: соперника с ценой 850 ₸ не обойти, не опускаясь ниже минимума 900 ₸. Берём лучшее из доступных мест.",
  },
  {
    market: "the average is below our floor, and we leave out the cheapest",
    given: {
      current: 1000,
      rivals: [600, 950, 1000],
      rule: { strategy: { kind: "average", of: 2 }, whenBlocked: "next_place" },
    },
    decided: "change 975 fallback_position",
    said: "Ставим 975 ₸: средняя цена соперников 775 ₸ ниже минимума 900 ₸. Берём лучшее из доступных мест.",
  },
  {
    market: "a rival below our floor, and we wait at the ceiling",
    given: { current: 1000, rivals: [850], rule: { whenBlocked: "ceiling" } },
    decided: "change 1200 blocked_to_ceiling",
    said: "Ставим максимум 1 200 ₸: соперник с ценой 850 ₸ дешевле вашего минимума 900 ₸.",
  },
  {
    market: "a rival below our floor, and we do not answer",
    given: { current: 1000, rivals: [850], rule: { whenBlocked: "hold" } },
    decided: "hold blocked_hold",
    said: "Цену не меняем: соперник дешевле вашего минимума 900 ₸.",
  },
  {
    market: "the cheapest rival is above our ceiling",
    given: { rivals: [1500] },
    decided: "change 1200 capped_at_ceiling",
    said: "Ставим 1 200 ₸: это максимум для этого товара.",
  },
  {
    market: "one outlier at 300 among rivals about 1,000 is not followed",
    given: { rivals: [300, 1000, 1010, 1020], rule: { outlierPercent: 50 } },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸. Ещё 1 предложение не считаем по правилу.",
  },
  {
    market: "a rival nobody has rated does not count where a rating is asked for",
    given: { rivals: [{ price: tenge(950), rating: null }, 1000], rule: { minRating: 4 } },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸. Ещё 1 предложение не считаем по правилу.",
  },
  {
    market: "a rival with 0 reviews counts as long as no reviews are asked for",
    given: { rivals: [{ price: tenge(950), reviews: 0 }, 1000] },
    decided: "change 949 undercut",
    said: "Ставим 949 ₸: у самого дешёвого соперника 950 ₸.",
  },
  {
    market: "a rival with 0 reviews does not count where three are asked for",
    given: { rivals: [{ price: tenge(950), reviews: 0 }, 1000], rule: { minReviews: 3 } },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸. Ещё 1 предложение не считаем по правилу.",
  },
  {
    market: "we deliver tomorrow, and a rival who takes five days does not count",
    given: {
      rivals: [
        { price: tenge(950), delivery: "days_5" },
        { price: tenge(1000), delivery: "today" },
      ],
      ownDelivery: "tomorrow",
      rule: { fastAsOurs: true },
    },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸. Ещё 1 предложение не считаем по правилу.",
  },
  {
    market: "we are absent from the answer, so nobody's delivery is slower than ours",
    given: {
      rivals: [{ price: tenge(950), delivery: "days_5" }, 1000],
      ownDelivery: null,
      rule: { fastAsOurs: true },
    },
    decided: "change 949 undercut",
    said: "Ставим 949 ₸: у самого дешёвого соперника 950 ₸.",
  },
  {
    market: "a rival of the exclude list does not count",
    given: {
      rivals: [{ price: tenge(950), merchantId: "dumping-shop" }, 1000],
      rule: { excludeRivals: ["dumping-shop"] },
    },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸. Ещё 1 предложение не считаем по правилу.",
  },
  {
    market: "a preorder does not count",
    given: { rivals: [{ price: tenge(950), preorderDays: 5 }, 1000] },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸. Предложения с предзаказом не считаем.",
  },
  {
    market: "prices end in 90",
    given: { rivals: [1000], rule: { rounding: { kind: "ending", value: 90 } } },
    decided: "change 990 undercut",
    said: "Ставим 990 ₸ с округлением: у самого дешёвого соперника 1 000 ₸.",
  },
  {
    market: "the floor is no round price, so we stop at the first one above it",
    given: {
      current: 1000,
      floor: 903,
      rivals: [850],
      rule: { rounding: { kind: "to", value: 10 } },
    },
    decided: "change 910 pinned_to_floor",
    said: "Ставим 910 ₸, это ваш минимум с округлением: соперник с ценой 850 ₸ дешевле.",
  },
  {
    market: "no round price fits between floor and ceiling, so nothing is rounded",
    given: { rivals: [1000], rule: { rounding: { kind: "ending", value: 5000 } } },
    decided: "change 999 undercut",
    said: "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸.",
  },
];
