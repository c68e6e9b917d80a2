import { expect, test } from "vitest";
import { functions } from "@/lib/functions";
import { jobHealth } from "@/lib/jobs/health";
import { testDatabase } from "../support/database";
import { startTestJobs } from "../support/jobs";

await testDatabase();

test("every job of the system can run on the embedded engine, and is known by its own id", async () => {
  const { clock } = await startTestJobs({ functions });
  const known = (await jobHealth(clock())).map(({ job }) => job);
  expect(known.sort()).toEqual(functions.map((job) => job.id()).sort());
});
