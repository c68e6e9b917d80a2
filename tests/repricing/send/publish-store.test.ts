import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import { kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { createAccess } from "@/lib/exits/access";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { takeBack } from "@/lib/repricing/ledger/ledger-queries";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import type { Handle } from "../../support/goods";
import { hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";
import { onePriceWaits } from "../../support/waiting-price";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);
const { storeId } = shelf;

let goods: Handle;
let start = 0;

beforeEach(async () => {
  goods = await onePriceWaits(office, shelf);
  start = goods.kaspiPrice();
});

const last = async () => (await goods.history()).at(-1);

describe("the exit gate", () => {
  test("stops a price that has fallen below a floor raised since", async () => {
    await setLimits(db, owner, goods.productId, { floor: tenge(start - 10) }, access.clock());
    await goods.publish();
    expect(await last()).toMatchObject({ state: "refused", stateReason: "below_floor" });
    expect(goods.writes()).toEqual([]);
  });

  test("stops a price above a ceiling lowered since", async () => {
    const floor = tenge(Math.ceil(start * 0.9));
    await setLimits(
      db,
      owner,
      goods.productId,
      { floor, ceiling: tenge(start - 30) },
      access.clock(),
    );
    await goods.publish();
    expect(await last()).toMatchObject({ state: "refused", stateReason: "above_ceiling" });
    expect(goods.writes()).toEqual([]);
  });

  test("stops the price of a bot switched off since", async () => {
    await setBot(db, owner, goods.productId, false, access.clock());
    await goods.publish();
    expect(await last()).toMatchObject({ state: "refused", stateReason: "bot_off" });
    expect(goods.writes()).toEqual([]);
  });

  test("stops the price of a product whose floor was cleared since", async () => {
    await setLimits(db, owner, goods.productId, { floor: null }, access.clock());
    await goods.publish();
    expect(await last()).toMatchObject({ state: "refused", stateReason: "missing_floor" });
    expect(goods.writes()).toEqual([]);
  });

  test("has the decision made again when Kaspi's price is not the one believed", async () => {
    twin.changeOffer({
      merchantUid: goods.merchantUid,
      sku: goods.sku,
      price: start + 500,
      cityPrices: null,
    });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "superseded", stateReason: "price_moved" });
    expect((await goods.product()).price).toBe(start + 500);
    expect(goods.writes()).toEqual([]);
  });

  test("stops the price of goods taken off sale since, and remembers that they are", async () => {
    twin.removeOffer({ merchantUid: goods.merchantUid, sku: goods.sku });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "refused", stateReason: "not_on_sale" });
    expect((await goods.product()).onSale).toBe(false);
  });

  test("refuses a price that was tampered with in the database", async () => {
    await db
      .update(decisions)
      .set({ price: tenge(10) })
      .where(eq(decisions.productId, goods.productId));
    await goods.publish();
    expect(await last()).toMatchObject({ state: "refused", stateReason: "below_floor" });
    expect(goods.writes()).toEqual([]);
  });
});

describe("Kaspi's answers", () => {
  test("429 stops the login for half an hour, and nothing is lost", async () => {
    twin.setFault({ name: "writes_throttled" });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "pending", stateReason: "writes_blocked" });
    twin.clearFaults();
    await goods.publish();
    expect(goods.writes().filter((write) => write.status === 200)).toEqual([]);
    const [login] = await db.select().from(kaspiLogins);
    const pause = (login?.writesBlockedUntil?.getTime() ?? 0) - access.clock().getTime();
    expect(pause).toBeGreaterThan(29 * MINUTE);
  });

  test("429 for a price that a newer one waits behind for a person leaves that one alone", async () => {
    const first = await last();
    await db.update(decisions).set({ state: "sending" });
    await db.update(products).set({ price: tenge(start - 21) });
    goods.rivals(start - 40);
    await goods.check();
    const newer = await last();
    expect(newer).toMatchObject({ state: "pending", price: start - 41 });
    await db
      .update(decisions)
      .set({ state: "held" })
      .where(eq(decisions.id, newer?.id ?? ""));
    if (first) await db.transaction((tx) => takeBack(tx, first));
    const states = (await goods.history()).map(({ state }) => state);
    expect(states).toEqual(["superseded", "held"]);
  });

  test("a write whose answer was lost is read back and never sent again blindly", async () => {
    twin.setFault({ name: "answer_lost", at: ["process"], times: 1 });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "sending" });
    await goods.publish();
    expect(goods.writes()).toHaveLength(1);
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "confirmed" });
    expect(goods.kaspiPrice()).toBe(start - 21);
  });

  test("a write that never arrived is given up after a quarter of an hour and decided again", async () => {
    twin.setFault({ name: "connection_reset", at: ["process"], times: 1 });
    await goods.publish();
    twin.advance({ ms: 16 * MINUTE });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "rejected", stateReason: "not_arrived" });
    expect((await goods.product()).nextCheckAt?.getTime()).toBeLessThanOrEqual(
      access.clock().getTime(),
    );
  });

  test("accepted is not applied: after an hour the price counts as rejected", async () => {
    twin.setFault({ name: "write_lost" });
    await goods.publish();
    twin.advance({ ms: 30 * MINUTE });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "sent" });
    twin.advance({ ms: 31 * MINUTE });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "rejected", stateReason: "not_applied" });
    expect((await goods.product()).price).toBe(start);
  });

  test("a list that does not find the article for a while proves nothing", async () => {
    await goods.publish();
    twin.setFault({ name: "list_finds_nothing", sku: goods.sku });
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "sent", confirmReads: 1 });
    twin.clearFaults();
    twin.advance({ ms: MINUTE });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "confirmed" });
  });

  test("an article that is not found for an hour is gone", async () => {
    await goods.publish();
    twin.setFault({ name: "list_finds_nothing", sku: goods.sku });
    twin.advance({ ms: 59 * MINUTE });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "sent" });
    twin.advance({ ms: 6 * MINUTE });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({ state: "rejected", stateReason: "gone" });
  });

  test("another price in the list means that somebody else has changed it", async () => {
    await goods.publish();
    twin.advance({ ms: 10_000 });
    twin.changeOffer({
      merchantUid: goods.merchantUid,
      sku: goods.sku,
      price: start + 300,
      cityPrices: null,
    });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({
      state: "rejected",
      stateReason: "other_price",
      stateParams: { price: start + 300 },
    });
    expect((await goods.product()).price).toBe(start + 300);
  });

  test("a session that dies before the write is renewed, and the price is sent once", async () => {
    twin.expireSessions();
    await goods.publish();
    expect(await last()).toMatchObject({ state: "sent" });
    expect(goods.writes()).toHaveLength(1);
  });
});

