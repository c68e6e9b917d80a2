import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import { judgeExit } from "@/lib/repricing/send/gate-rules";
import { type ExitOver, exitOf } from "../../support/exit";
import { noon } from "../../support/pricing";

function verdict(over: ExitOver): string {
  const judged = judgeExit(exitOf(over));
  return "why" in judged ? `${judged.kind} ${judged.why}` : judged.kind;
}

const price = (amount: number): ExitOver => ({
  decision: { price: amount as ReturnType<typeof tenge> },
});
const byHand = (amount: number, over: ExitOver = {}): ExitOver => ({
  ...over,
  decision: { price: tenge(amount), origin: "manual", ...over.decision },
});

const bot: [string, ExitOver, string][] = [
  ["a price within its limits passes", {}, "pass"],
  ["a price at the floor passes", price(900), "pass"],
  ["a price one below the floor does not", price(899), "refuse below_floor"],
  ["a price at the ceiling passes", price(1200), "pass"],
  ["a price one above the ceiling does not", price(1201), "refuse above_ceiling"],
  [
    "a floor raised since the decision counts",
    { product: { floor: tenge(1000) } },
    "refuse below_floor",
  ],
  [
    "a ceiling lowered since the decision counts",
    { product: { ceiling: tenge(950) } },
    "refuse above_ceiling",
  ],
  ["a cleared floor stops the bot", { product: { floor: null } }, "refuse missing_floor"],
  [
    "a bot switched off since the decision sends nothing",
    { product: { botEnabled: false } },
    "refuse bot_off",
  ],
  [
    "a price fixed by hand since then stays",
    { product: { manualLock: true } },
    "refuse manual_lock",
  ],
  [
    "a decision without a market does not pass",
    { decision: { marketSeen: false } },
    "refuse market_unseen",
  ],
  [
    "limits that cross let nothing through",
    { product: { ceiling: tenge(800) } },
    "refuse limits_crossed",
  ],
  [
    "without a ceiling the anchor is it",
    { ...price(1300), product: { ceiling: null, anchor: tenge(1250) } },
    "refuse above_ceiling",
  ],
  [
    "a price at the anchor passes",
    { ...price(1250), product: { ceiling: null, anchor: tenge(1250) } },
    "pass",
  ],
  [
    "an anchor below the floor is the floor",
    { ...price(900), product: { ceiling: null, anchor: tenge(500) } },
    "pass",
  ],
  [
    "and nothing above it",
    { ...price(901), product: { ceiling: null, anchor: tenge(500) } },
    "refuse above_ceiling",
  ],
  [
    "without an anchor Kaspi's price is the ceiling",
    { ...price(1101), product: { ceiling: null } },
    "refuse above_ceiling",
  ],
  [
    "a price that has moved on Kaspi is decided anew",
    { kaspi: { price: tenge(1099) } },
    "decide_again price_moved",
  ],
  ["so is one that has gone from Kaspi", { kaspi: { price: null } }, "decide_again price_moved"],
  [
    "and one that nobody had seen before",
    { decision: { believed: null } },
    "decide_again price_moved",
  ],
  [
    "a price decided by the market of another card is decided anew",
    { kaspi: { cardId: "another" } },
    "decide_again card_moved",
  ],
  [
    "so is one whose article has no card any more",
    { kaspi: { cardId: null } },
    "decide_again card_moved",
  ],
  ["an equal price is not sent", { ...price(1100) }, "refuse nothing_to_send"],
];

