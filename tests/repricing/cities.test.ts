import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { jobEvents } from "@/lib/db/schema/jobs";
import { products } from "@/lib/db/schema/products";
import { releaseManualLock } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { runCycle } from "@/lib/repricing/check/run-cycle";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { ALMATY, ASTANA, type CityHandle, cityShelf } from "../support/city-goods";
import { testOffice } from "../support/office";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
let shelf: CityHandle[] = [];
let goods: CityHandle;
let astana = 0;
let almaty = 0;

beforeAll(async () => {
  shelf = await cityShelf(office, 20);
});

beforeEach(async () => {
  twin.clearFaults();
  await db.update(products).set({ botEnabled: false });
  const next = shelf.pop();
  if (!next) throw new Error("the shop is too small for these tests");
  goods = next;
  [astana, almaty] = [goods.kaspiPrice(ASTANA), goods.kaspiPrice(ALMATY)];
  goods.rivals(ASTANA, astana - 20);
  goods.rivals(ALMATY, almaty - 70);
  await goods.watch(Math.ceil(astana * 0.9));
});

const lastWrite = () => goods.writes().at(-1)?.body as { cityPrices: unknown[] } | undefined;
const run = () => repriceDue(access, goods.storeId, { trigger: "schedule" });

describe("two cities of a product", () => {
  test("get different prices, each by its own market", async () => {
    await run();
    await goods.sendAll();
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 71 });
    expect(await goods.last(ASTANA)).toMatchObject({ reason: "undercut", state: "confirmed" });
    expect(await goods.last(ALMATY)).toMatchObject({ reason: "undercut", state: "confirmed" });
  });

  test("take turns: a write repeats the other city's price as it is, and undoes no change of it", async () => {
    await run();
    await goods.publish();
    const waiting = await Promise.all([ASTANA, ALMATY].map((city) => goods.last(city)));
    expect(waiting.map((row) => row?.state).sort()).toEqual(["pending", "sent"]);
    await goods.sendAll();
    const bodies = goods.writes().map(({ body }) => (body as { cityPrices: unknown }).cityPrices);
    const prices = ([first, second]: [number, number]) =>
      expect.arrayContaining([
        { cityId: ASTANA, value: first },
        { cityId: ALMATY, value: second },
      ]);
    expect(bodies).toHaveLength(2);
    expect(bodies.at(-1)).toEqual(prices([astana - 21, almaty - 71]));
  });

  test("move apart: one that cannot be read keeps its price while the other moves", async () => {
    twin.setFault({ name: "garbled_json", at: ["offers"], cityId: ALMATY });
    await run();
    await goods.sendAll();
    expect(goods.kaspiPrice(ASTANA)).toBe(astana - 21);
    expect(goods.kaspiPrice(ALMATY)).toBe(almaty);
    expect(await goods.last(ALMATY)).toMatchObject({ kind: "hold", reason: "stale_offers" });
    const cities = await goods.cities();
    expect(cities.get(ALMATY)?.failures).toBe(1);
    expect(cities.get(ASTANA)?.failures).toBe(0);
  });

  test("leave a third city, which is not priced, as it is", async () => {
    const { merchantUid, sku } = goods;
    const shymkent = { cityId: "511010000", value: astana + 3_000 };
    twin.changeOffer({
      merchantUid,
      sku,
      cityPrices: [...(goods.truth().cityPrices ?? []), shymkent],
    });
    await run();
    await goods.sendAll();
    expect(lastWrite()?.cityPrices).toContainEqual(shymkent);
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 71 });
    expect((await goods.cities()).get(shymkent.cityId)).toBeUndefined();
  });

  test("have limits of their own: the floor of one stops that one only", async () => {
    const limits = { cityId: ALMATY, floor: tenge(almaty - 30) };
    await setLimits(db, owner, goods.productId, limits, clock());
    await run();
    await goods.sendAll();
    expect(await goods.last(ALMATY)).toMatchObject({
      reason: "pinned_to_floor",
      state: "confirmed",
    });
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 30 });
  });

  test("a floor raised in one city while its price waits refuses that price at the gate", async () => {
    await run();
    const limits = { cityId: ALMATY, floor: tenge(almaty - 30) };
    await setLimits(db, owner, goods.productId, limits, clock());
    await goods.sendAll();
    const refused = { state: "refused", stateReason: "below_floor" };
    expect(await goods.last(ALMATY)).toMatchObject(refused);
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty });
  });

  test("may have rules of their own, over the product's and the store's", async () => {
    await setProductRule(db, owner, goods.productId, { strategy: { kind: "match" } }, clock());
    const step = { unit: "tenge", value: tenge(40) } as const;
    const rule = { strategy: { kind: "undercut" }, step } as const;
    await setProductRule(db, owner, goods.productId, rule, clock(), ALMATY);
    await run();
    await goods.sendAll();
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 20, [ALMATY]: almaty - 110 });
  });

  test("have ceilings of their own: another city's price is not one", async () => {
    goods.rivals(ASTANA);
    goods.rivals(ALMATY);
    await setProductRule(db, owner, goods.productId, { whenAlone: { kind: "ceiling" } }, clock());
    await run();
    await goods.sendAll();
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana, [ALMATY]: almaty });
  });

  test("a price set by hand and held in one city leaves the other to the bot", async () => {
    const hand = { price: tenge(almaty - 5), hold: true, confirm: true, cityId: ALMATY };
    await setPriceByHand(db, owner, goods.productId, hand, clock());
    await run();
    await goods.sendAll();
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 5 });
    twin.advance({ ms: HOUR });
    await run();
    expect(await goods.last(ALMATY)).toMatchObject({ kind: "skip", reason: "manual_lock" });
    await releaseManualLock(db, owner, goods.productId, clock(), ALMATY);
    await run();
    await goods.sendAll();
    // What was set by hand is the ceiling there until another is typed.
    expect(goods.kaspiPrice(ALMATY)).toBe(almaty - 71);
  });
});

