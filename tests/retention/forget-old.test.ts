import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { DAY, HOUR, later } from "@/lib/core/time";
import { apiAnswers } from "@/lib/db/schema/api-answers";
import { paces } from "@/lib/db/schema/api-keys";
import { bulkChanges, bulkItems } from "@/lib/db/schema/bulk";
import { feedPulls, feeds } from "@/lib/db/schema/feeds";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { mailboxLetters } from "@/lib/db/schema/mailings";
import { invites } from "@/lib/db/schema/people";
import { priceLists } from "@/lib/db/schema/price-lists";
import { productCities, products } from "@/lib/db/schema/products";
import {
  budgetEntries,
  decisions,
  marketObservations,
  pricingRuns,
} from "@/lib/db/schema/repricing";
import { syncPages } from "@/lib/db/schema/sync";
import { auditLog, loginFailures, notices, runs } from "@/lib/db/schema/workspace";
import { repriceOne } from "@/lib/repricing/check/reprice-store";
import { forgetOld } from "@/lib/retention/forget-old";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db } = access;
const keep = { marketDays: 35, historyDays: 90, decisionDays: 180 };
const { storeId, merchantId } = await connectedStore(office);
await syncNow(office, storeId);

beforeEach(async () => {
  await Promise.all([db.delete(marketObservations), db.delete(pricingRuns), db.delete(notices)]);
});

const ago = (days: number) => later(access.clock(), -days * DAY);
/** Some days from now. */
const sweep = (days = 0) => forgetOld({ db, clock: () => ago(-days) }, keep);

/** A market seen from one day to another, in days ago. */
async function market(first: number, last: number): Promise<string> {
  const id = randomUUID();
  await db.insert(marketObservations).values({
    ...{ id, cardId: "1", cityId: "750000000", contentHash: "", offers: [], total: 0 },
    ...{ firstSeenAt: ago(first), lastSeenAt: ago(last) },
  });
  return id;
}

const marketIds = async () => (await db.select().from(marketObservations)).map(({ id }) => id);

test("markets not seen for longer than they are kept are forgotten, those seen since are not", async () => {
  await market(80, 36);
  const standing = await market(80, 34);
  const recent = await market(3, 3);
  await sweep();
  expect((await marketIds()).sort()).toEqual([standing, recent].sort());
  await sweep(33);
  expect(await marketIds()).toEqual([]);
});

test("the last market of a product stays, however old", async () => {
  const shown = await market(400, 400);
  await db.update(productCities).set({ observationId: shown });
  await sweep();
  expect(await marketIds()).toEqual([shown]);
});

test("checks that led to nothing are forgotten; a decision and its run much later, the audit never", async () => {
  const [goods] = await goodsOnSale(office, storeId, merchantId);
  if (!goods) throw new Error("nothing is on sale");
  await handle(office, goods).watch({ floor: 10 });
  await repriceOne(access, owner, goods.productId);
  const idle = { storeId, trigger: "schedule" as const };
  await db.insert(pricingRuns).values([
    { ...idle, startedAt: ago(91) },
    { ...idle, startedAt: ago(1) },
  ]);
  const before = { decisions: await db.$count(decisions), audit: await db.$count(auditLog) };
  expect(before.decisions).toBeGreaterThan(0);
  await sweep();
  expect(await db.$count(pricingRuns)).toBe(2);
  await sweep(179);
  expect(await db.$count(pricingRuns)).toBe(1);
  expect(await db.$count(decisions)).toBe(before.decisions);
  await sweep(3_650);
  expect(await db.$count(pricingRuns)).toBe(0);
  expect(await db.$count(decisions)).toBe(0);
  expect(await db.$count(auditLog)).toBe(before.audit);
});

test("what was taken from the budget counts for hours and is kept for days", async () => {
  const [account] = await db.select().from(kaspiAccounts);
  const login = account?.login ?? "";
  await db.insert(budgetEntries).values([
    { login, at: ago(3) },
    { login, at: ago(1) },
  ]);
  await sweep();
  expect(await db.$count(budgetEntries)).toBe(1);
});

test("old runs go with all they kept, a store's last sync stays", async () => {
  await db.delete(runs);
  const done = { storeId, status: "finished" as const };
  const [old, last, bulk] = await db
    .insert(runs)
    .values([
      { ...done, kind: "sync", createdAt: ago(200), finishedAt: ago(200) },
      { ...done, kind: "sync", createdAt: ago(150), finishedAt: ago(150) },
      { ...done, kind: "bulk", createdAt: ago(91), finishedAt: ago(91) },
      { ...done, kind: "bulk", createdAt: ago(89), finishedAt: ago(89) },
    ])
    .returning();
  const [product] = await db.select().from(products).limit(1);
  await db.insert(syncPages).values({ runId: old?.id ?? "", productIds: [product?.id ?? ""] });
  await db.insert(bulkChanges).values({ id: bulk?.id ?? "", userId: owner.id, change: {} });
  await db.insert(bulkItems).values({ bulkId: bulk?.id ?? "", productId: product?.id ?? "" });
  await sweep();
  const left = await db.select().from(runs);
  expect(left).toHaveLength(2);
  expect(left.map((run) => run.id)).toContain(last?.id);
  expect(await db.$count(syncPages)).toBe(0);
  expect(await db.$count(bulkItems)).toBe(0);
});

