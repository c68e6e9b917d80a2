import { systemClock } from "@/lib/core/time";
import { defineJob } from "@/lib/jobs/define-job";
import { taskAccess } from "./access";
import { followNotices } from "./follow-notices";
import { tellDueInTime } from "./tell-due";

const everyMinute = { cron: { expr: "* * * * *", tz: "UTC" } };

/** Every minute: deadlines that have come, and those that come soon, are told of. */
export const taskClock = defineJob(
  null,
  { id: "task-clock", retries: 2, singleton: { mode: "skip" }, ...everyMinute },
  ({ step }) => step.run("tell", () => tellDueInTime(taskAccess(), systemClock)),
);

/** Every minute: notices make tasks, as people's rules say, and what is over closes them. */
export const taskRulesTick = defineJob(
  null,
  { id: "task-rules", retries: 2, singleton: { mode: "skip" }, ...everyMinute },
  ({ step, signal }) => step.run("follow", () => followNotices(taskAccess(), signal)),
);
