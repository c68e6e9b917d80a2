import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { kaspiAccess } from "./access";
import { watchCabinetExits } from "./exit-notices";
import { flushFigures } from "./figures";
import { MOST_LINES } from "./model";
import { probeDueExits, probeSome } from "./probe-exits";

/** Every minute: dead proxies whose time has come are tried, and figures not written yet are. */
export const exitsTick = defineJob(
  null,
  {
    id: "exits-tick",
    retries: 0,
    singleton: { mode: "skip" },
    cron: { expr: "* * * * *", tz: "UTC" },
  },
  ({ step, signal }) =>
    step.run("probe", async () => {
      const access = kaspiAccess();
      await flushFigures(access);
      await watchCabinetExits(access);
      return probeDueExits(access, signal);
    }),
);

/** New proxies need not wait for the minute: a few in each step, until all are tried. */
export const probeExits = defineJob(
  events.exitsProbeRequested,
  { id: "probe-exits", retries: 1, singleton: { mode: "skip" } },
  async ({ step }) => {
    let revived = 0;
    for (let nth = 0; nth < MOST_LINES; nth += 1) {
      const found = await step.run(`probe-${nth}`, () => probeSome(kaspiAccess()));
      revived += found.revived;
      if (found.tried === 0) break;
    }
    return revived;
  },
);
