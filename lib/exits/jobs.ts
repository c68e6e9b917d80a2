import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { kaspiAccess } from "./access";
import { flushFigures } from "./figures";
import { probeDueExits } from "./probe-exits";

/** Every minute: dead proxies whose time has come are tried, and figures not written yet are. */
export const exitsTick = defineJob(
  null,
  { id: "exits-tick", retries: 0, cron: { expr: "* * * * *", tz: "UTC" } },
  ({ step, signal }) =>
    step.run("probe", async () => {
      const access = kaspiAccess();
      await flushFigures(access);
      return probeDueExits(access, signal);
    }),
);

/** New proxies need not wait for the minute. */
export const probeExits = defineJob(
  events.exitsProbeRequested,
  { id: "probe-exits", retries: 1 },
  ({ step, signal }) => step.run("probe", () => probeDueExits(kaspiAccess(), signal)),
);
