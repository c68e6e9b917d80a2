import { expect, test } from "vitest";
import { later } from "@/lib/core/time";
import { judgeLeaving, type Leaving } from "@/lib/preorders/gate-rules";

const now = new Date("2026-11-22T10:00:00Z");
const fine: Leaving = {
  ...{ now, sendingStopped: false, readAt: now, kaspi: { onSale: true, pending: false } },
  ...{ isShown: false, isEnding: false, knowsPoints: true, priceRefusal: null },
};

test.each<[string, Partial<Leaving>, object]>([
  ["all is well", {}, { kind: "pass" }],
  [
    "the kill switch is pulled",
    { sendingStopped: true, isShown: true },
    { kind: "wait", why: "sending_stopped" },
  ],
  ["the row was read too long ago", { readAt: later(now, -15_001) }, { kind: "read_again" }],
  ["when it was read is not known", { readAt: new Date(Number.NaN) }, { kind: "read_again" }],
  ["the article is not in the list", { kaspi: null }, { kind: "refuse", why: "gone" }],
  ["an ending finds no article", { kaspi: null, isEnding: true }, { kind: "nothing" }],
  [
    "another change is on its way",
    { kaspi: { onSale: true, pending: true }, isShown: true },
    { kind: "wait", why: "pending_at_kaspi" },
  ],
  ["it is so already", { isShown: true }, { kind: "nothing" }],
  [
    "an ending finds the goods off sale",
    { isEnding: true, kaspi: { onSale: false, pending: false } },
    { kind: "nothing" },
  ],
  ["a point is gone", { knowsPoints: false }, { kind: "refuse", why: "point_unknown" }],
  [
    "an ending minds no point that is gone",
    { knowsPoints: false, isEnding: true },
    { kind: "pass" },
  ],
  [
    "the price may not leave",
    { priceRefusal: "below_floor" },
    { kind: "refuse", why: "below_floor" },
  ],
])("when %s", (_title, given, verdict) => {
  expect(judgeLeaving({ ...fine, ...given })).toEqual(verdict);
});
