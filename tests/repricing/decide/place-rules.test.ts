import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { placeAt, placeOf } from "@/lib/repricing/decide/place-rules";
import { offer } from "../../support/pricing";

const others = [900, 1000, 1000, 1200, 1300].map(offer);

test.each<[string, number, number]>([
  ["below everybody is the first place", 899, 1],
  ["level with the cheapest is not", 900, 2],
  ["a tie counts against us", 1000, 4],
  ["one below the tie is ahead of it", 999, 2],
  ["above everybody is the last place", 5000, 6],
])("%s", (_, price, place) => {
  expect(placeAt(tenge(price), others)).toEqual({ place, of: 6 });
});

test("nobody else: the first of one", () => {
  expect(placeAt(tenge(1000), [])).toEqual({ place: 1, of: 1 });
});

test("our place is found among all offers, our second store counted like anyone", () => {
  const offers = [
    offer({ merchantId: "our-second-store", price: tenge(950) }),
    offer({ merchantId: "ours", price: tenge(1000) }),
    offer({ merchantId: "stranger", price: tenge(1100) }),
  ];
  expect(placeOf(offers, "ours")).toEqual({ place: 2, of: 3 });
});

test("a preorder has a place too: buyers see it", () => {
  const offers = [
    offer({ price: tenge(900), preorderDays: 7 }),
    offer({ merchantId: "ours", price: tenge(1000) }),
  ];
  expect(placeOf(offers, "ours")).toEqual({ place: 2, of: 2 });
});

test("Kaspi's own count is shown when it knows of more offers than it lists", () => {
  expect(
    placeOf([...others, offer({ merchantId: "ours", price: tenge(950) })], "ours", 80),
  ).toEqual({
    place: 2,
    of: 80,
  });
});

test("an offer that is not listed has no place", () => {
  expect(placeOf(others, "ours")).toBeNull();
});
