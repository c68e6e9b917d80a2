import { later, MINUTE } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { checkAccount } from "./check-account";
import { forgetBreaks } from "./login-queries";
import { forgetPending } from "./pending-queries";
import { accountsDueForCheck } from "./queries";

export const checkDueAccounts = defineJob(
  null,
  { id: "check-due-accounts", retries: 1, cron: { expr: "*/5 * * * *", tz: "UTC" } },
  ({ step }) =>
    step.run("request", async () => {
      const { db, clock } = kaspiAccess();
      const before = later(clock(), -5 * MINUTE);
      await forgetPending(db, before);
      await forgetBreaks(db, before);
      const due = await accountsDueForCheck(db, clock());
      await emit(
        db,
        due.map((accountId) => events.accountCheckRequested.create({ accountId })),
      );
      return due.length;
    }),
);

export const checkKaspiAccount = defineJob(
  events.accountCheckRequested,
  {
    id: "check-account",
    retries: 1,
    singleton: { key: "event.data.accountId", mode: "skip" },
    concurrency: [{ limit: 4 }],
  },
  ({ event, step, signal }) =>
    step.run("check", () => checkAccount(kaspiAccess(), event.data.accountId, signal)),
);
