import { expect, test } from "vitest";
import { actionsIn, hasMoved, type Standing, tabOf } from "@/lib/orders/rules";

const kaspis: Standing = {
  state: "KASPI_DELIVERY",
  status: "ACCEPTED_BY_MERCHANT",
  preOrder: false,
  assembled: false,
  handedOverAt: null,
};
const then = new Date("2026-11-21T06:00:00Z");

test.each<[string, Partial<Standing>, string]>([
  ["a new one", { state: "NEW", status: "APPROVED_BY_BANK" }, "new"],
  ["one to be signed, though accepted", { state: "SIGN_REQUIRED" }, "sign"],
  ["one to be picked up", { state: "PICKUP" }, "pickup"],
  ["one the seller brings", { state: "DELIVERY" }, "delivery"],
  ["a preorder", { preOrder: true }, "preorder"],
  ["an accepted one", {}, "packing"],
  ["an accepted one of an old answer", { assembled: null }, "packing"],
  ["a packed one", { assembled: true }, "handover"],
  ["a packed preorder", { preOrder: true, assembled: true }, "handover"],
  ["one the status calls packed", { status: "ASSEMBLED", assembled: null }, "handover"],
  ["one the courier has", { assembled: true, handedOverAt: then }, "transmitted"],
  ["one that comes back", { status: "CANCELLING", handedOverAt: then }, "returning"],
  ["one asked back", { status: "KASPI_DELIVERY_RETURN_REQUESTED" }, "returning"],
  ["one that is over", { state: "ARCHIVE", status: "COMPLETED" }, "archive"],
  ["the cabinet's packing", { state: "KASPI_DELIVERY_CARGO_ASSEMBLY" }, "packing"],
  ["the cabinet's hand-over", { state: "KASPI_DELIVERY_WAIT_FOR_COURIER" }, "handover"],
  ["the cabinet's preorder", { state: "KASPI_DELIVERY_WAIT_FOR_POINT_DELIVERY" }, "preorder"],
  ["the cabinet's way back", { state: "KASPI_DELIVERY_RETURN_REQUEST" }, "returning"],
  ["the cabinet's archive", { state: "ARCHIVED", status: "CANCELLED" }, "archive"],
  ["a state nobody knows that is over", { state: "MARS", status: "RETURNED" }, "archive"],
  ["a state nobody knows", { state: "MARS" }, "other"],
  ["one of Kaspi's delivery that is over", { status: "CANCELLED" }, "archive"],
  ["a return that is asked for", { status: "RETURN_REQUESTED", handedOverAt: then }, "returning"],
  ["a preorder whose goods have come", { preOrder: true, status: "ARRIVED" }, "packing"],
])("%s is in the right tab", (_, said, tab) => {
  expect(tabOf({ ...kaspis, ...said })).toBe(tab);
});

test("nothing is offered for what is over or on its way", () => {
  const status = "ACCEPTED_BY_MERCHANT";
  expect(
    (["sign", "transmitted", "returning", "archive"] as const).flatMap((tab) =>
      actionsIn({ tab, status }),
    ),
  ).toEqual([]);
  expect(actionsIn({ tab: "new", status: "APPROVED_BY_BANK" })).toEqual(["accept", "cancel"]);
  expect(actionsIn({ tab: "pickup", status })).toContain("complete");
});

test("nothing is offered for what is not understood, nor what Kaspi would refuse", () => {
  expect(actionsIn({ tab: "other", status: "ACCEPTED_BY_MERCHANT" })).toEqual([]);
  expect(actionsIn({ tab: "new", status: "ACCEPTED_BY_MERCHANT" })).toEqual(["cancel"]);
  expect(actionsIn({ tab: "packing", status: "COMPLETED" })).toEqual([]);
});

test("a preorder may be packed, whether or not Kaspi still calls it one", () => {
  const status = "ACCEPTED_BY_MERCHANT";
  expect(actionsIn({ tab: "preorder", status })).toEqual(["arrive", "assemble", "cancel"]);
});

test.each<[string, object, object, boolean]>([
  ["another status", {}, { status: "CANCELLED" }, true],
  ["the same", {}, {}, false],
  ["the cabinet's words for the same", {}, { status: "ACCEPTED", source: "cabinet" }, false],
  ["the cabinet's word for packed", {}, { status: "ASSEMBLED", source: "cabinet" }, false],
  [
    "the cabinet in another tab",
    {},
    { status: "ACCEPTED", source: "cabinet", tab: "handover" },
    true,
  ],
  ["the old cabinet after the new", { source: "cabinet" }, { source: "cabinet_legacy" }, false],
])("%s: whether an order has moved", (_, before, after, expected) => {
  const seen = {
    state: "PICKUP",
    status: "ACCEPTED_BY_MERCHANT",
    tab: "pickup",
    source: "shop_api",
  };
  const one = { ...seen, ...before } as Parameters<typeof hasMoved>[0];
  const other = { ...seen, ...after } as Parameters<typeof hasMoved>[0];
  expect(hasMoved(one, other)).toBe(expected);
});
