import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { jobEvents, jobRuns } from "@/lib/db/schema/jobs";
import { productCities } from "@/lib/db/schema/products";
import { functions } from "@/lib/functions";
import { preordersTick } from "@/lib/preorders/jobs";
import { pricingTick } from "@/lib/repricing/check/jobs";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { isKeptGoing } from "@/lib/runs/cancel-model";
import { cancelRun } from "@/lib/runs/change-run";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { preorderOf } from "../support/preorders";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, twin, owner } = office;
const { db, clock } = access;
reachableByJobs(office);
const shelf = await fullShelf(office);
const { storeId } = shelf;

/** A product whose bot has decided on a new price. */
async function decided() {
  const goods = await shelf.contested();
  await goods.check();
  return goods;
}

const idsOf = (events: string[]) =>
  functions
    .filter(({ opts }) =>
      opts.triggers?.some(({ event }: { event?: unknown }) => events.includes(String(event))),
    )
    .map((job) => job.id());

test("what the schedules of prices and preorders ask for again within a minute is what nobody can cancel", async () => {
  await decided();
  while ((await publishStore(access, storeId)).goesOn);
  await decided();
  const due = await decided();
  const [sent, waiting] = [preorderOf(office, shelf.take()), preorderOf(office, shelf.take())];
  await sent.draft();
  await sent.push();
  await sent.send();
  await waiting.draft();
  await waiting.push();
  const jobs = await startOfficeJobs(office, [pricingTick, preordersTick]);
  await db
    .update(productCities)
    .set({ nextCheckAt: clock() })
    .where(eq(productCities.productId, due.productId));
  await db.delete(jobEvents);
  twin.advance({ ms: MINUTE });
  await jobs.drain();
  const asked = await db.selectDistinct({ name: jobEvents.name }).from(jobEvents);
  const kept = functions.map((job) => job.id()).filter(isKeptGoing);
  expect(idsOf(asked.map(({ name }) => name)).sort()).toEqual(kept.sort());
  expect(kept).toHaveLength(5);
});

test("of all jobs, prices and notes of a failure are refused to be cancelled, and go on", async () => {
  const handlers = functions
    .filter(({ opts }) => opts.onFailure)
    .map((job) => `${job.id()}-failure`);
  const came: Record<string, string[]> = {};
  for (const job of [...functions.map((one) => one.id()), ...handlers]) {
    const id = randomUUID();
    const event = { id, name: "any", data: { storeId }, ts: 0 };
    const run = { id, job, event, state: "running" as const, concurrencyKeys: [] };
    await db.insert(jobRuns).values({ ...run, queuedAt: clock() });
    const outcome = await cancelRun(db, owner, id, clock()).then(
      () => "cancelled",
      ({ key }) => String(key),
    );
    const [row] = await db.select().from(jobRuns).where(eq(jobRuns.id, id));
    expect(row?.state).toBe(outcome === "cancelled" ? "cancelled" : "running");
    came[outcome] = [...(came[outcome] ?? []), job];
  }
  expect(came.run_kept_going?.sort()).toEqual([
    "confirm-prices",
    "look-for-preorders",
    "publish-prices",
    "reprice-store",
    "send-preorders",
  ]);
  expect(came.run_of_failure?.sort()).toEqual([
    "change-products-failure",
    "note-failed-run",
    "read-orders-failure",
    "read-reviews-failure",
    "recompute-floors-failure",
    "roll-back-list-failure",
    "sync-store-failure",
    "upload-list-failure",
  ]);
});
