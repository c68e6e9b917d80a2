import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { jobEvents, jobRuns } from "@/lib/db/schema/jobs";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { pricingTick } from "@/lib/repricing/check/jobs";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { eventually, hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { reachableByJobs, startOfficeJobs } from "../../support/office-jobs";
import { fullShelf } from "../../support/shelf";

const office = await testOffice();
const { access, twin } = office;
const { db, clock } = access;
reachableByJobs(office);
const shelf = await fullShelf(office);
const { storeId } = shelf;

/** A frozen price whose bot is off: nobody needs to answer it any more. */
async function voidQuestion() {
  const { check, productId } = await shelf.contested();
  await check();
  await db.update(decisions).set({ state: "frozen" }).where(eq(decisions.productId, productId));
  await db.update(products).set({ botEnabled: false }).where(eq(products.id, productId));
  return async () => {
    const rows = await db.select().from(decisions).where(eq(decisions.productId, productId));
    return rows.map(({ state }) => state);
  };
}

test("a store whose ledger nobody can take keeps no price check waiting", async () => {
  const question = await voidQuestion();
  const due = await shelf.contested();
  const jobs = await startOfficeJobs(office, [pricingTick]);
  await db
    .update(productCities)
    .set({ nextCheckAt: clock() })
    .where(eq(productCities.productId, due.productId));
  await db.delete(jobEvents);
  const ledger = await hold(db, (tx) => lockLedger(tx, storeId));
  twin.advance({ ms: MINUTE });
  const ticking = jobs.drain();
  await waiting(db, 1);
  await eventually(async () => {
    const asked = await db.select({ name: jobEvents.name }).from(jobEvents);
    return asked.some(({ name }) => name === "store/reprice.requested");
  });
  expect(await question()).toEqual(["frozen"]);
  await ledger.release();
  await ticking;
  expect(await question()).toEqual(["expired"]);
  expect(await db.select({ state: jobRuns.state }).from(jobRuns)).toEqual([{ state: "completed" }]);
});