describe("a price that Kaspi was never asked about", () => {
  test("waits while the circuit of writes is open, and costs no change of the budget", async () => {
    const [exit] = await db.select().from(exits);
    await db.delete(kaspiCircuits);
    await db.insert(kaspiCircuits).values({
      ...{ exitId: exit?.id ?? "", endpoint: "writes", state: "open" },
      retryAt: later(access.clock(), 5 * MINUTE),
    });
    await publishStore(createAccess(access), storeId);
    await db.delete(kaspiCircuits);
    expect(await last()).toMatchObject({
      ...{ state: "pending", stateReason: "kaspi_unreachable" },
      ...{ sendingAt: null, confirmAt: null },
    });
    expect(await db.$count(budgetEntries)).toBe(0);
    expect(goods.writes()).toEqual([]);
  });

  test.each([
    ["allowed the official interface only", "official_only", { officialOnly: true }],
    ["put on pause", "store_paused", { isActive: false }],
  ])("stops at the gate when its store is %s meanwhile", async (_, stateReason, to) => {
    const seller = await hold(db, (tx) => tx.select().from(products).for("update"));
    const sending = goods.publish();
    await waiting(db, 1);
    await db.update(stores).set(to);
    await seller.release();
    await sending;
    await db.update(stores).set({ officialOnly: false, isActive: true });
    expect(await last()).toMatchObject({ state: "pending", stateReason });
    expect(await db.$count(budgetEntries)).toBe(0);
    expect(goods.writes()).toEqual([]);
  });
});

describe("a decision", () => {
  test("unsent for two intervals expires and makes its product due", async () => {
    twin.advance({ ms: 11 * MINUTE });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "expired" });
    expect(goods.writes()).toEqual([]);
  });

  test("is replaced by a newer one before it is sent", async () => {
    goods.rivals(start - 40);
    await goods.check();
    await goods.publish();
    expect((await goods.history()).map((row) => row.state)).toEqual(["superseded", "sent"]);
    expect(goods.writes().map((write) => write.outcome)).toHaveLength(1);
  });

  test("is not repeated while its price is on the way", async () => {
    await goods.publish();
    await goods.check();
    await goods.publish();
    expect(goods.writes()).toHaveLength(1);
  });
});

describe("a price by hand", () => {
  test("goes out through the same gate and is confirmed", async () => {
    await setPriceByHand(
      db,
      owner,
      goods.productId,
      { price: tenge(start - 5), hold: true, confirm: false },
      access.clock(),
    );
    await goods.publish();
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    expect(await last()).toMatchObject({
      origin: "manual",
      state: "confirmed",
      reason: "set_by_hand",
    });
    expect(goods.kaspiPrice()).toBe(start - 5);
  });

  test("is not changed by the bot while it is held", async () => {
    await setPriceByHand(
      db,
      owner,
      goods.productId,
      { price: tenge(start - 5), hold: true, confirm: false },
      access.clock(),
    );
    await goods.publish();
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    expect(await goods.cycle()).toMatchObject({ kind: "skip", reason: "manual_lock" });
    expect(goods.kaspiPrice()).toBe(start - 5);
  });

  test.each([
    ["below the floor", -0.2, "price_below_floor"],
    ["above the typed ceiling", 0.3, "price_above_ceiling"],
  ])("%s is refused", async (_, share, key) => {
    const ceiling = tenge(Math.floor(start * 1.2));
    await setLimits(db, owner, goods.productId, { ceiling }, access.clock());
    const price = tenge(Math.round(start * (1 + share)));
    const hand = { price, hold: false, confirm: true };
    await expect(
      setPriceByHand(db, owner, goods.productId, hand, access.clock()),
    ).rejects.toMatchObject({ key });
  });

  test("far from the present price is asked back first", async () => {
    const hand = { price: tenge(start * 2), hold: false, confirm: false };
    await expect(
      setPriceByHand(db, owner, goods.productId, hand, access.clock()),
    ).rejects.toMatchObject({
      kind: "confirmation_needed",
    });
  });
});

describe("somebody else", () => {
  test.each([
    [
      "set limits",
      () => setLimits(db, stranger, goods.productId, { floor: tenge(100) }, access.clock()),
    ],
    ["switch the bot", () => setBot(db, stranger, goods.productId, false, access.clock())],
    [
      "set a price",
      () =>
        setPriceByHand(
          db,
          stranger,
          goods.productId,
          { price: tenge(start), hold: false, confirm: true },
          access.clock(),
        ),
    ],
  ])("cannot %s of a foreign product: it does not exist for them", async (_, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ kind: "not_found" });
  });
});
