import { asc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { later, MINUTE, sleep } from "@/lib/core/time";
import { jobEvents, jobQueue, jobRuns } from "@/lib/db/schema/jobs";
import { productCities } from "@/lib/db/schema/products";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { requestSync } from "@/lib/sync/request-sync";
import { type Child, startChild } from "./child";
import { ASTANA, type CityHandle, demoShop, priceInTwoCities } from "./city-goods";
import type { Handle } from "./goods";
import { type TestOffice, testOffice } from "./office";
import { watchedGoods } from "./watched-shop";

export type MortalOffice = Awaited<ReturnType<typeof mortalOffice>>;

/** So many goods of the demo shop, some of them with a price of their own in a second city. */
const GOODS = { many: 16, inTwoCities: 5 };

/** An office whose jobs run in a process of their own, which the test kills. On the machine's clock. */
export async function mortalOffice() {
  const office = await testOffice({ applyDelay: 300 });
  const { storeId, shelf } = await watchedGoods(office, { many: GOODS.many, login: demoShop });
  const inTwoCities = await priceInTwoCities(office, shelf.slice(0, GOODS.inTwoCities));
  return {
    ...office,
    storeId,
    shelf,
    inTwoCities,
    ...handsOn(office, storeId, shelf, inTwoCities),
  };
}

function handsOn(
  { access, twin, database }: TestOffice,
  storeId: string,
  shelf: Handle[],
  inTwoCities: CityHandle[],
) {
  const { db } = access;
  const inFlight = inArray(decisions.state, ["sending", "sent"]);

  async function reprice(): Promise<void> {
    await db.update(productCities).set({ nextCheckAt: access.clock() });
    await emit(db, [events.repriceRequested.create({ storeId })]);
  }

  return {
    startWorker(): Child {
      return startChild("tests/support/office-worker.ts", [], {
        DATABASE_URL: database.url,
        KASPI_CABINET_URL: twin.urls.cabinet,
        KASPI_ID_URL: twin.urls.id,
        KASPI_STOREFRONT_URL: twin.urls.storefront,
        KASPI_IMAGES_URL: twin.urls.images,
      });
    },

    /** The market moves, everything is due, and a sync is asked for. */
    async giveWork(round: number): Promise<void> {
      for (const one of shelf) one.rivals(Math.ceil(one.kaspiPrice() * 0.99) - (round % 7));
      for (const one of inTwoCities)
        one.rivals(ASTANA, Math.ceil(one.kaspiPrice(ASTANA) * 0.99) - (round % 5));
      await reprice();
      await requestSync(db, storeId, null);
    },

    /** What a killed process may have left on its way is a quarter of an hour older at once. */
    async letTimePass(): Promise<void> {
      const [now, longAgo] = [access.clock(), later(access.clock(), -20 * MINUTE)];
      await db.update(decisions).set({ sendingAt: longAgo }).where(eq(decisions.state, "sending"));
      await db.update(decisions).set({ confirmAt: now }).where(inFlight);
      await db.update(decisions).set({ notBefore: null }).where(eq(decisions.state, "pending"));
      await db
        .update(pricingRuns)
        .set({ startedAt: longAgo })
        .where(isNull(pricingRuns.finishedAt));
      await emit(db, [
        events.publishRequested.create({ storeId }),
        events.confirmRequested.create({ storeId }),
      ]);
    },

    /** How often Kaspi was asked for anything so far. */
    asked: () => Object.values(twin.requests()).reduce((sum, { total }) => sum + total, 0),

    /** Whether a call was under way when the process died. */
    diedAtWork: async () => (await db.$count(jobQueue, isNotNull(jobQueue.owner))) > 0,

    /** Until no event waits, no run is unfinished and no price is on its way. */
    async untilQuiet(withinMs: number): Promise<void> {
      const open = inArray(decisions.state, ["pending", "sending", "sent"]);
      for (const end = Date.now() + withinMs; Date.now() < end; await sleep(500)) {
        const unfinished =
          (await db.$count(jobEvents, isNull(jobEvents.handledAt))) +
          (await db.$count(jobRuns, isNull(jobRuns.finishedAt)));
        const onTheirWay = await db.$count(decisions, open);
        if (unfinished + onTheirWay === 0) return;
        if (unfinished === 0) await this.letTimePass();
      }
      throw new Error("the office did not come to rest");
    },

    history: (productId: string) =>
      db
        .select()
        .from(decisions)
        .where(eq(decisions.productId, productId))
        .orderBy(asc(decisions.seq)),
  };
}
