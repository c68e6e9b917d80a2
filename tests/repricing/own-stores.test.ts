import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { trainingCredentials } from "@/lib/accounts/model";
import type { Caller } from "@/lib/auth/model";
import { MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { momentOf } from "@/lib/repricing/check/check-products";
import { leadFacts } from "@/lib/repricing/check/lead-queries";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { setStoreSendingStopped } from "@/lib/stores/queries";
import { saveSettings } from "@/lib/workspace/save-settings";
import { type Goods, type Handle, handle } from "../support/goods";
import { type TestOffice, testOffice } from "../support/office";
import { connectStores, smallShop, syncNow } from "../support/stores";

const ALMATY = "750000000";
const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;

type Shop = { storeId: string; merchantUid: string };

/** Products of both shops on one card, in the order of the cards. */
async function pairs(one: Shop, other: Shop): Promise<[Goods, Goods][]> {
  const of = ({ storeId }: Shop) =>
    db
      .select()
      .from(products)
      .where(and(eq(products.storeId, storeId), eq(products.onSale, true)))
      .orderBy(products.cardId);
  const [ours, theirs] = [await of(one), await of(other)];
  return ours.flatMap((mine): [Goods, Goods][] => {
    const its = theirs.find(({ cardId }) => cardId === mine.cardId);
    return its ? [[goodsOf(mine, one), goodsOf(its, other)]] : [];
  });
}

function goodsOf({ id, sku, cardId }: typeof products.$inferSelect, shop: Shop): Goods {
  return { ...shop, productId: id, sku, cardId: cardId ?? "", cityId: ALMATY };
}

async function shopsOf(user: Caller, login: typeof smallShop): Promise<Shop[]> {
  const { stores } = await connectStores(access, user, login);
  for (const { storeId } of stores) await syncNow(office, storeId);
  return stores.map(({ storeId, merchantId }) => ({ storeId, merchantUid: merchantId }));
}

/** A handle that acts as this user. */
const as = (user: Caller, goods: Goods) => handle({ ...office, owner: user } as TestOffice, goods);

/** So many pieces in one point, counted; null: not counted. */
function stock({ merchantUid, sku }: Goods, stockCount: number | null) {
  const { points } = twin.offer({ merchantUid, sku });
  const left = (points ?? []).map((point, nth) => ({
    ...point,
    available: nth === 0 && stockCount !== 0,
    stockCount,
  }));
  twin.changeOffer({ merchantUid, sku, points: left });
}

beforeEach(async () => {
  const usual = { leadBy: "stock" as const, leadOrder: [], followers: "behind" as const };
  await saveSettings(db, owner, usual, access.clock());
});

describe("two stores of two users on one card", () => {
  let shared: [Goods, Goods][] = [];
  let big: Handle;
  let small: Handle;
  let start = 0;

  beforeAll(async () => {
    const [demo] = await shopsOf(owner, trainingCredentials);
    const [corner] = await shopsOf(stranger, smallShop);
    if (!demo || !corner) throw new Error("the logins have no stores");
    shared = await pairs(demo, corner);
  });

  beforeEach(async () => {
    const next = shared.shift();
    if (!next) throw new Error("too few shared cards");
    [big, small] = [as(owner, next[0]), as(stranger, next[1])];
    start = 20_000;
    for (const { merchantUid, sku, cardId, cityId } of next) {
      twin.changeOffer({ merchantUid, sku, price: start, cityPrices: null });
      twin.setRivals({ cardId, cityId, rivals: [{ merchantId: "990001", price: start - 100 }] });
    }
    stock(next[0], 40);
    stock(next[1], 3);
    for (const { storeId } of next) await syncNow(office, storeId);
    await big.watch({ floor: start - 4_000 });
    await small.watch({ floor: start - 5_000 });
  });

  async function rounds(count: number) {
    for (let round = 0; round < count; round++) {
      await big.cycle();
      await small.cycle();
    }
  }
  const prices = () => [big.kaspiPrice(), small.kaspiPrice()];
  const reasons = async () => [
    (await big.product()).lastDecision?.reason,
    (await small.product()).lastDecision?.reason,
  ];
  const facts = async (user: Caller, { product }: Handle) => leadFacts(db, user, await product());

  test("the one with more on stock takes the place, the other stands a step behind it, and both rest", async () => {
    await rounds(3);
    expect(prices()).toEqual([start - 101, start - 100]);
    const writes = [big.writes().length, small.writes().length];
    await rounds(3);
    expect(prices()).toEqual([start - 101, start - 100]);
    expect([big.writes().length, small.writes().length]).toEqual(writes);
    expect(await reasons()).toEqual(["already_first", "already_at_target"]);
  });

  test("says who leads and why, and names no store that the user may not see", async () => {
    await rounds(2);
    const leads = { why: "stock", followers: "behind" };
    expect(await facts(owner, big)).toEqual({ ...leads, leads: "this", name: "Дүкен Демо" });
    expect(await facts(stranger, small)).toEqual({ ...leads, leads: "other", name: null });
    expect(await facts(owner, small)).toMatchObject({ leads: "other", name: "Дүкен Демо" });
  });

  test("the leader follows its rivals down and up alone; the other never goes below it", async () => {
    await rounds(1);
    for (const rival of [start - 500, start - 1_500, start - 900, start - 200]) {
      big.rivals(rival);
      await rounds(2);
      expect(prices()).toEqual([rival - 1, rival]);
    }
    const decided = (await small.history()).map(({ price }) => price ?? start);
    expect(Math.min(...decided)).toBeGreaterThanOrEqual(start - 1_500 - 1);
  });

  test("the next one leads when the leader is sold out, and gives way when it is back", async () => {
    await rounds(2);
    stock(big, 0);
    await syncNow(office, big.storeId);
    await rounds(2);
    expect(small.kaspiPrice()).toBe(start - 101);
    expect(await facts(owner, small)).toBeNull();
    stock(big, 40);
    await syncNow(office, big.storeId);
    await rounds(3);
    expect(prices()).toEqual([start - 101, start - 100]);
  });

  test("the next one leads when its bot is switched off, or its store is stopped", async () => {
    await rounds(2);
    await setStoreSendingStopped(
      db,
      owner,
      { storeId: big.storeId, stopped: true },
      access.clock(),
    );
    await small.cycle();
    expect(small.kaspiPrice()).toBe(start - 101);
    await setStoreSendingStopped(
      db,
      owner,
      { storeId: big.storeId, stopped: false },
      access.clock(),
    );
    await small.cycle();
    expect(small.kaspiPrice()).toBe(start - 100);
    await setBot(db, owner, big.productId, false, access.clock());
    await small.cycle();
    expect(small.kaspiPrice()).toBe(start - 101);
  });

  test("the next one leads while the leader's bot sleeps, and gives way when it wakes", async () => {
    await rounds(2);
    const { minuteOfWeek } = momentOf(access.clock(), "Asia/Almaty");
    const from = (minuteOfWeek + 60) % 1_440;
    const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from, to: (from + 120) % 1_440 }];
    const rule = { schedule: { windows, outside: "ceiling" } } as const;
    await setProductRule(db, owner, big.productId, rule, access.clock());
    await rounds(2);
    expect(prices()).toEqual([start, start - 101]);
    twin.advance({ ms: 90 * MINUTE });
    await rounds(3);
    expect(prices()).toEqual([start - 101, start - 100]);
  });

  test("who cannot go under the rival leaves the place to the other", async () => {
    await rounds(2);
    big.rivals(start - 4_500);
    await rounds(3);
    expect(prices()).toEqual([start - 4_000, start - 4_501]);
    expect(await facts(owner, small)).toMatchObject({ leads: "this", why: "reach" });
    big.rivals(start - 100);
    await rounds(3);
    expect(prices()).toEqual([start - 101, start - 100]);
  });

  test("a chosen store leads whatever its stock, and the others may be told to hold", async () => {
    await saveSettings(
      db,
      owner,
      { leadBy: "order", leadOrder: [small.storeId], followers: "hold" },
      access.clock(),
    );
    await small.cycle();
    await rounds(3);
    const [held] = prices();
    expect(small.kaspiPrice()).toBe(start - 101);
    big.rivals(start - 700);
    await rounds(2);
    expect(prices()).toEqual([held, start - 701]);
    expect(await reasons()).toEqual(["own_store_leads", "already_first"]);
  });

  test("two workers who look and send at the same time bring both to the same rest", async () => {
    await rounds(1);
    for (const rival of [start - 2_000, start - 800]) {
      big.rivals(rival);
      for (let round = 0; round < 2; round++) {
        await Promise.all([big.check(), small.check(), big.check(), small.check()]);
        await Promise.all([big.publish(), small.publish(), big.publish(), small.publish()]);
        twin.advance({ ms: 10_000 });
        await Promise.all([big.cycle(), small.cycle()]);
      }
      expect(prices()).toEqual([rival - 1, rival]);
    }
  });
});

test("two stores of one Kaspi login on one card in one city do the same", async () => {
  const [astana, almaty] = await shopsOf(owner, {
    email: "two@duken.kz",
    password: "two-kaspi",
  });
  if (!astana || !almaty) throw new Error("the login has two stores");
  const cards = await pairs(astana, almaty);
  const [pair] = cards;
  if (!pair) throw new Error("no shared cards");
  for (const goods of pair) {
    const { merchantUid, sku, cardId, cityId } = goods;
    twin.changeOffer({
      ...{ merchantUid, sku, price: null },
      cityPrices: [{ cityId: ALMATY, value: 30_000 }],
    });
    twin.setRivals({ cardId, cityId, rivals: [{ merchantId: "990001", price: 29_000 }] });
    stock(goods, goods === pair[0] ? 2 : 30);
    await syncNow(office, goods.storeId);
  }
  const [first, second] = [as(owner, pair[0]), as(owner, pair[1])];
  await first.watch({ floor: 25_000 });
  await second.watch({ floor: 25_000 });
  for (let round = 0; round < 4; round++) {
    await first.cycle();
    await second.cycle();
  }
  expect([first.kaspiPrice(), second.kaspiPrice()]).toEqual([29_000, 28_999]);
});
