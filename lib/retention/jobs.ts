import { env } from "@/lib/env";
import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { forgetOld } from "./forget-old";

/** Two hours at most; what is left then is the next night's. */
const MOST_STEPS = 360;

/** Every night, 3:30 in Almaty: what is no longer of use is deleted. */
export const forgetOldData = defineJob(
  null,
  { id: "forget-old-data", retries: 3, cron: { expr: "30 3 * * *", tz: "Asia/Almaty" } },
  async ({ step, signal }) => {
    const {
      KEEP_MARKET_DAYS: marketDays,
      KEEP_HISTORY_DAYS: historyDays,
      KEEP_DECISION_DAYS: decisionDays,
    } = env();
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const { goesOn } = await step.run(`batches-${n}`, () =>
        forgetOld(kaspiAccess(), { marketDays, historyDays, decisionDays }, { signal }),
      );
      if (!goesOn) break;
    }
  },
);
