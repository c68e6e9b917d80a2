import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { priceHolds } from "@/lib/db/schema/safety";
import { workspace } from "@/lib/db/schema/workspace";
import { countGoods } from "@/lib/overview/goods-queries";
import { loadOverview } from "@/lib/overview/load-overview";
import { noGoods } from "@/lib/overview/rules";
import { standings, type WatchFilter } from "@/lib/products/filter-model";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db, clock } = access;

const overview = (caller = owner, store?: string) =>
  loadOverview(db, caller, { store, days: 14, now: clock() });
const goods = async () => (await overview()).goods;

describe("the overview of an office", () => {
  let storeId = "";
  let shelf: Handle[] = [];
  const take = () => {
    const next = shelf.shift();
    if (!next) throw new Error("no goods left for this test");
    return next;
  };

  beforeAll(async () => {
    const store = await connectedStore(office);
    storeId = store.storeId;
    await syncNow(office, storeId);
    const found = await goodsOnSale(office, storeId, store.merchantId);
    shelf = found.map((one) => handle(office, one)).filter((one) => one.kaspiPrice() > 5_000);
  });

  it("counts only goods that a bot watches and that are on sale", async () => {
    const watched = await db.$count(products, and(products.botEnabled, products.onSale));
    const { goods, stores } = await overview();
    expect(goods.watched).toBe(watched);
    expect(stores.map(({ standing }) => standing)).toEqual(["works"]);
  });

  it("counts a first place, and a lost one for an hour", async () => {
    const product = take();
    const price = product.kaspiPrice();
    const before = await goods();
    product.rivals(price + 500);
    await product.watch({ floor: price - 10 });
    await product.check();
    expect(await goods()).toEqual({
      ...before,
      watched: before.watched + 1,
      ranked: before.ranked + 1,
      first: before.first + 1,
    });
    product.rivals(price - 500);
    twin.advance({ ms: 5 * MINUTE });
    await product.check();
    expect(await goods()).toMatchObject({
      first: before.first,
      attacked: before.attacked + 1,
      blocked: before.blocked + 1,
    });
    twin.advance({ ms: HOUR });
    await product.check();
    expect(await goods()).toMatchObject({ attacked: 0, blocked: before.blocked + 1 });
  });

  it("does not call a better place an attack", async () => {
    const before = await goods();
    const product = take();
    const price = product.kaspiPrice();
    product.rivals(price - 700, price - 600);
    await product.watch({ floor: price });
    await product.check();
    product.rivals(price - 700, price + 600);
    await product.check();
    expect((await product.product()).place).toBe(2);
    expect((await goods()).attacked).toBe(before.attacked);
  });

  it("goes on calling a price blocked that already stands at its floor", async () => {
    const before = await goods();
    const product = take();
    const price = product.kaspiPrice();
    product.rivals(price - 500);
    await product.watch({ floor: price });
    await product.check();
    expect((await product.product()).lastDecision?.reason).toBe("already_at_target");
    expect((await goods()).blocked).toBe(before.blocked + 1);
  });

  it("tells which were not checked in time", async () => {
    const product = take();
    await product.watch({ floor: product.kaspiPrice() });
    await product.check();
    const before = await goods();
    const due = later(clock(), -11 * MINUTE);
    await db
      .update(productCities)
      .set({ nextCheckAt: due })
      .where(eq(productCities.productId, product.productId));
    expect((await goods()).late).toBe(before.late + 1);
  });

  it("shows a frozen price with what it would have been", async () => {
    const product = take();
    const price = product.kaspiPrice();
    product.rivals(Math.round(price * 0.55));
    await product.watch({ floor: Math.round(price * 0.51) });
    await product.check();
    const { frozen } = await overview();
    expect(frozen.count).toBe(1);
    expect(frozen.rows[0]).toMatchObject({
      productId: product.productId,
      price,
      wanted: Math.round(price * 0.55) - 1,
    });
  });

  it("does not call a store well whose prices a guard keeps back", async () => {
    const product = take();
    const price = product.kaspiPrice();
    product.rivals(price - 300);
    await product.watch({ floor: price - 400 });
    await product.check();
    const [hold] = await db
      .insert(priceHolds)
      .values({ storeId, kind: "breaker", scope: "run", at: clock() })
      .returning({ id: priceHolds.id });
    const ofProduct = eq(decisions.productId, product.productId);
    await db
      .update(decisions)
      .set({ state: "held", holdId: hold?.id ?? "" })
      .where(ofProduct);
    expect((await overview()).stores).toMatchObject([{ standing: "held", held: 1 }]);
    await db.update(priceHolds).set({ answer: "rejected" });
    await db.update(decisions).set({ state: "refused" }).where(ofProduct);
    expect((await overview()).stores).toMatchObject([{ standing: "works", held: 0 }]);
  });

  it("counts a price that Kaspi did not apply until something newer is decided", async () => {
    const product = take();
    const price = product.kaspiPrice();
    product.rivals(price - 300);
    await product.watch({ floor: price - 1_000 });
    const decided = await product.cycle();
    if (!decided) throw new Error("nothing was decided");
    await db.update(decisions).set({ state: "rejected" }).where(eq(decisions.id, decided.id));
    expect((await goods()).rejected).toBe(1);
    product.rivals(price - 400);
    await product.cycle();
    expect((await goods()).rejected).toBe(0);
  });

  it("leads from every number to the list that holds as many", async () => {
    const unread = take();
    await unread.watch({ floor: unread.kaspiPrice() });
    const counts = await goods();
    expect(counts.unread).toBeGreaterThan(0);
    for (const watch of standings) {
      const list = productListSchema.parse({ watch, store: storeId });
      const { total } = await listProducts(db, owner, list, clock());
      expect([watch, total]).toEqual([watch, counts[watch]]);
    }
  });

  it("lists what has been attacked and what is late by the office's clock", async () => {
    const product = take();
    await product.watch({ floor: product.kaspiPrice() });
    const listed = async (watch: WatchFilter) => {
      const list = productListSchema.parse({ watch, q: product.sku });
      return (await listProducts(db, owner, list, clock())).total;
    };
    const now = clock();
    const set = (row: Partial<typeof productCities.$inferInsert>) =>
      db.update(productCities).set(row).where(eq(productCities.productId, product.productId));
    await set({ place: 2, placeBefore: 1, placeChangedAt: now, nextCheckAt: now });
    expect([await listed("attacked"), await listed("late")]).toEqual([1, 0]);
    await set({ placeChangedAt: later(now, -HOUR), nextCheckAt: later(now, -11 * MINUTE) });
    expect([await listed("attacked"), await listed("late")]).toEqual([0, 1]);
    await set({ nextCheckAt: later(now, HOUR) });
  });

  it("narrows to a store, and takes an unknown one for none chosen", async () => {
    const all = await overview();
    expect((await overview(owner, storeId)).goods).toEqual(all.goods);
    expect((await overview(owner, crypto.randomUUID())).goods).toEqual(all.goods);
    const none = await countGoods(db, owner, crypto.randomUUID(), clock());
    expect(none).toEqual([]);
  });

  it("shows a member their own stores and nothing else", async () => {
    expect(await overview(stranger)).toMatchObject({
      stores: [],
      goods: noGoods,
      notices: [],
      frozen: { count: 0, rows: [] },
      today: { decided: 0, sent: 0, confirmed: 0, rejected: 0, waiting: 0 },
      budgets: [],
    });
    const viewer = asViewer(stranger);
    expect((await overview(viewer)).goods).toEqual((await overview()).goods);
  });

  it("says that sending is stopped", async () => {
    await db.update(workspace).set({ sendingStoppedAt: clock() });
    const { stores, isStopped } = await overview();
    expect([isStopped, stores[0]?.standing]).toEqual([true, "stopped"]);
    await db.update(workspace).set({ sendingStoppedAt: null });
  });
});
