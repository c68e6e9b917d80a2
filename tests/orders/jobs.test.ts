import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { orderReads, orders } from "@/lib/db/schema/orders";
import { auditLog, notices, runs } from "@/lib/db/schema/workspace";
import { ordersTick, readOrders } from "@/lib/orders/jobs";
import { noteFailure } from "@/lib/orders/read-queries";
import { sourceUnderWay } from "@/lib/orders/read-state-queries";
import { beginReading, finishReading, readFromShop } from "@/lib/orders/read-store";
import { askForOrders, requestDue } from "@/lib/orders/request-read";
import { setToken } from "@/lib/stores/token-queries";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { storeWithOrders } from "../support/orders";

const office = await testOffice();
reachableByJobs(office);
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
const shop = await storeWithOrders(office);
const { merchantUid, storeId } = shop;
const jobs = await startOfficeJobs(office, [ordersTick, readOrders]);

beforeEach(async () => {
  await jobs.drain();
  twin.clearFaults();
  twin.forgetOrders();
  await db.delete(orders);
  await db.delete(orderReads);
  await db.delete(runs);
  await db.delete(notices);
});

const run = async () => (await db.select().from(runs)).at(-1);

test("a person asks, the orders are read, and the run says how many", async () => {
  twin.addOrder({ merchantUid });
  twin.addOrder({ merchantUid });
  const [runId] = await askForOrders(db, owner, storeId, clock());
  expect(await askForOrders(db, owner, null, clock())).toEqual([runId]);
  await jobs.drain();
  expect(await run()).toMatchObject({
    ...{ id: runId, kind: "orders", status: "finished", userId: owner.id },
    counts: { orders: 2, created: 2 },
  });
  expect(await shop.orders()).toHaveLength(2);
  const [entry] = await db
    .select()
    .from(auditLog)
    .where(eq(auditLog.action, "store.orders_requested"));
  expect(entry).toMatchObject({ storeId, userId: owner.id });
});

test("what is due is asked for by itself: the first time with a run to follow, then without", async () => {
  expect(await requestDue(db, clock())).toBe(1);
  await jobs.drain();
  expect(await run()).toMatchObject({ kind: "orders", status: "finished", userId: null });
  expect(await requestDue(db, clock())).toBe(0);
  const { code } = twin.addOrder({ merchantUid });
  twin.advance({ ms: 11 * MINUTE });
  expect(await requestDue(db, clock())).toBe(1);
  await jobs.drain();
  expect(await db.$count(runs)).toBe(1);
  expect(await shop.order(code)).toMatchObject({ tab: "new" });
});

test("a token that is refused ends the run in words, and is tried again later, a new one at once", async () => {
  twin.setFault({ name: "token_refused" });
  await askForOrders(db, owner, storeId, clock());
  await jobs.drain();
  expect(await run()).toMatchObject({ status: "failed", errorKey: "token_refused" });
  expect((await db.select().from(notices)).map(({ kind }) => kind)).toEqual(["token_refused"]);
  twin.advance({ ms: 11 * MINUTE });
  expect(await requestDue(db, clock())).toBe(0);
  await setToken(db, owner, storeId, access.vault.seal(shop.token), clock());
  expect(await requestDue(db, clock())).toBe(1);
  twin.clearFaults();
  await jobs.drain();
  expect((await db.select().from(orderReads))[0]).toMatchObject({ lastError: null });
});

test("a Kaspi that fails for a while costs nothing: the reading goes on where it was", async () => {
  twin.addOrder({ merchantUid });
  twin.setFault({ name: "server_error", at: ["shop_orders"], after: 5, times: 2 });
  await askForOrders(db, owner, storeId, clock());
  await jobs.drain();
  for (let n = 0; n < 10 && (await run())?.status === "running"; n += 1) {
    jobs.clock.advance(MINUTE);
    await jobs.drain();
  }
  expect(await run()).toMatchObject({ status: "finished" });
  const [read] = await db.select().from(orderReads);
  const days = ((read?.readTo?.getTime() ?? 0) - (read?.readFrom?.getTime() ?? 0)) / (24 * HOUR);
  expect(Math.round(days)).toBe(365);
});

test("a stranger and who only looks ask in vain, and so does a store with nothing to read it by", async () => {
  await expect(askForOrders(db, stranger, storeId, clock())).rejects.toMatchObject({
    kind: "not_found",
  });
  await expect(askForOrders(db, stranger, null, clock())).rejects.toMatchObject({
    key: "orders_no_source",
  });
});

test("a new token is asked for once, however long the reading takes", async () => {
  twin.setFault({ name: "token_refused" });
  expect(await requestDue(db, clock())).toBe(1);
  await jobs.drain();
  twin.advance({ ms: MINUTE });
  await setToken(db, owner, storeId, access.vault.seal(shop.token), clock());
  expect(await requestDue(db, clock())).toBe(1);
  twin.advance({ ms: MINUTE });
  expect(await requestDue(db, clock())).toBe(0);
  twin.clearFaults();
  await jobs.drain();
});

test("a reading whose source is changed in the middle is none of the other", async () => {
  const [runId = ""] = await askForOrders(db, owner, storeId, clock());
  const begun = await beginReading(access, { storeId, runId });
  if (!begun) throw new Error("its orders cannot be read");
  const reading = { storeId, runId, ...begun };
  const met = await readFromShop(access, reading, 1);
  await setToken(db, owner, storeId, null, clock());
  expect(await readFromShop(access, reading, 4)).toMatchObject({ isOver: true });
  await finishReading(access, reading, met);
  expect(await run()).toMatchObject({ status: "failed", errorKey: "orders_source_changed" });
  const reads = await db.select().from(orderReads);
  expect(reads.map(({ lastWholeAt, begunAt }) => [lastWholeAt, begunAt])).toEqual([
    [null, null],
    [null, null],
  ]);
  const next = reads.find(({ source }) => source === "cabinet")?.nextReadAt;
  expect(next && next <= clock()).toBe(true);
  await setToken(db, owner, storeId, access.vault.seal(shop.token), clock());
});

test("a reading that fails for good fails with the source it began with", async () => {
  await setToken(db, owner, storeId, access.vault.seal(shop.token), clock());
  await beginReading(access, { storeId, runId: null });
  await setToken(db, owner, storeId, null, clock());
  expect(await sourceUnderWay(db, storeId)).toBe("shop_api");
  await noteFailure(db, { id: storeId, source: "shop_api" }, "kaspi_unreachable", clock());
  expect(await sourceUnderWay(db, storeId)).toBeNull();
  await setToken(db, owner, storeId, access.vault.seal(shop.token), clock());
});
