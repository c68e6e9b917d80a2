import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { DAY, MINUTE } from "@/lib/core/time";
import { jobEvents } from "@/lib/db/schema/jobs";
import { webhookDeliveries, webhooks } from "@/lib/db/schema/webhooks";
import { runs, users } from "@/lib/db/schema/workspace";
import { events } from "@/lib/jobs/events";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { syncDueStores, syncStore } from "@/lib/sync/jobs";
import { requestSync } from "@/lib/sync/request-sync";
import { bodySchema, eventData } from "@/lib/webhooks/event-data-model";
import { sendWebhooks, webhooksTick } from "@/lib/webhooks/jobs";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { receiver, saying } from "../support/receiver";
import { fullShelf } from "../support/shelf";
import { connectedStore, smallShop, syncNow } from "../support/stores";
import { hooked, isSigned, told } from "../support/webhooks";

process.env.WEBHOOK_PRIVATE_TARGETS = "127.0.0.1";
afterAll(() => {
  delete process.env.WEBHOOK_PRIVATE_TARGETS;
});

const office = await testOffice();
reachableByJobs(office);
const { access, owner, stranger, twin } = office;
const { db } = access;
const { add } = hooked(access);
const shelf = await fullShelf(office);
const { storeId } = shelf;
await db.update(users).set({ role: "member" }).where(eq(users.id, stranger.id));
// What these tests do by themselves is not to be done again by the jobs.
await (await startOfficeJobs(office, [syncStore])).drain();

beforeEach(async () => {
  await db.delete(webhooks);
});

/** A webhook for everything, and one of somebody who sees nothing of the store. */
async function listening() {
  const { id } = await add(owner, "https://example.kz/");
  const other = await add(stranger, "https://example.kz/");
  return {
    of: async (event: Parameters<typeof told>[2]) => {
      expect(await told(db, other.id, event)).toEqual([]);
      return told(db, id, event);
    },
  };
}

describe("a price", () => {
  test("has changed when Kaspi's own list shows it, and not before", async () => {
    const heard = await listening();
    const goods = await shelf.contested();
    const before = goods.kaspiPrice();
    await goods.check();
    await goods.publish();
    expect(await heard.of("price.changed")).toEqual([]);
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    const decision = (await goods.history()).find(({ state }) => state === "confirmed");
    const [delivery, ...more] = await heard.of("price.changed");
    expect(more).toEqual([]);
    expect(eventData["price.changed"].parse(delivery?.data)).toEqual({
      store_id: storeId,
      product_id: goods.productId,
      kaspi_sku: goods.sku,
      city_id: goods.cityId,
      price: goods.kaspiPrice(),
      price_before: before,
      origin: "bot",
      reason: expect.any(String),
      decision_id: decision?.id,
      confirmed_at: decision?.confirmedAt?.toISOString(),
    });
  });

  test("is one wish to send with all that are read back at once", async () => {
    const heard = await listening();
    for (let nth = 0; nth < 3; nth += 1) {
      const goods = await shelf.contested();
      await goods.check();
      await goods.publish();
    }
    twin.advance({ ms: 10_000 });
    const wishes = () => db.$count(jobEvents, eq(jobEvents.name, events.webhookDue.name));
    const before = await wishes();
    await confirmStore(access, storeId);
    expect(await heard.of("price.changed")).toHaveLength(3);
    expect(await wishes()).toBe(before + 1);
  });

  test("that nobody listens for costs one question for all that are read back at once", async () => {
    for (let nth = 0; nth < 3; nth += 1) {
      const goods = await shelf.contested();
      await goods.check();
      await goods.publish();
    }
    twin.advance({ ms: 10_000 });
    let asked = 0;
    const counting = Object.create(db, {
      select: {
        value: (columns: Record<string, never>) => {
          if (columns && "webhookId" in columns) asked += 1;
          return db.select(columns);
        },
      },
    });
    expect((await confirmStore({ ...access, db: counting }, storeId)).read).toBe(3);
    expect(asked).toBe(1);
    expect(await db.$count(webhookDeliveries)).toBe(0);
  });
});

