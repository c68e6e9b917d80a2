import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import { feeds } from "@/lib/db/schema/feeds";
import { kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { products } from "@/lib/db/schema/products";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { auditLog, workspace } from "@/lib/db/schema/workspace";
import { passGate } from "@/lib/preorders/pass-gate";
import { storesWithPreorders } from "@/lib/preorders/work-queries";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { readOffer } from "@/lib/repricing/send/read-offer";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import type { Handle } from "../support/goods";
import { hold } from "../support/locks";
import { testOffice } from "../support/office";
import { preorderOf } from "../support/preorders";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const shelf = await fullShelf(office);
const { storeId, merchantUid } = shelf;

let goods: Handle;
let preorder: ReturnType<typeof preorderOf>;

beforeEach(async () => {
  twin.clearFaults();
  await db.delete(budgetEntries);
  await db.delete(preorders);
  await db.update(decisions).set({ state: "superseded" }).where(eq(decisions.kind, "change"));
  await db.update(kaspiLogins).set({ writesBlockedUntil: null });
  await db.update(workspace).set({ writesPerWindow: 250, sendingStoppedAt: null });
  await db.update(stores).set({ sendingStoppedAt: null, archivedAt: null, isActive: true });
  goods = shelf.take();
  const { sku } = goods;
  const points = [{ pointId: `${merchantUid}_PP1`, available: true }];
  twin.changeOffer({ merchantUid, sku, points, price: 9_000, cityPrices: null });
  preorder = preorderOf(office, goods);
  await goods.check();
});

const why = async () => (await preorder.row()).why;

describe("the gate", () => {
  test.each([
    ["below the floor", { floor: tenge(5_000), ceiling: null }, "below_floor"],
    ["above the ceiling", { floor: tenge(100), ceiling: tenge(3_000) }, "above_ceiling"],
  ])("a price %s does not put goods on sale", async (_title, limits, reason) => {
    const set = { ...limits, confirm: true };
    await setLimits(db, owner, goods.productId, set, clock());
    twin.removeOffer({ merchantUid, sku: goods.sku });
    await db.execute(`update products set on_sale = false where id = '${goods.productId}'`);
    await preorder.draft({ price: 4_000 });
    expect((await preorder.push()).refused).toMatchObject([{ why: `price_${reason}` }]);
    // Past what asks the person, the gate judges once more.
    await db.update(preorders).set({ status: "sent", wantedAt: clock(), why: null });
    await preorder.send();
    expect(await preorder.row()).toMatchObject({ status: "draft", why: reason, wantedAt: null });
    expect(goods.writes()).toEqual([]);
    expect(goods.truth().onSale).toBe(false);
  });

  test("another price of goods on sale is asked for as a person's, and the write repeats what is shown", async () => {
    await preorder.draft({ price: 9_100 });
    await preorder.push();
    const pending = (await goods.history()).at(-1);
    expect(pending).toMatchObject({ origin: "manual", price: 9_100, state: "pending" });
    await preorder.send();
    expect(preorder.sent()[0]?.body).toMatchObject({ price: 9_000 });
    await preorder.look();
    await goods.publish();
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    expect(goods.kaspiPrice()).toBe(9_100);
    expect(preorder.days()).toEqual({ PP1: 7 });
  });

  test("a price that nobody has named is never asked for, however old it is", async () => {
    await preorder.draft();
    const { sku } = goods;
    twin.changeOffer({ merchantUid, sku, price: 9_400, cityPrices: null });
    await goods.check();
    const before = (await goods.history()).length;
    expect((await preorder.push()).refused).toEqual([]);
    await preorder.send();
    await preorder.look();
    expect((await goods.history()).length).toBe(before);
    expect(goods.kaspiPrice()).toBe(9_400);
  });

  test("a price that was asked for once is not asked for again", async () => {
    await preorder.draft({ price: 9_100 });
    await preorder.push();
    const set = { price: tenge(9_300), confirm: true };
    await setPriceByHand(db, owner, goods.productId, set, clock());
    await db.update(preorders).set({ status: "draft", wantedAt: null });
    await preorder.push();
    expect((await goods.history()).at(-1)).toMatchObject({ price: 9_300, state: "pending" });
  });

  test("a price far from the last one of goods off sale has to be meant", async () => {
    twin.removeOffer({ merchantUid, sku: goods.sku });
    await db.execute(`update products set on_sale = false where id = '${goods.productId}'`);
    await preorder.draft({ price: 900 });
    const { refused } = await preorder.push();
    expect(refused).toMatchObject([{ why: "price_far_from_current" }]);
    expect(await preorder.row()).toMatchObject({ status: "draft", wantedAt: null });
    await preorder.push({ confirm: true });
    expect(await preorder.row()).toMatchObject({ status: "sent", why: null });
    const sent = eq(auditLog.action, "product.preorder_sent");
    const about = and(sent, eq(auditLog.subjectId, goods.productId));
    expect(await db.select().from(auditLog).where(about)).toMatchObject([
      { details: { price: 900 } },
    ]);
  });

  test("a price far from the present one has to be meant", async () => {
    await preorder.draft({ price: 900 });
    const { refused } = await preorder.push();
    expect(refused).toMatchObject([{ why: "price_far_from_current" }]);
    expect(await preorder.row()).toMatchObject({ status: "draft", why: "price_far_from_current" });
    await preorder.push({ confirm: true });
    expect(await preorder.row()).toMatchObject({ status: "sent", why: null });
  });

  test("a point that the store has closed since is not sent", async () => {
    await preorder.draft();
    await preorder.push();
    await db.execute(`update pickup_points set is_active = false where store_id = '${storeId}'`);
    await preorder.send();
    await db.execute(`update pickup_points set is_active = true where store_id = '${storeId}'`);
    expect(await preorder.row()).toMatchObject({ status: "draft", why: "point_unknown" });
    expect(goods.writes()).toEqual([]);
  });

  test("while Kaspi works on another change it waits", async () => {
    twin.setFault({ name: "write_delay", ms: HOUR });
    await setPriceByHand(
      db,
      owner,
      goods.productId,
      { price: tenge(9_050), confirm: true },
      clock(),
    );
    await goods.publish();
    // The office has lost sight of its own price; Kaspi's row still says that something is on its way.
    await db.update(decisions).set({ state: "expired" }).where(eq(decisions.state, "sent"));
    await preorder.draft({ price: 9_000 });
    await preorder.push({ confirm: true });
    await db.update(decisions).set({ state: "superseded" }).where(eq(decisions.state, "pending"));
    await preorder.send();
    expect(await why()).toBe("pending_at_kaspi");
    expect(preorder.sent()).toHaveLength(1);
  });
});

describe("goods off sale with prices by city", () => {
  /** As the gate judges it when Kaspi's row of goods off sale has prices by city. */
  async function passed(cityIds: string[]) {
    const store = await storeAtWork(db, storeId);
    if (!store) throw new Error("the store is not at work");
    await preorder.draft({ price: 8_500 });
    await preorder.push();
    const asked = { sku: goods.sku, channel: "list" } as const;
    const read = await readOffer(access, store, asked);
    if (read.kind !== "read" || !read.offer) throw new Error("the row cannot be read");
    const cityPrices = cityIds.map((cityId) => ({ cityId, price: tenge(9_000) }));
    const fresh = { ...read.offer, onSale: false, cityPrices };
    const wanted = { ...(await preorder.row()), sku: goods.sku };
    const { accountId } = store;
    return passGate(access, { accountId, preorder: wanted, fresh, readAt: read.readAt });
  }

  test("come on sale with the preorder's price where the product is priced, and nowhere else", async () => {
    const other = goods.cityId === "710000000" ? "511010000" : "710000000";
    const price = { price: 8_500, cityIds: [goods.cityId] };
    expect(await passed([goods.cityId, other])).toMatchObject({ kind: "pass", price });
  });

  test("of which the product is priced in none do not come on sale", async () => {
    const other = goods.cityId === "710000000" ? "511010000" : "710000000";
    expect(await passed([other])).toEqual({ kind: "kept" });
    expect(await preorder.row()).toMatchObject({ status: "draft", why: "no_price" });
  });
});

describe("what holds prices back holds preorders back", () => {
  test("the kill switch of the store", async () => {
    await preorder.draft();
    await preorder.push();
    await db.update(stores).set({ sendingStoppedAt: clock() });
    await preorder.send();
    expect(await why()).toBe("sending_stopped");
    expect(goods.writes()).toEqual([]);
    await db.update(stores).set({ sendingStoppedAt: null });
    await preorder.send();
    expect(await preorder.row()).toMatchObject({ why: null, sendingAt: expect.any(Date) });
  });

  test("the budget of the login, which it shares with prices", async () => {
    await db.update(workspace).set({ writesPerWindow: 1 });
    const login = { login: "small@duken.kz", decisionId: null, at: clock() };
    await db.insert(budgetEntries).values(login);
    await preorder.draft();
    await preorder.push();
    await preorder.send();
    expect(await why()).toBe("rate_budget_deferred");
    expect(goods.writes()).toEqual([]);
    twin.advance({ ms: 32 * MINUTE });
    await preorder.send();
    expect(preorder.sent()).toHaveLength(1);
    expect(await db.$count(budgetEntries)).toBe(2);
  });

  test("429 stops the login, and nothing is lost", async () => {
    await preorder.draft();
    await preorder.push();
    twin.setFault({ name: "writes_throttled" });
    await preorder.send();
    const row = await preorder.row();
    expect(row).toMatchObject({ why: "writes_blocked", sendingAt: null });
    // Nothing was written: how the goods stood is learnt when something is.
    expect(row).toMatchObject({ before: null, touched: [] });
    const [login] = await db.select().from(kaspiLogins);
    expect((login?.writesBlockedUntil?.getTime() ?? 0) - clock().getTime()).toBeGreaterThan(
      29 * MINUTE,
    );
    twin.clearFaults();
    twin.advance({ ms: 31 * MINUTE });
    await preorder.send();
    await preorder.look();
    expect((await preorder.row()).status).toBe("active");
  });

  test("a whole list that Kaspi has begun to work on since the batch began", async () => {
    await preorder.draft();
    await preorder.push();
    const { accountId = "" } = (await storeAtWork(db, storeId)) ?? {};
    const now = clock();
    await db
      .insert(feeds)
      .values({ storeId, heldUntil: later(now, MINUTE), token: "x", tokenHash: "x" });
    const wanted = { ...(await preorder.row()), sku: goods.sku };
    const asked = { accountId, preorder: wanted, fresh: null, readAt: now };
    const passed = await passGate(access, asked);
    await db.delete(feeds);
    expect(passed).toEqual({ kind: "stop" });
    expect(await preorder.row()).toMatchObject({ why: "list_settles", sendingAt: null });
  });

  test("a product that somebody else works on waits", async () => {
    await preorder.draft();
    await preorder.push();
    const table = await hold(db, (tx) =>
      tx.select().from(products).where(eq(products.id, goods.productId)).for("no key update"),
    );
    await preorder.send();
    await table.release();
    expect(await preorder.row()).toMatchObject({ status: "sent", why: null, sendingAt: null });
    expect(goods.writes()).toEqual([]);
    twin.advance({ ms: MINUTE });
    await preorder.send();
    await preorder.look();
    expect((await preorder.row()).status).toBe("active");
  });

  test("an archived store's preorders stand still", async () => {
    await preorder.draft();
    await preorder.push();
    await db.update(stores).set({ archivedAt: clock() });
    expect(await storesWithPreorders(db, clock())).toEqual({ push: [], look: [] });
    await preorder.send();
    expect(goods.writes()).toEqual([]);
  });

  test("a refusal of Kaspi's own is told, and not repeated", async () => {
    await preorder.draft({ leadDays: 7 });
    await preorder.push();
    // Past all checks of ours, Kaspi answers 400.
    await db.update(preorders).set({ leadDays: 31 });
    await preorder.send();
    const none = { before: null, touched: [] };
    const why = "kaspi_refused";
    expect(await preorder.row()).toMatchObject({ status: "draft", why, ...none });
    const refused = () => twin.writes().filter(({ status }) => status === 400).length;
    expect(refused()).toBe(1);
    await preorder.send();
    expect(refused()).toBe(1);
  });
});

describe("a write and a price of one product", () => {
  test("the price waits while the preorder's write is not read back", async () => {
    await preorder.draft();
    await preorder.push();
    await preorder.send();
    await setPriceByHand(
      db,
      owner,
      goods.productId,
      { price: tenge(9_050), confirm: true },
      clock(),
    );
    await goods.publish();
    expect(preorder.sent()).toHaveLength(1);
    await preorder.look();
    await goods.publish();
    expect(preorder.sent()).toHaveLength(2);
    twin.advance({ ms: 10_000 });
    expect(goods.kaspiPrice()).toBe(9_050);
    expect(preorder.days()).toEqual({ PP1: 7 });
  });

  test("the preorder waits while a price is not read back", async () => {
    await setPriceByHand(
      db,
      owner,
      goods.productId,
      { price: tenge(9_050), confirm: true },
      clock(),
    );
    await goods.publish();
    await preorder.draft({ price: 9_050 });
    await preorder.push();
    await preorder.send();
    expect(preorder.sent()).toHaveLength(1);
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    await preorder.send();
    await preorder.look();
    expect(goods.kaspiPrice()).toBe(9_050);
    expect((await preorder.row()).status).toBe("active");
  });

  test("of both at the same moment one leaves, and then the other", async () => {
    await preorder.draft();
    await preorder.push();
    await setPriceByHand(
      db,
      owner,
      goods.productId,
      { price: tenge(9_050), confirm: true },
      clock(),
    );
    await Promise.all([publishStore(access, storeId), preorder.send()]);
    expect(preorder.sent()).toHaveLength(1);
    for (let round = 0; round < 3; round += 1) {
      await preorder.look();
      await confirmStore(access, storeId);
      await Promise.all([publishStore(access, storeId), preorder.send()]);
    }
    await preorder.look();
    await confirmStore(access, storeId);
    expect(preorder.sent()).toHaveLength(2);
    expect(goods.kaspiPrice()).toBe(9_050);
    expect(preorder.days()).toEqual({ PP1: 7 });
  });
});

describe("a process that dies between marking and sending", () => {
  /** As the row stands when the process is killed there. */
  async function killedBeforeSending() {
    await preorder.draft();
    await preorder.push();
    await preorder.send();
    const row = await preorder.row();
    return { sendingAt: row.sendingAt, sentAt: null, lookAt: later(clock(), 1) };
  }

  test("what may have arrived is read before it is sent again", async () => {
    twin.setFault({ name: "write_lost" });
    const mark = await killedBeforeSending();
    await db.update(preorders).set(mark);
    await preorder.send();
    expect(preorder.sent()).toHaveLength(1);
    await preorder.look(MINUTE);
    await preorder.send();
    expect(preorder.sent()).toHaveLength(1);
    twin.clearFaults();
    await preorder.look(16 * MINUTE);
    expect(await preorder.row()).toMatchObject({ why: "not_arrived", sendingAt: null });
    await preorder.send();
    await preorder.look();
    expect((await preorder.row()).status).toBe("active");
    expect(preorder.sent()).toHaveLength(2);
  });

  test("one that has arrived all the same is found, and not sent again", async () => {
    const mark = await killedBeforeSending();
    await db.update(preorders).set(mark);
    await preorder.look();
    expect((await preorder.row()).status).toBe("active");
    await preorder.send();
    expect(preorder.sent()).toHaveLength(1);
  });

  test("an answer that never came is no answer: it is read back", async () => {
    await preorder.draft();
    await preorder.push();
    twin.setFault({ name: "answer_lost", at: ["process"] });
    await preorder.send().catch(() => {});
    twin.clearFaults();
    expect((await preorder.row()).sendingAt).not.toBeNull();
    await preorder.look();
    expect((await preorder.row()).status).toBe("active");
  });
});
