import { eventType } from "inngest";
import { expect, test } from "vitest";
import { z } from "zod";
import { SECOND } from "@/lib/core/time";
import { jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { startTestJobs } from "../support/jobs";

const { db } = await testDatabase();
const counted = eventType("test/counted", { schema: z.object({ n: z.number() }) });

test("an emitted event runs its job step by step, and a failing step is tried again later", async () => {
  const calls: string[] = [];
  const job = defineJob(counted, { id: "count", retries: 2 }, async ({ event, step }) => {
    const doubled = await step.run("double", async () => {
      calls.push("double");
      return event.data.n * 2;
    });
    return step.run("shaky", async () => {
      calls.push("shaky");
      if (calls.length < 3) throw new Error("not yet");
      return doubled + 1;
    });
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await db.transaction((tx) => emit(tx, [counted.create({ n: 20 })]));
  await drain();
  expect(calls).toEqual(["double", "shaky"]);
  clock.advance(SECOND);
  await drain();
  expect(calls).toEqual(["double", "shaky", "shaky"]);
  expect(await db.select().from(jobRuns)).toMatchObject([{ state: "completed", result: 41 }]);
});