test("a price that waits for a person is told of once", async () => {
  const heard = await listening();
  const goods = shelf.take();
  const start = goods.kaspiPrice();
  goods.rivals(Math.floor(start / 2));
  await goods.watch({ floor: Math.ceil(start / 4) });
  await goods.cycle();
  await goods.cycle();
  const [delivery, ...more] = await heard.of("decision.frozen");
  expect(more).toEqual([]);
  const data = eventData["decision.frozen"].parse(delivery?.data);
  expect(data).toMatchObject({ product_id: goods.productId, price_before: start });
  expect(data.price).toBeLessThan(start);
});

test("a sync is told of when it ends", async () => {
  const heard = await listening();
  await syncNow(office, storeId);
  const [delivery, ...more] = await heard.of("sync.finished");
  expect(more).toEqual([]);
  expect(eventData["sync.finished"].parse(delivery?.data)).toMatchObject({
    store_id: storeId,
    status: "finished",
    complete: true,
    error: null,
  });
});

test("a sync that fails for good is told of with its reason, once", async () => {
  const jobs = await startOfficeJobs(office, [syncStore]);
  await jobs.drain();
  const heard = await listening();
  twin.setFault({ name: "server_error", at: ["list"] });
  await requestSync(db, storeId, null);
  for (let nth = 0; nth < 8; nth += 1) {
    await jobs.drain();
    jobs.clock.advance(MINUTE);
  }
  twin.clearFaults();
  const [delivery, ...more] = await heard.of("sync.finished");
  expect(more).toEqual([]);
  const data = eventData["sync.finished"].parse(delivery?.data);
  expect(data).toMatchObject({ status: "failed", error: expect.stringMatching(/^kaspi_/) });
});

test("a sync that nobody has heard of for a day is told of as failed", async () => {
  const jobs = await startOfficeJobs(office, [syncDueStores]);
  const heard = await listening();
  const runId = await requestSync(db, storeId, null);
  await db
    .update(runs)
    .set({ startedAt: new Date(access.clock().getTime() - DAY - 1) })
    .where(eq(runs.id, runId));
  jobs.clock.advance(5 * MINUTE);
  await jobs.drain();
  const [delivery, ...more] = await heard.of("sync.finished");
  expect(more).toEqual([]);
  const data = eventData["sync.finished"].parse(delivery?.data);
  expect(data).toMatchObject({ run_id: runId, status: "failed", error: "unknown" });
});

test("a login that needs its person is told of for its store, once, however many find out", async () => {
  const heard = await listening();
  twin.setPassword({ ...smallShop, password: "another" });
  twin.expireSessions();
  for (let nth = 0; nth < 3; nth += 1) await syncNow(office, storeId).catch(() => null);
  twin.setPassword(smallShop);
  await connectedStore(office);
  const [delivery, ...more] = await heard.of("store.needs_reauth");
  expect(more).toEqual([]);
  const data = eventData["store.needs_reauth"].parse(delivery?.data);
  expect(data).toMatchObject({ store_id: storeId, reason: "password_wrong" });
});

test("the jobs bring it there, and again a minute later when it was not taken", async () => {
  const there = await receiver(saying(500));
  const jobs = await startOfficeJobs(office, [syncStore, sendWebhooks, webhooksTick]);
  await jobs.drain();
  const { secret } = await add(owner, there.url, ["sync.finished"]);
  const runId = await requestSync(db, storeId, null);
  await jobs.drain();
  jobs.clock.advance(2_000);
  await jobs.drain();
  expect(there.received).toHaveLength(1);
  there.answer(saying(204));
  jobs.clock.advance(MINUTE);
  await jobs.drain();
  jobs.clock.advance(2_000);
  await jobs.drain();
  expect(there.received).toHaveLength(2);
  const [first, second] = there.received;
  expect(second && isSigned(secret, second)).toBe(true);
  expect(second?.body).toBe(first?.body);
  const body = bodySchema.parse(JSON.parse(second?.body ?? ""));
  expect(body).toMatchObject({ event: "sync.finished", data: { run_id: runId } });
});
