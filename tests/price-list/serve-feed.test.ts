import { gunzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { hashOf, newToken } from "@/lib/auth/one-time-token";
import { tenge } from "@/lib/core/money";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import { feedPulls, feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import type { ListOffer } from "@/lib/price-list/model";
import { serveFeed } from "@/lib/price-list/serve-feed";
import { validateXml } from "@/lib/price-list/validate-xml";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { leaveFeed } from "@/lib/repricing/send/feed-queries";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { feedServer } from "../support/feed-server";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice({ startAt: new Date("2026-11-20T06:00:00Z") });
const { access, twin, owner } = office;
const { db } = access;
const token = newToken();
const server = await feedServer(access);
afterAll(() => server.stop());
let storeId: string;
let merchantUid: string;

beforeAll(async () => {
  ({ storeId } = await connectedStore(office));
  const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
  merchantUid = store?.merchantId ?? "";
});

beforeEach(async () => {
  twin.clearFaults();
  // It comes by itself, too.
  twin.setFeed({ merchantUid, url: null });
  await db.delete(feeds);
  await db.delete(feedPulls);
  await db.delete(decisions);
  await db.update(workspace).set({ sendingStoppedAt: null, writesPerWindow: 250 });
  twin.advance({ ms: 3 * HOUR });
  // By now all of them have landed.
  twin.forgetWrites();
  await syncNow(office, storeId);
  await db.insert(feeds).values({
    storeId,
    isOn: true,
    token: access.vault.seal(token),
    tokenHash: hashOf(token),
    turnedOnAt: access.clock(),
  });
});

const ask = (more: Partial<Parameters<typeof serveFeed>[1]> = {}) =>
  serveFeed(access, {
    ...{ token, authorization: null, ifNoneMatch: null, isHead: false },
    ...{ address: "10.0.0.1", agent: "Kaspi", ...more },
  });

async function offersIn(answer: Awaited<ReturnType<typeof ask>>): Promise<Map<string, ListOffer>> {
  if (answer.kind !== "list") throw new Error(`no list: ${JSON.stringify(answer)}`);
  const offers = new Map<string, ListOffer>();
  const anybody = { merchantId: null, points: null, cities: null };
  await validateXml(gunzipSync(answer.xml), anybody, (offer) => {
    offers.set(offer.sku, offer);
  });
  return offers;
}

async function goods() {
  const [product] = await db
    .select()
    .from(products)
    .where(eq(products.onSale, true))
    .orderBy(products.sku)
    .limit(1);
  if (!product?.price) throw new Error("no goods");
  return { id: product.id, sku: product.sku, price: product.price };
}

const byHand = (id: string, price: number) =>
  setPriceByHand(db, owner, id, { price: tenge(price), confirm: true }, access.clock());

const stateOf = async (id: string) => {
  const [row] = await db.select().from(decisions).where(eq(decisions.id, id));
  return row;
};

/** A store whose login has no change left, and whose list is fetched. */
async function spentBudget() {
  await ask();
  await db.update(workspace).set({ writesPerWindow: 0 });
  twin.advance({ ms: 10 * MINUTE });
}

test("the whole assortment is served, and once more only when it has changed", async () => {
  const answer = await ask();
  const offers = await offersIn(answer);
  expect(offers.size).toBe(await db.$count(products, eq(products.onSale, true)));
  const etag = answer.kind === "list" ? answer.etag : "";
  expect(await ask({ ifNoneMatch: etag })).toEqual({ kind: "unchanged", etag });
  const again = etag.replace("W/", "");
  expect(await ask({ ifNoneMatch: `"x", ${again}` })).toEqual({ kind: "unchanged", etag });
  expect(
    (await db.select().from(feedPulls).orderBy(feedPulls.at)).map((one) => one.outcome).sort(),
  ).toEqual(["served", "unchanged", "unchanged"]);
});

test("another token is no address at all", async () => {
  expect(await ask({ token: newToken() })).toEqual({ kind: "unknown" });
  await db.update(feeds).set({ isOn: false });
  expect(await ask()).toEqual({ kind: "unknown" });
});

test("with a password the address alone is not enough", async () => {
  await db.update(feeds).set({ basicHash: hashOf("kaspi:secret") });
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  expect(await ask()).toEqual({ kind: "unauthorized" });
  expect(await ask({ authorization: basic("kaspi:wrong") })).toEqual({ kind: "unauthorized" });
  expect(await ask({ authorization: basic("kaspi:secret") })).toMatchObject({ kind: "list" });
});

test("of what was known more than two hours ago nothing is served", async () => {
  twin.advance({ ms: 2 * HOUR });
  expect(await ask()).toMatchObject({ kind: "not_ready", why: "stale" });
  const [pull] = await db.select().from(feedPulls);
  expect(pull).toMatchObject({ outcome: "not_ready", why: "stale", number: null });
});

test("after a sync that missed a page nothing is served but what was whole before", async () => {
  await db.update(stores).set({ wholeSince: null });
  expect(await ask()).toMatchObject({ why: "never_whole" });
});

test("the kill switch stops the feed, too", async () => {
  await db.update(workspace).set({ sendingStoppedAt: access.clock() });
  expect(await ask()).toMatchObject({ kind: "not_ready", why: "stopped" });
});

test("goods whose points Kaspi does not tell keep the list at home", async () => {
  const { sku } = await goods();
  await db.update(products).set({ points: null }).where(eq(products.sku, sku));
  expect(await ask()).toMatchObject({ kind: "not_ready", why: "errors" });
});

test("with the budget spent a price goes by the feed, and is followed to the card", async () => {
  const { id, sku, price } = await goods();
  await spentBudget();
  const decision = await byHand(id, price - 100);
  await publishStore(access, storeId);
  expect(await stateOf(decision)).toMatchObject({
    state: "sending",
    channel: "feed",
    sentAt: null,
  });
  expect(twin.writes({ sku })).toEqual([]);

  const offers = await offersIn(await ask());
  expect(offers.get(sku)?.prices).toMatchObject(
    offers.get(sku)?.prices.kind === "common" ? { price: price - 100 } : {},
  );
  const listed = await stateOf(decision);
  expect(listed).toMatchObject({ state: "sent" });
  expect(listed?.listId).not.toBeNull();
});

test("what Kaspi has fetched and shows is confirmed", async () => {
  const { id, price } = await goods();
  await spentBudget();
  const decision = await byHand(id, price - 100);
  await publishStore(access, storeId);
  twin.setFeed({ merchantUid, url: server.urlOf(token) });
  await twin.pullFeed({ merchantUid });
  twin.advance({ ms: 6 * MINUTE });
  await confirmStore(access, storeId);
  expect(await stateOf(decision)).toMatchObject({ state: "confirmed", channel: "feed" });
  expect(twin.priceLists().at(-1)).toMatchObject({ status: "FLUSHED", takenOff: [] });
});

test("a newer price takes the one that waits out of the list", async () => {
  const { id, sku, price } = await goods();
  await spentBudget();
  const first = await byHand(id, price - 100);
  await publishStore(access, storeId);
  const second = await byHand(id, price - 200);
  await publishStore(access, storeId);
  expect(await stateOf(first)).toMatchObject({ state: "superseded", listId: null });
  expect(await stateOf(second)).toMatchObject({ state: "sending", channel: "feed" });
  const offer = (await offersIn(await ask())).get(sku);
  expect(JSON.stringify(offer?.prices)).toContain(String(price - 200));
});

test("a floor raised meanwhile keeps a waiting price at home", async () => {
  const { id, sku, price } = await goods();
  await spentBudget();
  await byHand(id, price - 100);
  await publishStore(access, storeId);
  await db
    .update(products)
    .set({ floor: tenge(price) })
    .where(eq(products.id, id));
  const offer = (await offersIn(await ask())).get(sku);
  expect(JSON.stringify(offer?.prices)).toContain(String(price));
  expect(JSON.stringify(offer?.prices)).not.toContain(String(price - 100));
  await db.update(products).set({ floor: null }).where(eq(products.id, id));
});

test("nobody fetches any more: what waits is sent in its turn", async () => {
  const { id, price } = await goods();
  await spentBudget();
  const decision = await byHand(id, price - 100);
  await publishStore(access, storeId);
  twin.advance({ ms: 3 * HOUR });
  await leaveFeed(db, storeId, access.clock());
  expect(await stateOf(decision)).toMatchObject({ state: "pending", channel: "cabinet" });
});

test("while Kaspi works on a list no single price overtakes it", async () => {
  const { id, price } = await goods();
  await ask();
  const decision = await byHand(id, price - 100);
  await publishStore(access, storeId);
  expect(await stateOf(decision)).toMatchObject({ state: "pending", stateReason: "list_settles" });
  twin.advance({ ms: 9 * MINUTE });
  await publishStore(access, storeId);
  expect(await stateOf(decision)).toMatchObject({ state: "sent", channel: "cabinet" });
});

test("a list whose waiting price Kaspi has not seen is no old one, though it says the same", async () => {
  const { id, price } = await goods();
  await spentBudget();
  await byHand(id, price - 100);
  await publishStore(access, storeId);
  const first = await ask();
  const etag = first.kind === "list" ? first.etag : "";
  expect(await ask({ ifNoneMatch: etag })).toMatchObject({ kind: "unchanged" });
  await db
    .update(decisions)
    .set({ state: "sending", sentAt: null })
    .where(eq(decisions.channel, "feed"));
  expect(await ask({ ifNoneMatch: etag })).toMatchObject({ kind: "list" });
});

test("what may not leave any more is taken out of the list, and is no price under way", async () => {
  const { id, price } = await goods();
  await spentBudget();
  const decision = await byHand(id, price - 100);
  await publishStore(access, storeId);
  await db.update(products).set({ onSale: false }).where(eq(products.id, id));
  expect(await leaveFeed(db, storeId, access.clock())).toBe(1);
  expect(await stateOf(decision)).toMatchObject({ state: "pending", channel: "cabinet" });
});

test("goods that were on sale and are met no more keep the list at home until another walk", async () => {
  const { sku } = await goods();
  await ask();
  await db.insert(products).values({
    ...{ storeId, sku: "not at Kaspi", name: "x", onSale: true, price: tenge(1_000) },
    points: [{ id: `${merchantUid}_PP1`, available: true, count: null, leadDays: null }],
  });
  await syncNow(office, storeId);
  expect(await ask()).toMatchObject({ kind: "not_ready", why: "never_whole" });
  const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
  expect((store?.nextSyncAt?.getTime() ?? 0) - access.clock().getTime()).toBe(2 * MINUTE);
  await syncNow(office, storeId);
  twin.advance({ ms: 10 * MINUTE });
  const offers = await offersIn(await ask());
  expect(offers.has(sku)).toBe(true);
  expect(offers.has("not at Kaspi")).toBe(false);
});

test("a preorder that is being written keeps the list at home", async () => {
  const { id } = await goods();
  const now = access.clock();
  const [preorder] = await db
    .insert(preorders)
    .values({
      ...{ storeId, productId: id, article: "x", name: "x", price: tenge(1_000), leadDays: 3 },
      ...{ points: [], status: "sent", sendingAt: now, updatedAt: now },
    })
    .returning({ id: preorders.id });
  expect(await ask()).toMatchObject({ kind: "not_ready", why: "changing" });
  await db.delete(preorders).where(eq(preorders.id, preorder?.id ?? ""));
  expect(await ask()).toMatchObject({ kind: "list" });
});

test("who only looks keeps no price back, and ends no hold of who has fetched", async () => {
  const held = async () => (await db.select().from(feeds))[0]?.heldUntil ?? null;
  expect(await ask({ isHead: true })).toMatchObject({ kind: "list" });
  expect(await held()).toBeNull();
  expect(await ask()).toMatchObject({ kind: "list" });
  const until = await held();
  expect(until).toEqual(later(access.clock(), 8 * MINUTE));
  await ask({ isHead: true });
  expect(await held()).toEqual(until);
  expect(await db.$count(feedPulls)).toBe(1);
});
