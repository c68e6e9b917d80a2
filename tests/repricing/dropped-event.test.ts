import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { jobRuns } from "@/lib/db/schema/jobs";
import { productCities } from "@/lib/db/schema/products";
import { keyOf } from "@/lib/jobs/embedded/definition";
import { pricingTick, publishPrices, repriceStore } from "@/lib/repricing/check/jobs";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, twin } = office;
const { db, clock } = access;
reachableByJobs(office);

/** A run of the store's pricing that has looked for the last time and is not over yet. */
async function runAtItsEnd(storeId: string): Promise<string> {
  const data = { storeId };
  const id = randomUUID();
  await db.insert(jobRuns).values({
    ...{ id, job: "reprice-store", state: "running", concurrencyKeys: [], queuedAt: clock() },
    event: { id, name: "store/reprice.requested", data, ts: clock().getTime() },
    singletonKey: keyOf("reprice-store", "singleton", data, ["storeId"]),
  });
  return id;
}

test("an event that meets a run at its end costs a minute: the tick asks for what is still due", async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [goods] = await goodsOnSale(office, storeId, merchantId);
  if (!goods) throw new Error("nothing is on sale");
  const checks = () => db.$count(jobRuns, eq(jobRuns.job, "reprice-store"));
  const lookedAt = async () => {
    const [city] = await db
      .select()
      .from(productCities)
      .where(eq(productCities.productId, goods.productId));
    return city?.lastCheckedAt ?? null;
  };
  const jobs = await startOfficeJobs(office, [pricingTick, repriceStore, publishPrices]);

  const ending = await runAtItsEnd(storeId);
  await handle(office, goods).watch({ floor: 10 });
  await jobs.drain();
  expect(await checks()).toBe(1);
  expect(await lookedAt()).toBeNull();

  await db
    .update(jobRuns)
    .set({ state: "completed", finishedAt: clock() })
    .where(eq(jobRuns.id, ending));
  twin.advance({ ms: MINUTE });
  await jobs.drain();
  expect(await lookedAt()).not.toBeNull();
});
