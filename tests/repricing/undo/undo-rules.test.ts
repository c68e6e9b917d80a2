import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import type { UndoSubject } from "@/lib/repricing/undo/undo-model";
import { judgeUndoOfRun } from "@/lib/repricing/undo/undo-rules";

/** From 1 000 to 950, confirmed, and nobody was there since. */
const change = (over: Partial<UndoSubject> = {}): UndoSubject => ({
  decisionId: "decision",
  productId: "product",
  cityId: "city",
  sku: "sku",
  name: "name",
  seq: 1,
  state: "left",
  price: tenge(950),
  priceBefore: tenge(1000),
  isOutdated: false,
  current: tenge(950),
  floor: tenge(900),
  ceiling: tenge(1200),
  anchor: tenge(1000),
  anchorBefore: null,
  isByPerson: false,
  manualLock: false,
  botEnabled: true,
  isLead: true,
  isPriced: true,
  onSale: true,
  isGone: false,
  ...over,
});

const byPerson = { isByPerson: true, anchor: tenge(9000) };

const fate = (...changes: UndoSubject[]) =>
  judgeUndoOfRun(changes).map(({ outcome }) =>
    outcome.kind === "back"
      ? `back to ${outcome.price}`
      : outcome.kind === "skipped"
        ? outcome.why
        : outcome.kind,
  );

describe("a change that is undone", () => {
  test.each<[string, Partial<UndoSubject>, string]>([
    ["goes back to the price before", {}, "back to 1000"],
    ["has not left: it is withdrawn", { state: "waiting", current: tenge(1000) }, "withdrawn"],
    ["never left", { state: "never_left", current: tenge(1000) }, "never_left"],
    ["has a newer one after it", { isOutdated: true }, "changed_since"],
    ["is no longer what Kaspi shows", { current: tenge(951) }, "changed_since"],
    ["had no price before it", { priceBefore: null }, "no_price_before"],
    ["is of a product that is off sale", { onSale: false }, "not_on_sale"],
    ["is of a product that is gone", { isGone: true, onSale: false }, "gone"],
    ["is of a city that is no longer priced", { isPriced: false }, "other_city"],
    ["came from below the floor", { floor: tenge(1001) }, "below_floor"],
    ["came from exactly the floor", { floor: tenge(1000) }, "back to 1000"],
    ["came from above the ceiling", { ceiling: tenge(999) }, "above_ceiling"],
    ["came from exactly the ceiling", { ceiling: tenge(1000) }, "back to 1000"],
    ["has no limits", { floor: null, ceiling: null }, "back to 1000"],
    ["came from less than Kaspi takes", { priceBefore: tenge(9), floor: null }, "below_floor"],
  ])("%s", (_, over, expected) => {
    expect(fate(change(over))).toEqual([expected]);
  });

  test("is one of several of its product: they go back to the price before the first", () => {
    const first = change({ seq: 1 });
    const second = change({ seq: 2, priceBefore: tenge(950), price: tenge(940) });
    const now = { current: tenge(940) };
    expect(fate({ ...second, ...now }, { ...first, ...now })).toEqual([
      "back to 1000",
      "back to 1000",
    ]);
  });

  test("has left before another that has not: the first goes back, the other is withdrawn", () => {
    const waiting = change({
      seq: 2,
      state: "waiting",
      priceBefore: tenge(950),
      price: tenge(940),
    });
    expect(fate(change(), waiting)).toEqual(["back to 1000", "withdrawn"]);
  });

  test("is judged city by city", () => {
    const elsewhere = change({ cityId: "other", isOutdated: true });
    expect(fate(change(), elsewhere)).toEqual(["back to 1000", "changed_since"]);
  });

  test("goes back whatever came since, when a person names it alone", () => {
    const [judged] = judgeUndoOfRun([change({ isOutdated: true, current: tenge(700) })], {
      evenIfChanged: true,
    });
    expect(judged?.outcome).toMatchObject({ kind: "back", price: 1000 });
  });

  test.each<[string, Partial<UndoSubject>, number]>([
    ["a bot's stays", { anchor: tenge(1300) }, 1300],
    ["a bot's reaches the price", { anchor: null }, 1000],
    ["a person's is the one before it", { ...byPerson, anchorBefore: tenge(1100) }, 1100],
    ["a person's reaches the price", { ...byPerson, anchorBefore: tenge(960) }, 1000],
    ["a person's that was the first", byPerson, 1000],
  ])("leaves an anchor: %s", (_, over, anchor) => {
    const [judged] = judgeUndoOfRun([change(over)]);
    expect(judged?.outcome).toEqual({ kind: "back", price: 1000, anchor });
  });
});
