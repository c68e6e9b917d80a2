import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { HOUR, MINUTE } from "@/lib/core/time";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { ALMATY, ASTANA, type CityHandle, cityShelf } from "../support/city-goods";
import { testOffice } from "../support/office";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const cities = [ALMATY, ASTANA] as const;
let shelf: CityHandle[] = [];

beforeAll(async () => {
  shelf = await cityShelf(office, 12);
});

type City = (typeof cities)[number];
type Step =
  | { kind: "market"; city: City; by: number }
  | { kind: "floor"; city: City; share: number }
  | { kind: "check" | "unread"; city: City }
  | { kind: "publish" | "lost" | "unanswered" }
  | { kind: "wait"; ms: number };

const city = fc.constantFrom(...cities);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("market" as const),
    city,
    by: fc.integer({ min: -900, max: 300 }),
  }),
  fc.record({
    kind: fc.constant("floor" as const),
    city,
    share: fc.double({ min: 0.9, max: 0.99, noNaN: true }),
  }),
  fc.record({ kind: fc.constantFrom("check" as const, "unread" as const), city }),
  fc.record({ kind: fc.constantFrom("publish" as const, "lost" as const, "unanswered" as const) }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(10_000, MINUTE, HOUR) }),
);

type Start = Record<City, number>;

async function take(goods: CityHandle, one: Step, start: Start): Promise<void> {
  switch (one.kind) {
    case "market":
      return goods.rivals(one.city, start[one.city] + one.by);
    case "floor": {
      const floor = tenge(Math.floor(start[one.city] * one.share));
      const limits = { cityId: one.city, floor, confirm: true };
      return setLimits(db, owner, goods.productId, limits, clock());
    }
    case "check":
      await goods.check(one.city);
      return;
    case "unread":
      twin.setFault({ name: "garbled_json", at: ["offers"], cityId: one.city });
      await goods.check(one.city);
      return twin.clearFaults({ name: "garbled_json" });
    case "lost":
      return twin.setFault({ name: "write_lost", times: 1 });
    case "unanswered":
      return twin.setFault({ name: "answer_lost", at: ["process"], times: 1 });
    case "publish":
      await goods.publish();
      return;
    case "wait":
      twin.advance({ ms: one.ms });
      await goods.confirm();
  }
}

/** What each write carried, in the order Kaspi took them. */
const bodiesOf = (goods: CityHandle) =>
  goods.writes().map(({ body }) => {
    const { cityPrices } = body as { cityPrices: { cityId: string; value: number }[] };
    return new Map(cityPrices.map(({ cityId, value }) => [cityId, value]));
  });

/** Takes the steps; what Kaspi held just before each write that came of them. */
async function takeAll(goods: CityHandle, steps: Step[], start: Start) {
  const held: Record<string, number>[] = [];
  for (const one of steps) {
    const written = goods.writes().length;
    const { prices } = goods.truth();
    await take(goods, one, start);
    if (goods.writes().length > written) held.push(prices);
  }
  return held;
}

/** A write repeats what Kaspi holds but for one city, and passes no limit there. */
function expectOneCity(body: Map<string, number>, held: Record<string, number>, start: Start) {
  const moved = cities.filter((cityId) => body.get(cityId) !== held[cityId]);
  expect(moved.length).toBeLessThanOrEqual(1);
  for (const cityId of moved) {
    expect(body.get(cityId)).toBeGreaterThanOrEqual(Math.floor(start[cityId] * 0.9));
    expect(body.get(cityId)).toBeLessThanOrEqual(start[cityId]);
  }
}

/** Left alone, both cities come to what their markets and floors say. */
async function expectArrival(goods: CityHandle): Promise<void> {
  twin.clearFaults();
  for (let round = 0; round < 4; round += 1) {
    twin.advance({ ms: HOUR });
    await goods.confirm();
    for (const cityId of cities) await goods.check(cityId);
    await goods.sendAll();
  }
  for (const cityId of cities) {
    const last = await goods.last(cityId);
    expect(["confirmed", "none"]).toContain(last?.state);
    // What is not changed stands where it was believed to stand.
    const arrived = last?.state === "confirmed" ? last.price : last?.priceBefore;
    expect(goods.kaspiPrice(cityId)).toBe(arrived);
  }
}

test("whatever happens to two cities, no write touches both, none passes its city's limits, and both arrive", async () => {
  const steps = fc.array(step, { minLength: 8, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const goods = shelf.pop();
      if (!goods) throw new Error("the shop is too small for these tests");
      const start = {
        [ALMATY]: goods.kaspiPrice(ALMATY),
        [ASTANA]: goods.kaspiPrice(ASTANA),
      };
      for (const cityId of cities) goods.rivals(cityId, start[cityId] - 50);
      await goods.watch(Math.floor(start[ASTANA] * 0.9));
      const held = await takeAll(goods, taken, start);
      for (const [nth, body] of bodiesOf(goods).entries())
        expectOneCity(body, held[nth] ?? {}, start);
      await expectArrival(goods);
      await setBot(db, owner, goods.productId, false, clock());
    }),
    { numRuns: 10, endOnFailure: true },
  );
});
