import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { translator } from "@/lib/i18n/translator";
import { stateText } from "@/lib/repricing/decide/reason-text";
import { type ExitInput, judgeExit, refusals } from "@/lib/repricing/send/gate-rules";
import { type ExitOver, exitOf } from "../../support/exit";
import { noon } from "../../support/pricing";

/** Bought for 990, 10 % to Kaspi: 1,100 is the lowest price that loses nothing. */
const bought: ExitInput["product"]["earnings"] = {
  kind: "terms",
  terms: {
    cost: tenge(990),
    packaging: tenge(0),
    other: tenge(0),
    returns: tenge(0),
    minProfit: tenge(0),
    commission: 1_000,
    kaspiPay: 0,
    tax: 0,
    minMargin: 0,
    bands: null,
    weightGrams: null,
  },
};

const markets: [market: string, given: ExitOver, verdict: string, said: string][] = [
  ["nothing stands against the price", {}, "pass", "Ждёт отправки"],
  [
    "half a tenge is no price",
    { decision: { price: 999.5 as ReturnType<typeof tenge> } },
    "refuse not_a_price",
    "Не отправили: это не цена.",
  ],
  [
    "9 ₸ is refused whatever the floor says",
    { decision: { price: tenge(9) }, product: { floor: tenge(1) } },
    "refuse below_lowest",
    "Не отправили: Kaspi не принимает цены ниже 10 ₸.",
  ],
  [
    "the article has left the list",
    { kaspi: null },
    "refuse gone",
    "Не отправили: товара больше нет в вашем списке на Kaspi.",
  ],
  [
    "the goods were taken off sale meanwhile",
    { kaspi: { onSale: false } },
    "refuse not_on_sale",
    "Не отправили: товар снят с продажи.",
  ],
  [
    "the bot was switched off meanwhile",
    { product: { botEnabled: false } },
    "refuse bot_off",
    "Не отправили: бот выключен.",
  ],
  [
    "a person has fixed the price meanwhile",
    { product: { manualLock: true } },
    "refuse manual_lock",
    "Не отправили: цену закрепили вручную.",
  ],
  [
    "the floor was cleared meanwhile",
    { product: { floor: null } },
    "refuse missing_floor",
    "Не отправили: не задан минимум.",
  ],
  [
    "the cost the floor rests on was cleared meanwhile",
    { product: { earnings: { kind: "missing", missing: [] } } },
    "refuse missing_costs",
    "Не отправили: минимум из себестоимости сейчас нельзя посчитать, не всё задано.",
  ],
  [
    "the cost has risen meanwhile",
    { product: { earnings: bought } },
    "refuse unprofitable",
    "Не отправили: с этой ценой заработок меньше нужного.",
  ],
  [
    "nobody had seen the market",
    { decision: { marketSeen: false } },
    "refuse market_unseen",
    "Не отправили: рынок не был прочитан.",
  ],
  [
    "the floor was raised above the ceiling meanwhile",
    { decision: { price: tenge(1250) }, product: { floor: tenge(1220) } },
    "refuse limits_crossed",
    "Не отправили: минимум выше максимума.",
  ],
  [
    "the floor was raised above the price meanwhile",
    { product: { floor: tenge(1000) } },
    "refuse below_floor",
    "Не отправили: цена ниже минимума.",
  ],
  [
    "the ceiling was lowered under the price meanwhile",
    { product: { ceiling: tenge(950) } },
    "refuse above_ceiling",
    "Не отправили: цена выше максимума.",
  ],
  [
    "a price typed yesterday is not meant any more",
    { decision: { origin: "manual" }, now: later(noon, DAY + MINUTE) },
    "refuse too_late",
    "Не отправили: цену задали больше суток назад.",
  ],
  [
    "a price put back by an undo, and somebody has changed it meanwhile",
    { decision: { origin: "undo" }, kaspi: { price: tenge(1050) } },
    "refuse changed_since",
    "Не отправили: после возврата цена на Kaspi уже другая.",
  ],
  [
    "Kaspi shows this price already",
    { decision: { believed: tenge(999) }, kaspi: { price: tenge(999) } },
    "refuse nothing_to_send",
    "Не отправили: Kaspi уже показывает эту цену.",
  ],
  [
    "the decision is older than two looks at the market",
    { now: later(noon, 11 * MINUTE) },
    "decide_again expired",
    "Решаем заново: решение устарело.",
  ],
  [
    "somebody has tied the article to another card",
    { kaspi: { cardId: "another" } },
    "decide_again card_moved",
    "Решаем заново: товар на Kaspi теперь на другой карточке.",
  ],
  [
    "somebody has changed the price in Kaspi's cabinet",
    { kaspi: { price: tenge(1050) } },
    "decide_again price_moved",
    "Решаем заново: цена на Kaspi уже другая.",
  ],
  [
    "somebody has stopped the sending",
    { sendingStopped: true },
    "wait sending_stopped",
    "Ждёт: отправка цен остановлена.",
  ],
  [
    "Kaspi has not digested the last price",
    { kaspi: { pending: true } },
    "wait pending_at_kaspi",
    "Ждёт: Kaspi ещё обрабатывает прежнюю цену.",
  ],
];

test.each(markets)("%s", (_, given, verdict, said) => {
  const judged = judgeExit(exitOf(given));
  const why = "why" in judged ? judged.why : null;
  expect(why === null ? judged.kind : `${judged.kind} ${why}`).toBe(verdict);
  const told = stateText(translator("ru"), "ru", { state: "pending", stateReason: why });
  expect(told).toBe(said);
});

test("every refusal there is has a market with a name", () => {
  const named = new Set(markets.map(([, , verdict]) => verdict));
  expect(refusals.filter((why) => !named.has(`refuse ${why}`))).toEqual([]);
});