describe("a write of one city on its way", () => {
  test("that is lost keeps the other waiting until it is known to be", async () => {
    await run();
    twin.setFault({ name: "write_lost", times: 1 });
    await goods.publish();
    const [first, second] =
      (await goods.last(ASTANA))?.state === "sent" ? [ASTANA, ALMATY] : [ALMATY, ASTANA];
    // Kaspi's row shows nothing of it by then, and the other price could be sent for all it says.
    twin.advance({ ms: 2 * MINUTE });
    await goods.confirm();
    expect((await goods.publish()).sent).toBe(0);
    expect(await goods.last(second)).toMatchObject({ state: "pending", stateReason: null });
    twin.advance({ ms: HOUR });
    await goods.confirm();
    expect(await goods.last(first)).toMatchObject({ state: "rejected" });
    await run();
    await goods.sendAll();
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 71 });
  });

  test.each([
    ["never arrived", "connection_reset"],
    ["arrived unanswered", "answer_lost"],
  ] as const)("that %s is read back before the other leaves", async (_how, name) => {
    await run();
    twin.setFault({ name, at: ["process"], times: 1 });
    await goods.publish();
    const states = async () => [await goods.last(ASTANA), await goods.last(ALMATY)];
    expect((await states()).map((row) => row?.state).sort()).toEqual(["pending", "sending"]);
    const before = goods.writes().length;
    await goods.publish();
    expect(goods.writes()).toHaveLength(before);
    for (let turn = 0; turn < 4; turn += 1) {
      twin.advance({ ms: 16 * MINUTE });
      await goods.confirm();
      await run();
      await goods.sendAll();
    }
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 71 });
    expect((await states()).map((row) => row?.state)).not.toContain("sending");
  });

  test("wakes the sending of the next as soon as it is confirmed", async () => {
    await run();
    await goods.publish();
    await db.delete(jobEvents);
    twin.advance({ ms: 10 * SECOND });
    await goods.confirm();
    const asked = await db.select({ name: jobEvents.name }).from(jobEvents);
    expect(asked.map(({ name }) => name)).toContain("store/publish.requested");
  });

  test("is the only one, however many want to send at once", async () => {
    await run();
    await Promise.all([goods.publish(), goods.publish(), goods.publish()]);
    expect(goods.writes()).toHaveLength(1);
    await goods.sendAll();
    expect(goods.writes()).toHaveLength(2);
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 71 });
  });

  test("that somebody else's change of the other city meets carries that change, too", async () => {
    await run();
    const { merchantUid, sku } = goods;
    const cityPrices = [
      { cityId: ALMATY, value: almaty + 90 },
      { cityId: ASTANA, value: astana },
    ];
    twin.changeOffer({ merchantUid, sku, cityPrices });
    await goods.sendAll();
    // Almaty's price is not what was believed: decided again, from what is shown now.
    expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty + 90 });
    await run();
    await goods.sendAll();
    expect(goods.kaspiPrice(ALMATY)).toBe(almaty - 71);
  });
});

test("a cycle by command sends every city, each in its turn, and names it", async () => {
  const cycle = await runCycle(access, goods.storeId, { dryRun: false });
  expect(goods.writes()).toHaveLength(2);
  await goods.sendAll();
  expect(goods.truth().prices).toMatchObject({ [ASTANA]: astana - 21, [ALMATY]: almaty - 71 });
  const told = cycle?.changes.map(({ cityName, state }) => [cityName, state]);
  expect(told).toContainEqual([expect.stringContaining("Астана"), expect.any(String)]);
  expect(told).toContainEqual([null, expect.any(String)]);
});

describe("prices by city taken away at Kaspi while two wait", () => {
  beforeEach(async () => {
    await run();
    const { merchantUid, sku } = goods;
    twin.changeOffer({ merchantUid, sku, price: almaty, cityPrices: null });
  });

  test("leave one price, that of the leading city, and the other is not sent", async () => {
    await goods.sendAll();
    expect(await goods.last(ASTANA)).toMatchObject({
      state: "superseded",
      stateReason: "other_city",
    });
    expect(goods.truth()).toMatchObject({ price: almaty - 71, cityPrices: null });
    const [product] = await db.select().from(products).where(eq(products.id, goods.productId));
    expect(product).toMatchObject({ cityPrices: null, leadCityId: ALMATY });
    expect((await goods.cities()).get(ASTANA)?.isPriced).toBe(false);
  });
});
