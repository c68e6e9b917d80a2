import { eq, isNotNull, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import { jobEvents, jobRuns } from "@/lib/db/schema/jobs";
import { priceWars } from "@/lib/db/schema/price-wars";
import { products } from "@/lib/db/schema/products";
import { runs } from "@/lib/db/schema/workspace";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { watchPriceWars } from "@/lib/price-wars/jobs";
import { batchesFailed, inBatches } from "@/lib/repricing/batch-job";
import { changeProducts } from "@/lib/repricing/bulk/bulk-jobs";
import { selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { changeMany } from "@/lib/repricing/bulk/change-many";
import { floorsTick, recomputeFloors } from "@/lib/repricing/cost-floor/cost-jobs";
import { gate } from "../support/jobs";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
reachableByJobs(office);
const shelf = await fullShelf(office);

beforeEach(async () => {
  await db.delete(jobEvents);
  await db.delete(jobRuns);
  await db.delete(runs);
  await db.update(products).set({ botEnabled: false, floor: null, ceiling: null });
});

const all = selectionSchema.parse({ kind: "filter", choice: {}, except: [] });
const floors = { kind: "floor", to: { unit: "percent", value: 90 } } as const;
const begin = () =>
  changeMany(db, owner, { selection: all, change: floors, confirm: false }, clock());
const runOf = async (id: string | null) =>
  (
    await db
      .select()
      .from(runs)
      .where(eq(runs.id, id ?? ""))
  )[0];
const statesOf = async (job: string) =>
  (await db.select().from(jobRuns).where(eq(jobRuns.job, job))).map(({ state }) => state);

/** From now on no product can be changed, as if the disk were full. */
async function whileNothingIsWritten(work: () => Promise<void>): Promise<void> {
  await db.execute(sql`create function refuse() returns trigger language plpgsql
    as $$ begin raise 'no space left on device'; end $$`);
  await db.execute(sql`create trigger refused before update on ${products}
    for each row execute function refuse()`);
  await work();
  await db.execute(sql`drop function refuse cascade`);
}

describe("a change of many products", () => {
  test("is done by its job", async () => {
    const jobs = await startOfficeJobs(office, [changeProducts]);
    const id = await begin();
    await jobs.drain();
    const run = await runOf(id);
    expect(run).toMatchObject({ status: "finished", done: run?.total });
    expect(await db.$count(products, sql`floor is null and on_sale`)).toBe(0);
  });

  test("has failed once its last attempt has, and not before", async () => {
    const jobs = await startOfficeJobs(office, [changeProducts]);
    const id = await begin();
    await whileNothingIsWritten(async () => {
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        expect((await runOf(id))?.status).not.toBe("failed");
        await jobs.drain();
        twin.advance({ ms: MINUTE });
      }
    });
    await jobs.drain();
    expect(await statesOf("change-products")).toEqual(["failed"]);
    const run = await runOf(id);
    expect(run).toMatchObject({ status: "failed", errorKey: "unknown", done: 0 });
    expect(run?.finishedAt).not.toBeNull();
  });
});

describe("batches one after another", () => {
  const job = (doBatch: () => Promise<boolean>) =>
    defineJob(
      events.bulkRequested,
      { id: "in-batches", retries: 0 },
      (given) => inBatches(given, doBatch),
      batchesFailed,
    );
  const ask = async () => {
    const runId = await begin();
    await db.delete(jobEvents);
    await emit(db, [events.bulkRequested.create({ runId })]);
    return runId;
  };

  test("stop after the one at hand when the process does, and the next process goes on", async () => {
    const door = gate();
    let done = 0;
    const doBatch = async () => {
      if (done === 1) await door.pass();
      done += 1;
      return done < 7;
    };
    const first = await startOfficeJobs(office, [job(doBatch)]);
    await first.start();
    await ask();
    await door.arrived(1);
    const stopped = first.stop();
    door.open();
    await stopped;
    expect(done).toBe(2);
    const next = await startOfficeJobs(office, [job(doBatch)]);
    await next.drain();
    expect(done).toBe(7);
    expect(await statesOf("in-batches")).toEqual(["completed"]);
  });

  test.each([
    [new AppError("forbidden"), "forbidden"],
    [new AppError("conflict", "bulk_many"), "bulk_many"],
    [new TypeError("boom"), "unknown"],
  ])("say what they have failed of: %s", async (error, errorKey) => {
    const jobs = await startOfficeJobs(office, [job(() => Promise.reject(error))]);
    const id = await ask();
    await jobs.drain();
    expect(await runOf(id)).toMatchObject({ status: "failed", errorKey });
  });
});

describe("on schedule", () => {
  test("floors that have had their day are computed anew", async () => {
    const stale = [shelf.take(), shelf.take()];
    for (const { productId } of stale)
      await db.update(products).set({ costFloorUntil: clock() }).where(eq(products.id, productId));
    const jobs = await startOfficeJobs(office, [floorsTick, recomputeFloors]);
    twin.advance({ ms: 5 * MINUTE });
    await jobs.drain();
    expect(await db.select().from(runs)).toMatchObject([{ status: "finished", done: 2 }]);
    expect(await db.$count(products, isNotNull(products.costFloorUntil))).toBe(0);
  });

  test("a chase that has begun is found", async () => {
    const goods = await shelf.contested();
    await goods.cycle();
    for (let round = 0; round < 3; round += 1) {
      goods.rivals(goods.kaspiPrice() - 1);
      await goods.cycle();
      twin.advance({ ms: 10 * MINUTE });
    }
    const jobs = await startOfficeJobs(office, [watchPriceWars]);
    twin.advance({ ms: 10 * MINUTE });
    await jobs.drain();
    expect(await statesOf("watch-price-wars")).toEqual(["completed"]);
    expect(await db.select().from(priceWars)).toMatchObject([{ productId: goods.productId }]);
  });
});