test("closed notices are forgotten, an open one never", async () => {
  const notice = { kind: "sync_incomplete", severity: "warning" as const, createdAt: ago(500) };
  await db.insert(notices).values([
    { ...notice, key: "closed", resolvedAt: ago(91) },
    { ...notice, key: "open" },
  ]);
  await sweep();
  expect(await db.select().from(notices)).toMatchObject([{ key: "open" }]);
});

test("much is forgotten in small batches, to the last row", async () => {
  for (let n = 0; n < 7; n += 1) await market(100, 100);
  await db.update(productCities).set({ observationId: null });
  expect(await forgetOld(access, keep, { batch: 3 })).toMatchObject({ goesOn: false });
  expect(await marketIds()).toEqual([]);
});

test("invites are forgotten long after their links have run out", async () => {
  const invite = (name: string, daysAgo: number) => ({
    email: `${name}@example.kz`,
    role: "member" as const,
    locale: "ru" as const,
    tokenHash: name,
    invitedBy: owner.id,
    sentAt: ago(daysAgo + 2),
    expiresAt: ago(daysAgo),
  });
  await db
    .insert(invites)
    .values([
      { ...invite("long-accepted", 91), acceptedAt: ago(92) },
      invite("long-unanswered", 91),
      invite("lately-run-out", 89),
    ]);
  await sweep();
  expect((await db.select().from(invites)).map(({ tokenHash }) => tokenHash)).toEqual([
    "lately-run-out",
  ]);
});

test("attempts to get in are forgotten once they count against nobody", async () => {
  const attempt = (email: string, hours: number) => ({
    email,
    address: "10.0.0.1",
    at: later(access.clock(), -hours * HOUR),
  });
  await db
    .insert(loginFailures)
    .values([attempt("old@example.kz", 25), attempt("new@example.kz", 1)]);
  await sweep();
  expect((await db.select().from(loginFailures)).map(({ email }) => email)).toEqual([
    "new@example.kz",
  ]);
});

test("whoes that once showed wrong keys are forgotten when their pace is long over", async () => {
  const failures = (who: string, daysAgo: number) => ({ who, pacedUntil: ago(daysAgo) });
  await db.insert(paces).values([failures("10.0.0.1", 2), failures("10.0.0.2", 0)]);
  await sweep();
  expect((await db.select().from(paces)).map(({ who }) => who)).toEqual(["10.0.0.2"]);
});

test("answers of the API are kept for as long as they may be given again", async () => {
  const answer = (key: string, days: number) => ({
    ...{ userId: owner.id, operation: "updatePrice", key, bodyHash: "", at: ago(days) },
  });
  await db.insert(apiAnswers).values([answer("old", 1.1), answer("new", 0.9)]);
  await sweep();
  expect((await db.select().from(apiAnswers)).map(({ key }) => key)).toEqual(["new"]);
});

test("of price lists the newest fifty stay, and the one that is served; visits a month", async () => {
  const content = {
    errors: 0,
    warnings: 0,
    findings: [],
    hash: "",
    xml: Buffer.from(""),
    bytes: 0,
  };
  const versions = await db
    .insert(priceLists)
    .values(
      Array.from({ length: 60 }, (_, nth) => ({
        ...{ ...content, storeId, number: nth + 1, why: "feed" as const, offers: 0 },
        ...{ madeAt: ago(nth < 55 ? 5 : 0), checkedAt: ago(0) },
      })),
    )
    .returning({ id: priceLists.id, number: priceLists.number });
  const served = versions.find(({ number }) => number === 3)?.id ?? "";
  await db.insert(feeds).values({ storeId, token: "x", tokenHash: "x", listId: served });
  await db.insert(feedPulls).values([
    { storeId, at: ago(31), outcome: "served" },
    { storeId, at: ago(29), outcome: "served" },
  ]);
  await sweep();
  const left = await db.select({ number: priceLists.number }).from(priceLists);
  expect(left.map(({ number }) => number).sort((one, other) => one - other)).toEqual([
    3,
    ...Array.from({ length: 50 }, (_, nth) => nth + 11),
  ]);
  expect(await db.$count(feedPulls)).toBe(1);
});

test("a training office's letters are kept for a week", async () => {
  const letter = { to: "a@example.kz", bodyText: "", bodyHtml: "", headers: "" };
  await db.insert(mailboxLetters).values([
    { ...letter, subject: "old", at: ago(8) },
    { ...letter, subject: "new", at: ago(6) },
  ]);
  await sweep();
  const kept = await db.select({ subject: mailboxLetters.subject }).from(mailboxLetters);
  expect(kept).toEqual([{ subject: "new" }]);
});
