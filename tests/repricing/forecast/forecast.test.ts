import { beforeAll, describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { previewMany, previewStoreRule } from "@/lib/repricing/bulk/preview-many";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { type Goods, goodsOnSale, handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let storeId: string;
let goods: Goods[];

/** A product on a card with rivals at these prices, seen once, its bot off. */
async function seen(...shares: number[]) {
  const one = goods.pop();
  if (!one) throw new Error("too few goods for these tests");
  const product = handle(office, one);
  const price = product.kaspiPrice();
  product.rivals(...shares.map((share) => Math.round(price * share)));
  await product.watch({ floor: Math.round(price * 0.8) });
  await setProductRule(
    db,
    owner,
    one.productId,
    { strategy: { kind: "fixed", price: tenge(price) } },
    clock(),
  );
  await product.check();
  return { ...product, price };
}

const ids = (...products: { productId: string }[]) =>
  selectionSchema.parse({ kind: "ids", ids: products.map(({ productId }) => productId) });

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  goods = await goodsOnSale(office, storeId, store.merchantId);
});

describe("a change of many rules, foreseen", () => {
  it("counts the prices that move, first places, floors and freezes as the checks then decide", async () => {
    const near = await seen(0.95, 1.2);
    const blocked = await seen(0.7);
    const frozen = await seen(2);
    const selection = ids(near, blocked, frozen);
    const change = { kind: "rule", rule: { strategy: { kind: "undercut" }, freeze: 30 } } as const;
    const asked = { selection, change, confirm: false };
    const { market } = await previewMany(db, owner, asked, clock());
    expect(market).toMatchObject({
      decided: 3,
      unseen: 0,
      skipped: {},
      first: { before: 1, after: 2 },
      blocked: 1,
    });
    for (const product of [near, blocked, frozen]) {
      await setProductRule(db, owner, product.productId, change.rule, clock());
      await product.check();
    }
    const decided = await Promise.all(
      [near, blocked, frozen].map(async (product) => (await product.product()).lastDecision),
    );
    const moved = decided.flatMap((one) => (one?.kind === "change" ? [one.price ?? 0] : []));
    expect(market.up + market.down).toBe(moved.length);
    const falls = decided.map((one, nth) =>
      one?.kind === "change" ? ([near, blocked, frozen][nth]?.price ?? 0) - (one.price ?? 0) : 0,
    );
    expect(market.fallsBy - market.risesBy).toBe(falls.reduce((sum, by) => sum + by, 0));
  });

  it("leaves prices of bots that are off, and those never seen, out of what moves", async () => {
    const off = goods.pop();
    if (!off) throw new Error("too few goods");
    const change = { kind: "rule", rule: { strategy: { kind: "match" } } } as const;
    const asked = { selection: ids(off), change, confirm: false };
    const { market } = await previewMany(db, owner, asked, clock());
    expect(market).toMatchObject({ decided: 0, skipped: { rule_disabled: 1 } });
    await handle(office, off).watch({ floor: 10 });
    const again = await previewMany(db, owner, asked, clock());
    expect(again.market).toMatchObject({ decided: 0, unseen: 1, skipped: {} });
  });

  it("names the deepest cut", async () => {
    const [little, much] = [await seen(0.97), await seen(0.9)];
    const change = { kind: "strategy", strategy: "match" } as const;
    const asked = { selection: ids(little, much), change, confirm: false };
    const { deepest } = (await previewMany(db, owner, asked, clock())).market;
    const { name } = await much.product();
    expect(deepest).toMatchObject({ name, price: much.price, to: Math.round(much.price * 0.9) });
  });
});

describe("a store's rule, foreseen", () => {
  it("moves only what takes its word from the store", async () => {
    const product = await seen(0.95);
    const own = await previewStoreRule(
      db,
      owner,
      storeId,
      { strategy: { kind: "match" } },
      clock(),
    );
    await setProductRule(db, owner, product.productId, {}, clock());
    const rule = { strategy: { kind: "match" } } as const;
    const inherited = await previewStoreRule(db, owner, storeId, rule, clock());
    expect(inherited.down).toBe(own.down + 1);
  });

  it("is not told to who may not change it", async () => {
    await expect(previewStoreRule(db, stranger, storeId, {}, clock())).rejects.toMatchObject({
      kind: "not_found",
    });
  });
});
