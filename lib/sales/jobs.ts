import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
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
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const summed = await step.run(`sum-${n}`, () => sumStaleDays(kaspiAccess().db, DAYS, signal));
      if (summed < DAYS) break;
    }
  },
);
