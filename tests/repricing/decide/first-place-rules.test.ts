import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { wayToFirst } from "@/lib/repricing/decide/first-place-rules";
import { inputOf, offer, outcome, type Scenario } from "../../support/pricing";

const way = (scenario: Scenario) =>
  wayToFirst(inputOf(scenario), (scenario.rivals ?? []).map(offer));

describe("the way to the first place", () => {
  it("is one tenge under the cheapest, with nothing in the way", () => {
    expect(way({ current: 1_100, rivals: [1_050, 1_200] })).toEqual({
      kind: "way",
      price: 1_049,
      cheapest: 1_050,
      obstacles: [],
    });
  });

  it("is not needed by who is the cheapest or alone; a tie is not the first place", () => {
    expect(way({ current: 1_000, rivals: [1_001] })).toEqual({ kind: "first", above: 1_001 });
    expect(way({ rivals: [] })).toEqual({ kind: "alone" });
    expect(way({ current: 1_000, rivals: [1_000] })).toMatchObject({ kind: "way", price: 999 });
    expect(way({ current: null, rivals: [1_000] })).toBeNull();
  });

  it.each<[string, Scenario, string[]]>([
    ["a floor above it", { floor: 1_060, rivals: [1_050] }, ["floor"]],
    ["no floor", { floor: null, rivals: [1_050] }, ["no_floor"]],
    ["another aim", { rule: { strategy: { kind: "match" } }, rivals: [1_050] }, ["other_aim"]],
    ["a bot that is off", { rule: { enabled: false }, rivals: [1_050] }, ["bot_off"]],
    ["a price locked by hand", { manualLock: true, rivals: [1_050] }, ["manual_lock"]],
    ["a large change", { floor: 100, rivals: [700] }, ["step"]],
    ["a change to be asked about", { floor: 100, rivals: [600] }, ["freeze", "step"]],
    ["goods off sale", { onSale: false, rivals: [1_050] }, ["not_on_sale"]],
    ["an own store", { lead: { kind: "hold" }, rivals: [1_050] }, ["own_store_leads"]],
    ["Kaspi's lowest price", { floor: 10, current: 11, rivals: [10] }, ["below_lowest", "floor"]],
  ])("is barred by %s", (_, scenario, obstacles) => {
    expect(way(scenario)).toMatchObject({ kind: "way", obstacles });
  });

  it("is gone in one check when nothing stands in it", () => {
    const price = fc.integer({ min: 500, max: 1_500 });
    fc.assert(
      fc.property(price, price, (current, rival) => {
        const scenario = { floor: 400, ceiling: 2_000, current, rivals: [rival] };
        const found = way(scenario);
        fc.pre(found?.kind === "way" && found.obstacles.length === 0);
        expect(outcome(scenario)).toBe(`change ${tenge(rival - 1)} undercut`);
      }),
    );
  });
});
