import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { MINUTE } from "@/lib/core/time";
import { exits } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { priceAnswers } from "@/lib/db/schema/safety";
import { auditLog } from "@/lib/db/schema/workspace";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import {
  approveFrozen,
  approveManyFrozen,
  keepManyPrices,
  keepPrice,
} from "@/lib/repricing/hold/answer-frozen";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { withStoreLock } from "@/lib/stores/store-lock";
import type { Handle } from "../../support/goods";
import { eventually, hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";
import { syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);

let goods: Handle;
let start = 0;
let question = { productId: "", decisionId: "" };

/** A rival at half our price: the bot does not follow it without a person. */
beforeEach(async () => {
  // What another test has left for later would leave before ours.
  await db.update(decisions).set({ state: "superseded" }).where(eq(decisions.state, "pending"));
  goods = shelf.take();
  start = goods.kaspiPrice();
  const { productId } = goods;
  goods.rivals(Math.floor(start / 2));
  await goods.watch({ floor: Math.ceil(start / 4) });
  await goods.cycle();
  const frozen = await last();
  expect(frozen).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
  question = { productId, decisionId: frozen?.id ?? "" };
});

const last = async () => (await goods.history()).at(-1);
const agree = (caller = owner) => approveFrozen(access, caller, question);
const keep = (caller = owner) => keepPrice(db, caller, question, access.clock());
const wanted = () => Math.floor(start / 2) - 1;

describe("a price that waits for a person", () => {
  test("is answered by a guest who may answer, though they may change no prices", async () => {
    const permissions = new Set(["view_store", "view_product", "approve_decision"] as const);
    const guest = { ...stranger, shares: [{ storeId: shelf.storeId, permissions }] };
    expect(await agree(guest)).toEqual({ kind: "changes", price: wanted() });
  });

  test("is decided again by the market of the press when the person agrees, and reaches Kaspi", async () => {
    expect(await agree()).toEqual({ kind: "changes", price: wanted() });
    expect(await last()).toMatchObject({
      origin: "bot",
      actorId: owner.id,
      price: wanted(),
      state: "pending",
    });
    await goods.publish();
    twin.advance({ ms: 10_000 });
    expect(goods.kaspiPrice()).toBe(wanted());
    const states = (await goods.history()).map(({ state }) => state);
    expect(states).toEqual(["superseded", "sent"]);
  });

  test("takes no yes while its store is on pause, and keeps none for later", async () => {
    const atWork = (isActive: boolean) =>
      db.update(stores).set({ isActive }).where(eq(stores.id, goods.storeId));
    await atWork(false);
    const refused = await agree().catch((error: unknown) => error);
    await atWork(true);
    expect(refused).toMatchObject({ kind: "conflict", key: "store_paused" });
    await goods.cycle();
    expect(await last()).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
    expect(await agree()).toMatchObject({ kind: "changes" });
  });

  test("takes a yes back that was given just before its store was paused", async () => {
    const atWork = (isActive: boolean) =>
      db.update(stores).set({ isActive }).where(eq(stores.id, goods.storeId));
    const answers = () => db.$count(priceAnswers, eq(priceAnswers.productId, goods.productId));
    let refused: Promise<unknown> = Promise.resolve();
    await withStoreLock(goods.storeId, "check", async () => {
      refused = agree().catch((error: unknown) => error);
      await eventually(async () => (await answers()) === 1);
      await atWork(false);
    });
    const answer = await refused;
    await atWork(true);
    expect(answer).toMatchObject({ kind: "conflict", key: "store_paused" });
    expect(await answers()).toBe(0);
  });

  test("is asked again once the person has set another price by hand", async () => {
    twin.setFault({ name: "server_error", at: ["offers"] });
    expect(await agree()).toMatchObject({ kind: "unread" });
    twin.clearFaults();
    const hand = { price: tenge(start + 100), hold: false, confirm: true };
    await setPriceByHand(db, owner, goods.productId, hand, access.clock());
    await goods.publish();
    twin.advance({ ms: 10_000 });
    await goods.cycle();
    expect(await last()).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
  });

  test("is not sent after all when the person keeps the old one before its market is read", async () => {
    twin.setFault({ name: "server_error", at: ["offers"] });
    await agree();
    twin.clearFaults();
    const asked = (await goods.history()).findLast(({ state }) => state === "frozen");
    question = { ...question, decisionId: asked?.id ?? "" };
    await keep();
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(start);
    expect((await last())?.state).not.toBe("confirmed");
  });

  test("is not sent when the yes is taken back while its market is read", async () => {
    const reading = await hold(db, (tx) => tx.select().from(exits).for("update"));
    const agreeing = agree();
    await waiting(db, 1);
    await keep();
    await reading.release();
    await agreeing;
    await goods.publish();
    twin.advance({ ms: 10_000 });
    expect(goods.kaspiPrice()).toBe(start);
    expect(await last()).toMatchObject({ state: "superseded" });
    await goods.cycle();
    expect(await last()).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
  });

  test("is asked again after its rule was changed", async () => {
    twin.setFault({ name: "server_error", at: ["offers"] });
    await agree();
    twin.clearFaults();
    await setProductRule(db, owner, goods.productId, { maxDrop: 14 }, access.clock());
    await goods.cycle();
    expect(await last()).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
  });

  test("is asked again when the price has meanwhile become another, further away", async () => {
    twin.setFault({ name: "server_error", at: ["offers"] });
    await agree();
    twin.clearFaults();
    const { merchantUid, sku } = goods;
    twin.changeOffer({ merchantUid, sku, price: tenge(start * 2), cityPrices: null });
    await syncNow(office, goods.storeId);
    await goods.cycle();
    expect(await last()).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
    expect(await db.$count(priceAnswers, eq(priceAnswers.productId, goods.productId))).toBe(0);
  });

  test("goes only as far as the market of the press asks", async () => {
    goods.rivals(Math.floor(start * 0.55));
    expect(await agree()).toEqual({ kind: "changes", price: Math.floor(start * 0.55) - 1 });
  });

  test("is asked about anew when the market asks for more than was agreed to", async () => {
    goods.rivals(Math.floor(start * 0.4));
    expect(await agree()).toEqual({
      kind: "frozen_anew",
      wanted: Math.floor(start * 0.4) - 1,
      approved: wanted(),
    });
    expect(await last()).toMatchObject({ state: "frozen", reason: "anomaly_frozen" });
    await goods.publish();
    expect(goods.writes()).toEqual([]);
    goods.rivals(Math.floor(start / 2));
    await goods.cycle();
    expect(await last()).toMatchObject({ state: "frozen" });
  });

  test("stays when the market has come back by itself, and the yes is void", async () => {
    goods.rivals(start + 1);
    expect(await agree()).toMatchObject({ kind: "stays", reason: "already_first" });
    goods.rivals(Math.floor(start / 2));
    await goods.cycle();
    expect(await last()).toMatchObject({ state: "frozen" });
  });

  test("waits for the market when it cannot be read at the press", async () => {
    twin.setFault({ name: "server_error", at: ["offers"] });
    expect(await agree()).toMatchObject({ kind: "unread" });
    twin.clearFaults();
    twin.advance({ ms: 600_000 });
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(wanted());
  });

  test("is not asked again when Kaspi wants no writes for half an hour", async () => {
    await agree();
    twin.setFault({ name: "writes_throttled" });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "pending", stateReason: "writes_blocked" });
    twin.clearFaults();
    twin.advance({ ms: 31 * MINUTE });
    // What has waited so long is void, and is decided anew.
    await goods.publish();
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(wanted());
  });

  test("is not asked again when it never reached Kaspi, looked at meanwhile or not", async () => {
    await agree();
    twin.setFault({ name: "connection_reset", at: ["process"], times: 1 });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "sending" });
    await goods.check();
    twin.advance({ ms: 16 * MINUTE });
    await confirmStore(access, goods.storeId);
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(wanted());
  });

  test.each([
    ["Kaspi has accepted it", () => {}],
    ["it is read back", () => twin.setFault({ name: "answer_lost", at: ["process"], times: 1 })],
  ])("is carried out when %s: the next one is asked about", async (_, before) => {
    await agree();
    before();
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(wanted());
    expect(await db.$count(priceAnswers, eq(priceAnswers.productId, goods.productId))).toBe(0);
  });

  test("is decided at once even while another price is on its way", async () => {
    goods.rivals(start - 20);
    await goods.check();
    twin.setFault({ name: "write_delay", ms: 60_000 });
    await goods.publish();
    twin.clearFaults();
    goods.rivals(Math.floor(start / 2));
    await goods.check();
    question = { ...question, decisionId: (await last())?.id ?? "" };
    expect(await agree()).toEqual({ kind: "changes", price: wanted() });
    expect(await last()).toMatchObject({ priceBefore: start - 21, actorId: owner.id });
  });

  test("passes no floor raised since", async () => {
    await setLimits(db, owner, goods.productId, { floor: tenge(start - 1) }, access.clock());
    expect(await agree()).toEqual({ kind: "changes", price: start - 1 });
  });

  test("is refused when the person keeps the old one, and not asked about again", async () => {
    await keep();
    expect(await last()).toMatchObject({ state: "refused", stateReason: "person_kept" });
    await goods.cycle();
    expect(await goods.history()).toHaveLength(1);
    expect(goods.writes()).toEqual([]);
    const kept = { action: "product.price_kept", userId: owner.id };
    const told = and(eq(auditLog.subjectId, goods.productId), eq(auditLog.action, kept.action));
    expect(await db.select().from(auditLog).where(told)).toMatchObject([
      { ...kept, details: { current: start, wanted: wanted() } },
    ]);
  });

  test("is asked about again when the market has changed", async () => {
    await keep();
    goods.rivals(Math.floor(start / 2) - 5);
    twin.advance({ ms: 60_000 });
    await goods.cycle();
    expect(await last()).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
  });

  test("is answered once: a second answer, or one to an older question, changes nothing", async () => {
    await keep();
    await expect(agree()).rejects.toMatchObject({ kind: "conflict" });
    await expect(keep()).rejects.toMatchObject({ kind: "conflict" });
    expect(await goods.history()).toHaveLength(1);
  });

  test("is no question to somebody from another store", async () => {
    await expect(agree(stranger)).rejects.toMatchObject({ kind: "not_found" });
    await expect(keep(stranger)).rejects.toMatchObject({ kind: "not_found" });
    const ids = [question.decisionId];
    expect(await approveManyFrozen(db, stranger, ids, access.clock())).toMatchObject({ gone: 1 });
    expect(await keepManyPrices(db, stranger, ids, access.clock())).toMatchObject({ gone: 1 });
    expect(await last()).toMatchObject({ state: "frozen" });
  });

  test("still leaves room to rise to where it came from, once the rival is gone", async () => {
    await agree();
    await goods.publish();
    twin.advance({ ms: 10_000 });
    expect(await goods.product()).toMatchObject({ anchor: start });
    goods.rivals(Math.floor(start * 0.6));
    twin.advance({ ms: 120_000 });
    await goods.cycle();
    await goods.cycle();
    expect(goods.kaspiPrice()).toBeGreaterThan(wanted());
  });

  test("is no price for another city the store has moved to meanwhile", async () => {
    const { productId, cityId } = goods;
    const priced = (isPriced: boolean) =>
      db.update(productCities).set({ isPriced }).where(eq(productCities.productId, productId));
    await priced(false);
    await expect(agree()).rejects.toMatchObject({ kind: "conflict" });
    await keep();
    await priced(true);
    expect((await goods.product()).cityId).toBe(cityId);
    expect(goods.writes()).toEqual([]);
  });
});

describe("many prices that wait for a person", () => {
  test("are agreed to at once: each is decided on its own market, and one in which it is no longer asked is left alone", async () => {
    const other = goods;
    const first = question;
    goods = shelf.take();
    start = goods.kaspiPrice();
    goods.rivals(Math.floor(start / 2));
    await goods.watch({ floor: Math.ceil(start / 4) });
    await goods.cycle();
    const second = (await last())?.id ?? "";
    await keepPrice(db, owner, first, access.clock());
    const ids = [first.decisionId, second];
    expect(await approveManyFrozen(db, owner, ids, access.clock())).toEqual({
      accepted: 1,
      gone: 1,
    });
    while (await repriceDue(access, goods.storeId, { trigger: "schedule" }));
    await goods.publish();
    expect(goods.writes()).toHaveLength(1);
    expect(other.writes()).toEqual([]);
  });
});
