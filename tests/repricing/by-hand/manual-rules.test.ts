import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import {
  anchorWhenSwitchedOn,
  floorNeedsConfirmation,
  judgeLimits,
  judgeManualPrice,
  type TypedVerdict,
} from "@/lib/repricing/by-hand/manual-rules";
import { money } from "../../support/pricing";

const inWords = (verdict: TypedVerdict) =>
  verdict.kind === "ok" ? "ok" : `${verdict.kind} ${verdict.key}`;

type Typed = {
  price?: number;
  floor?: number | null;
  ceiling?: number | null;
  current?: number | null;
  freeze?: number;
};

function typedPrice({
  price = 1000,
  floor = 900,
  ceiling = 1200,
  current = 1100,
  freeze = 40,
}: Typed) {
  const limits = { floor: money(floor), ceiling: money(ceiling), current: money(current) };
  return inWords(judgeManualPrice({ ...limits, price: tenge(price), freeze }));
}

test.each<[string, Typed, string]>([
  ["a price between floor and ceiling is fine", {}, "ok"],
  ["the floor itself is fine", { price: 900 }, "ok"],
  ["the ceiling itself is fine", { price: 1200 }, "ok"],
  ["below the floor is refused", { price: 899 }, "refuse price_below_floor"],
  ["above the ceiling is refused", { price: 1201 }, "refuse price_above_ceiling"],
  ["below 10 ₸ is refused", { price: 9, floor: null }, "refuse price_below_minimum"],
  ["0 is refused", { price: 0, floor: null }, "refuse price_below_minimum"],
  [
    "without limits any price near the present one is fine",
    { price: 1400, floor: null, ceiling: null },
    "ok",
  ],
  ["40 % away is fine", { price: 600, floor: null, current: 1000 }, "ok"],
  [
    "further away is asked back",
    { price: 599, floor: null, current: 1000 },
    "confirm price_far_from_current",
  ],
  ["upwards too", { price: 1401, ceiling: null, current: 1000 }, "confirm price_far_from_current"],
  [
    "a digit missing is asked back",
    { price: 1299, floor: null, ceiling: null, current: 12_990 },
    "confirm price_far_from_current",
  ],
  ["the percentage is the rule's", { price: 900, freeze: 10 }, "confirm price_far_from_current"],
  [
    "with no present price there is nothing to compare with",
    { current: null },
    "confirm price_unknown",
  ],
  ["a present price of 0 is none", { current: 0 }, "confirm price_unknown"],
  [
    "limits are checked before anything is asked",
    { price: 100, current: null },
    "refuse price_below_floor",
  ],
])("%s", (_, typed, expected) => {
  expect(typedPrice(typed)).toBe(expected);
});

function typedLimits({ floor = 900, ceiling = 1200, current = 1100 }: Typed) {
  return inWords(
    judgeLimits({ floor: money(floor), ceiling: money(ceiling), current: money(current) }),
  );
}

test.each<[string, Typed, string]>([
  ["a floor under the ceiling is fine", {}, "ok"],
  ["floor and ceiling in one are fine", { floor: 1200 }, "ok"],
  ["a floor above the ceiling is refused", { floor: 1201 }, "refuse floor_above_ceiling"],
  ["clearing the floor is fine", { floor: null }, "ok"],
  ["clearing the ceiling is fine", { ceiling: null }, "ok"],
  ["a floor above the present price is fine: it raises it", { floor: 1150 }, "ok"],
  ["a floor of 9 ₸ is refused", { floor: 9 }, "refuse price_below_minimum"],
  [
    "a floor of 0 is refused: it is not how one clears it",
    { floor: 0 },
    "refuse price_below_minimum",
  ],
  ["a ceiling of 9 ₸ is refused", { floor: null, ceiling: 9 }, "refuse price_below_minimum"],
  [
    "a floor with a digit missing is asked back",
    { floor: 1299, ceiling: null, current: 12_990 },
    "confirm floor_far_below_price",
  ],
  ["half of the price is not under half", { floor: 550 }, "ok"],
  ["one below half is", { floor: 549 }, "confirm floor_far_below_price"],
  ["with no present price nothing is asked", { floor: 10, current: null }, "ok"],
])("%s", (_, typed, expected) => {
  expect(typedLimits(typed)).toBe(expected);
});

test("an odd price has a half too", () => {
  expect(floorNeedsConfirmation(tenge(500), tenge(1001))).toBe(true);
  expect(floorNeedsConfirmation(tenge(501), tenge(1001))).toBe(false);
});

test("switching a bot off and on again never lowers its anchor", () => {
  expect(anchorWhenSwitchedOn(null, tenge(1000))).toBe(1000);
  expect(anchorWhenSwitchedOn(tenge(1000), tenge(900))).toBe(1000);
  expect(anchorWhenSwitchedOn(tenge(1000), tenge(1100))).toBe(1100);
  expect(anchorWhenSwitchedOn(tenge(1000), null)).toBe(1000);
  expect(anchorWhenSwitchedOn(null, null)).toBeNull();
});