const anyone: [string, ExitOver, string][] = [
  ["while sending is stopped a price waits", { sendingStopped: true }, "wait sending_stopped"],
  [
    "even a wrong one, nothing at all moves",
    { ...price(1), sendingStopped: true },
    "wait sending_stopped",
  ],
  [
    "by a row read a quarter of a minute ago it may still leave",
    { readAt: later(noon, -15 * SECOND) },
    "pass",
  ],
  [
    "one older than that is read again, and nothing judged by it",
    { readAt: later(noon, -15 * SECOND - 1), kaspi: null },
    "read_again",
  ],
  ["and one of which nobody knows how old it is", { readAt: new Date(Number.NaN) }, "read_again"],
  [
    "while Kaspi works on the last price it waits",
    { kaspi: { pending: true } },
    "wait pending_at_kaspi",
  ],
  [
    "and Kaspi's old price meanwhile is no news",
    { kaspi: { pending: true, price: tenge(1150) } },
    "wait pending_at_kaspi",
  ],
  ["an article that is gone gets no price", { kaspi: null }, "refuse gone"],
  ["an article off sale gets no price", { kaspi: { onSale: false } }, "refuse not_on_sale"],
  [
    "below 10 ₸ nothing passes",
    { ...price(9), product: { floor: tenge(1) } },
    "refuse below_lowest",
  ],
  ["10 ₸ passes", { ...price(10), product: { floor: tenge(1) } }, "pass"],
  ["tiyn do not pass", price(999.5), "refuse not_a_price"],
  ["nor what is not a number", price(Number.NaN), "refuse not_a_price"],
  ["nor what has no end", price(Number.POSITIVE_INFINITY), "refuse not_a_price"],
  ["nor what is less than nothing", price(-999), "refuse below_lowest"],
];

const manual: [string, ExitOver, string][] = [
  [
    "a price by hand needs no bot and no floor",
    byHand(950, { product: { botEnabled: false, floor: null } }),
    "pass",
  ],
  [
    "a price by hand passes a lock of its own",
    byHand(950, { product: { manualLock: true } }),
    "pass",
  ],
  ["a price by hand needs no market", byHand(950, { decision: { marketSeen: false } }), "pass"],
  ["a price by hand may replace one nobody knew", byHand(950, { kaspi: { price: null } }), "pass"],
  [
    "a price by hand passes above the anchor it will become",
    byHand(5000, { product: { ceiling: null, anchor: tenge(1000) } }),
    "pass",
  ],
  ["a price by hand does not pass under a floor", byHand(899), "refuse below_floor"],
  ["a price by hand does not pass over a typed ceiling", byHand(1201), "refuse above_ceiling"],
  [
    "a price by hand is still at least 10 ₸",
    byHand(9, { product: { floor: null } }),
    "refuse below_lowest",
  ],
  [
    "a price by hand waits for the kill switch too",
    byHand(950, { sendingStopped: true }),
    "wait sending_stopped",
  ],
  [
    "a price by hand is not put on what is off sale",
    byHand(950, { kaspi: { onSale: false } }),
    "refuse not_on_sale",
  ],
  ["an equal price by hand is not sent", byHand(1100), "refuse nothing_to_send"],
];

test.each([...bot, ...anyone, ...manual])("%s", (_, over, expected) => {
  expect(verdict(over)).toBe(expected);
});

const after = (minutes: number) => ({ now: later(noon, minutes * MINUTE) });

test.each<[string, ExitOver, string]>([
  ["a bot's decision lives two intervals", after(10), "pass"],
  ["and is decided anew after them", after(10.001), "decide_again expired"],
  ["the interval is the rule's", { ...after(100), product: { intervalMinutes: 60 } }, "pass"],
  [
    "an old decision below the floor is still refused",
    { ...after(100), ...price(899) },
    "refuse below_floor",
  ],
  [
    "an old decision does not wait for Kaspi",
    { ...after(100), kaspi: { pending: true } },
    "decide_again expired",
  ],
  ["a price by hand lives a day", byHand(950, after(24 * 60)), "pass"],
  ["and is forgotten after it", byHand(950, after(24 * 60 + 1)), "refuse too_late"],
  [
    "a decision of no known time is old",
    { decision: { decidedAt: new Date(Number.NaN) } },
    "decide_again expired",
  ],
])("%s", (_, over, expected) => {
  expect(verdict(over)).toBe(expected);
});
