import { tenge } from "@/lib/core/money";
import type { NamedMarket } from "./named-markets";

const workdays = { days: [1, 2, 3, 4, 5], from: 540, to: 1260 };
const at = (day: number, hour: number) => (day - 1) * 1440 + hour * 60;

/** Without rivals, at rest, behind a store of our own, and where somebody has to be asked. */
export const restMarkets: NamedMarket[] = [
  {
    market: "nobody else sells it",
    given: {},
    decided: "hold no_competitors_hold",
    said: "Цену не меняем: соперников нет.",
  },
  {
    market: "all rivals sell by preorder",
    given: { rivals: [{ price: tenge(950), preorderDays: 5 }] },
    decided: "hold no_competitors_hold",
    said: "Цену не меняем: соперники только с предзаказом, их не считаем.",
  },
  {
    market: "nobody of the list we watch sells it",
    given: { rivals: [950, 1000], rule: { onlyRivals: ["the-only-rival"] } },
    decided: "hold no_competitors_hold",
    said: "Цену не меняем: есть 2 предложения, но по правилу мы их не считаем.",
  },
  {
    market: "nobody else sells it, and we go to the ceiling",
    given: { rule: { whenAlone: { kind: "ceiling" } } },
    decided: "change 1200 no_competitors_ceiling",
    said: "Ставим максимум 1 200 ₸: соперников нет.",
  },
  {
    market: "nobody else sells it, and we climb by 2 %",
    given: { rule: { whenAlone: { kind: "climb", by: { unit: "percent", value: 2 } } } },
    decided: "change 1122 no_competitors_climb",
    said: "Поднимаем до 1 122 ₸: соперников нет.",
  },
  {
    market: "a climb in round prices goes to the next one",
    given: {
      current: 990,
      rule: {
        whenAlone: { kind: "climb", by: { unit: "tenge", value: tenge(5) } },
        rounding: { kind: "ending", value: 90 },
      },
    },
    decided: "change 1090 no_competitors_climb",
    said: "Поднимаем до 1 090 ₸ с округлением: соперников нет.",
  },
  {
    market: "the floor was raised above the present price",
    given: { current: 800, floor: 900, rule: { whenBlocked: "hold" }, rivals: [850] },
    decided: "change 900 raised_to_floor",
    said: "Поднимаем до 900 ₸: цена 800 ₸ ниже вашего минимума.",
  },
  {
    market: "Sunday morning: the bot works on weekdays from 9 to 21",
    given: {
      rivals: [1000],
      minuteOfWeek: at(7, 10),
      rule: { schedule: { windows: [workdays], outside: "hold" } },
    },
    decided: "hold sleep_hold",
    said: "Цену не меняем: по расписанию бот отдыхает до 09:00 понедельника.",
  },
  {
    market: "night: the price goes to the ceiling",
    given: {
      rivals: [1000],
      minuteOfWeek: at(2, 23),
      rule: { schedule: { windows: [workdays], outside: "ceiling" } },
    },
    decided: "change 1200 sleep_to_ceiling",
    said: "Ставим максимум 1 200 ₸: по расписанию бот отдыхает до 09:00 среды.",
  },
  {
    market: "night: the price is at the ceiling already",
    given: {
      current: 1200,
      rivals: [1000],
      minuteOfWeek: at(2, 23),
      rule: { schedule: { windows: [workdays], outside: "ceiling" } },
    },
    decided: "hold already_at_target",
    said: "Цену не меняем: по расписанию бот отдыхает, и она уже на максимуме 1 200 ₸.",
  },
  {
    market: "the stock lasts for five days at the pace of sales: nothing is given away",
    given: { rivals: [950], stockDays: 5, rule: { lowStock: { days: 7, price: "hold" } } },
    decided: "hold low_stock_hold",
    said: "Цену не меняем: товар заканчивается, остатка хватит на 5 дней (порог 7).",
  },
  {
    market: "the stock lasts for a day: the rest goes at the ceiling",
    given: { rivals: [950], stockDays: 1, rule: { lowStock: { days: 7, price: "ceiling" } } },
    decided: "change 1200 low_stock_to_ceiling",
    said: "Ставим максимум 1 200 ₸: товар заканчивается, остатка хватит на 1 день (порог 7).",
  },
  {
    market: "the stock is running out and the price is at the ceiling already",
    given: {
      current: 1200,
      rivals: [950],
      stockDays: 0,
      rule: { lowStock: { days: 7, price: "ceiling" } },
    },
    decided: "hold already_at_target",
    said: "Цену не меняем: товар заканчивается, и она уже на максимуме 1 200 ₸.",
  },
  {
    market: "the stock is running out below the floor: the price comes up to it all the same",
    given: {
      current: 800,
      floor: 900,
      rivals: [950],
      stockDays: 2,
      rule: { lowStock: { days: 7, price: "hold" } },
    },
    decided: "change 900 raised_to_floor",
    said: "Поднимаем до 900 ₸: цена 800 ₸ ниже вашего минимума.",
  },
  {
    market: "the stock lasts for a day more than the rule minds",
    given: { rivals: [950], stockDays: 8, rule: { lowStock: { days: 7, price: "ceiling" } } },
    decided: "change 949 undercut",
    said: "Ставим 949 ₸: у самого дешёвого соперника 950 ₸.",
  },
  {
    market: "nobody knows how long the stock lasts",
    given: { rivals: [950], rule: { lowStock: { days: 7, price: "ceiling" } } },
    decided: "change 949 undercut",
    said: "Ставим 949 ₸: у самого дешёвого соперника 950 ₸.",
  },
  {
    market: "our other store leads at 1,000 and we stay a step above it",
    given: { rivals: [950], lead: { kind: "behind", price: tenge(1000) } },
    decided: "change 1001 behind_own_store",
    said: "Ставим 1 001 ₸: держимся дороже вашего магазина, который на этой карточке впереди с ценой 1 000 ₸.",
  },
  {
    market: "our other store leads and we wait",
    given: { rivals: [950], lead: { kind: "hold" } },
    decided: "hold own_store_leads",
    said: "Цену не меняем: на этой карточке впереди другой ваш магазин.",
  },
  {
    market: "the drop wanted is larger than the 15 % allowed at once",
    given: { floor: 10, current: 1000, rivals: [800] },
    decided: "change 850 step_guard",
    said: "Ставим 850 ₸: за один раз меняем цену не больше чем на 15 %, а нужно на 20,1 %.",
  },
  {
    market: "the drop wanted is so large that a person is asked",
    given: { floor: 10, current: 1000, rivals: [500] },
    decided: "hold 499 anomaly_frozen",
    said: "Ждём вашего ответа: 499 ₸ вместо 1 000 ₸. Это изменение на 50,1 %, а без вас меняем не больше чем на 40 %.",
  },
  {
    market: "a person has agreed to that drop, and the market still wants it",
    given: { floor: 10, current: 1000, rivals: [500], approved: 499 },
    decided: "change 499 undercut",
    said: "Ставим 499 ₸: у самого дешёвого соперника 500 ₸.",
  },
  {
    market: "a person has agreed to a drop, and the market wants a larger one by now",
    given: { floor: 10, current: 1000, rivals: [400], approved: 499 },
    decided: "hold 399 anomaly_frozen",
    said: "Ждём вашего ответа: 399 ₸ вместо 1 000 ₸. Это изменение на 60,1 %, а без вас меняем не больше чем на 40 %.",
  },
  {
    market: "10 ₸ is the lowest price there is",
    given: { floor: 10, ceiling: 20, current: 11, rivals: [10] },
    decided: "change 10 pinned_to_floor",
    said: "Ставим ваш минимум 10 ₸: обойти соперника с ценой 10 ₸ можно только ниже него.",
  },
  {
    market: "99,999,999 ₸ is a price like any other",
    given: { floor: 90_000_000, ceiling: 99_999_999, current: 95_000_000, rivals: [100_000_001] },
    decided: "change 99999999 capped_at_ceiling",
    said: "Ставим 99 999 999 ₸: это максимум для этого товара.",
  },
  {
    market: "the market was read 14 minutes ago",
    given: { rivals: [1000], readMinutesAgo: 14 },
    decided: "hold stale_offers",
    said: "Цену не меняем: рынок прочитан 14 минут назад.",
  },
  {
    market: "Kaspi refused to show the market, which does not mean that there is none",
    given: { market: { kind: "unseen", why: "address_refused" } },
    decided: "hold stale_offers",
    said: "Цену не меняем: Kaspi не отвечает на наш адрес в сети.",
  },
  {
    market: "the bot is off",
    given: { rule: { enabled: false } },
    decided: "skip rule_disabled",
    said: "Цену не трогаем: бот выключен.",
  },
  {
    market: "the stored rule is of no version we know",
    given: { unreadableRule: true, rivals: [1000] },
    decided: "skip unreadable_rule",
    said: "Цену не трогаем: правило товара не читается. Задайте его заново.",
  },
  {
    market: "no floor is set",
    given: { floor: null, rivals: [1000] },
    decided: "skip missing_floor",
    said: "Цену не трогаем: не задан минимум.",
  },
  {
    market: "the floor is taken from a cost nobody has entered",
    given: { floor: null, rivals: [1000], rule: { floorFromCost: true } },
    decided: "skip missing_floor",
    said: "Цену не трогаем: минимум из себестоимости пока нельзя посчитать.",
  },
  {
    market: "the floor is above the ceiling",
    given: { floor: 1300, rivals: [1000] },
    decided: "skip floor_above_ceiling",
    said: "Цену не трогаем: минимум 1 300 ₸ выше максимума 1 200 ₸.",
  },
  {
    market: "the floor is above the ceiling that was computed from cost",
    given: { floor: 1300, rule: { ceilingFromCost: true }, rivals: [1000] },
    decided: "skip floor_above_ceiling",
    said: "Цену не трогаем: минимум 1 300 ₸ выше максимума 1 200 ₸, который посчитан из себестоимости.",
  },
  {
    market: "a person holds the price",
    given: { manualLock: true, rivals: [1000] },
    decided: "skip manual_lock",
    said: "Цену не трогаем: вы закрепили её вручную.",
  },
  {
    market: "the product is off sale",
    given: { onSale: false, rivals: [1000] },
    decided: "skip not_on_sale",
    said: "Цену не трогаем: товар снят с продажи.",
  },
  {
    market: "there is no card",
    given: { hasCard: false },
    decided: "skip missing_card",
    said: "Цену не трогаем: товар не привязан к карточке Kaspi, и соперников не видно.",
  },
  {
    market: "Kaspi shows no price of ours in this city",
    given: { current: null, rivals: [1000] },
    decided: "skip missing_price",
    said: "Цену не трогаем: Kaspi не показывает нашу цену в этом городе.",
  },
];
