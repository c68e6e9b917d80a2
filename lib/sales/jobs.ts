import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import type { StoreDay } from "./stale-queries";
import { sumStaleDays } from "./sum-days";

const DAYS = 30;
const MOST_STEPS = 100;

/** Every minute: the figures of days that orders, costs or tariffs have made other than they were. */
export const sumSales = defineJob(
  null,
  {
    id: "sum-sales",
    retries: 1,
    cron: { expr: "* * * * *", tz: "UTC" },
    concurrency: [{ limit: 1 }],
  },
  async ({ step, signal }) => {
    const aside: StoreDay[] = [];
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const { tried, failed } = await step.run(`sum-${n}`, () =>
        sumStaleDays(kaspiAccess().db, { most: DAYS, aside, signal }),
      );
      aside.push(...failed);
      if (tried < DAYS) break;
    }
    if (aside.length > 0) throw new Error(`${aside.length} days of sales cannot be summed`);
  },
);
