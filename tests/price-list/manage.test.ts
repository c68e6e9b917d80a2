import { and, eq, gte } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { HOUR } from "@/lib/core/time";
import { feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { auditLog, notices, runs } from "@/lib/db/schema/workspace";
import { lookAfterFeeds } from "@/lib/price-list/look-after-feeds";
import { makeListByPerson } from "@/lib/price-list/make-by-person";
import {
  changeFeedAddress,
  feedAddress,
  removeFeedPassword,
  setFeedPassword,
  turnFeedOff,
  turnFeedOn,
} from "@/lib/price-list/manage-feed";
import { previewRollback } from "@/lib/price-list/preview-rollback";
import { diffVersions } from "@/lib/price-list/read-version";
import { requestRollback, rollBack } from "@/lib/price-list/roll-back";
import { serveFeed } from "@/lib/price-list/serve-feed";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice({ startAt: new Date("2026-11-20T06:00:00Z") });
const { access, twin, owner, stranger } = office;
const { db } = access;
let storeId: string;

beforeAll(async () => {
  ({ storeId } = await connectedStore(office));
});
beforeEach(async () => {
  twin.advance({ ms: HOUR });
  await db.delete(feeds);
  await db.delete(decisions);
  await db.delete(runs);
  await db.delete(notices);
  await syncNow(office, storeId);
});

async function tokenNow(): Promise<string> {
  const [feed] = await db.select().from(feeds).where(eq(feeds.storeId, storeId));
  if (!feed) throw new Error("no feed");
  const [, token = ""] = /feed\/([^/]+)\//.exec(feedAddress(access, feed, "http://office")) ?? [];
  return token;
}

const ask = async (token: string, authorization: string | null = null) => {
  const who = { ifNoneMatch: null, isHead: false, address: "127.0.0.1", agent: null };
  return (await serveFeed(access, { token, authorization, ...who })).kind;
};

test("a feed is turned on and off by those who may change prices, and it is written down", async () => {
  await expect(turnFeedOn(access, stranger, storeId)).rejects.toMatchObject({ kind: "not_found" });
  await turnFeedOn(access, owner, storeId);
  const token = await tokenNow();
  expect(await ask(token)).toBe("list");
  await turnFeedOff(access, owner, storeId);
  expect(await ask(token)).toBe("unknown");
  await turnFeedOn(access, owner, storeId);
  expect(await tokenNow()).toBe(token);
  const since = and(eq(auditLog.subjectId, storeId), gte(auditLog.at, access.clock()));
  const log = await db.select().from(auditLog).where(since);
  expect(log.map(({ action }) => action).sort()).toEqual([
    "feed.turned_off",
    "feed.turned_on",
    "feed.turned_on",
  ]);
});

test("a new address ends the one before, and a password is asked for", async () => {
  await turnFeedOn(access, owner, storeId);
  const before = await tokenNow();
  await changeFeedAddress(access, owner, storeId);
  const token = await tokenNow();
  expect([await ask(before), await ask(token)]).toEqual(["unknown", "list"]);
  const password = await setFeedPassword(access, owner, storeId);
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  expect(await ask(token)).toBe("unauthorized");
  expect(await ask(token, basic(`kaspi:${password}`))).toBe("list");
  await removeFeedPassword(access, owner, storeId);
  expect(await ask(token)).toBe("list");
});

test("a store whose list is fetched is looked at every 45 minutes", async () => {
  await turnFeedOn(access, owner, storeId);
  await syncNow(office, storeId);
  const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
  const wait = (store?.nextSyncAt?.getTime() ?? 0) - access.clock().getTime();
  expect(wait).toBe(45 * 60_000);
});

test("whoever must know is told of a feed that nobody fetches, until somebody does", async () => {
  await turnFeedOn(access, owner, storeId);
  const open = () => db.$count(notices, and(eq(notices.kind, "feed_not_fetched")));
  await lookAfterFeeds(access);
  expect(await open()).toBe(0);
  twin.advance({ ms: 4 * HOUR });
  await lookAfterFeeds(access);
  expect(await open()).toBe(1);
  await syncNow(office, storeId);
  await ask(await tokenNow());
  await lookAfterFeeds(access);
  const [notice] = await db.select().from(notices).where(eq(notices.kind, "feed_not_fetched"));
  expect(notice?.resolvedAt).not.toBeNull();
});

test("the prices of a version are put back as a person's, within their limits", async () => {
  const [one, other] = await db
    .select()
    .from(products)
    .where(and(eq(products.onSale, true)))
    .orderBy(products.sku)
    .limit(2);
  if (!one?.price || !other?.price) throw new Error("no goods");
  const version = await makeListByPerson(access, owner, storeId);
  await db
    .update(products)
    .set({ price: tenge(one.price + 500) })
    .where(eq(products.id, one.id));
  await db
    .update(products)
    .set({ price: tenge(other.price + 500), floor: tenge(other.price + 400) })
    .where(eq(products.id, other.id));
  const now = await makeListByPerson(access, owner, storeId);
  const { diff } = await diffVersions(db, owner, { from: version.id, to: now.id });
  expect(diff).toMatchObject({ added: 0, removed: 0, changed: 2 });

  await expect(requestRollback(db, stranger, version.id, access.clock())).rejects.toMatchObject({
    kind: "not_found",
  });
  await expect(previewRollback(db, stranger, version.id)).rejects.toMatchObject({
    kind: "not_found",
  });
  const preview = await previewRollback(db, owner, version.id);
  expect(preview).toMatchObject({ raised: 0, lowered: 2 });
  const deepest = one.price < other.price ? one : other;
  expect(preview.worst).toMatchObject({ name: deepest.name, to: deepest.price });

  const runId = await requestRollback(db, owner, version.id, access.clock());
  const asked = { storeId, runId, listId: version.id, userId: owner.id };
  await rollBack(access, asked);
  await rollBack(access, asked);
  const [run] = await db.select().from(runs).where(eq(runs.id, runId));
  expect(run?.counts).toEqual({ changed: 1, skipped: 1 });
  const made = await db.select().from(decisions).where(eq(decisions.state, "pending"));
  expect(made.map(({ productId, price, origin }) => ({ productId, price, origin }))).toEqual([
    { productId: one.id, price: one.price, origin: "manual" },
  ]);
  await db.update(products).set({ floor: null }).where(eq(products.id, other.id));
});
