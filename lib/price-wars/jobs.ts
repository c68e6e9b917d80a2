import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { storesForCycle } from "@/lib/stores/at-work-queries";
import { storesAtWar } from "./find-queries";
import { watchStore } from "./watch-store";

/** Every ten minutes: which chases have begun, gone on or come to rest. */
export const watchPriceWars = defineJob(
  null,
  { id: "watch-price-wars", retries: 1, cron: { expr: "*/10 * * * *", tz: "UTC" } },
  async ({ step, signal }) => {
    const stores = await step.run("stores", async () => {
      const { db } = kaspiAccess();
      const atWork = await storesForCycle(db, null);
      return [...new Set([...atWork.map(({ id }) => id), ...(await storesAtWar(db))])];
    });
    for (const id of stores)
      await step.run(`watch-${id}`, () => watchStore(kaspiAccess(), id, signal));
  },
);
