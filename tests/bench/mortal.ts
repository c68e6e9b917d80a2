import { eventType } from "inngest";
import { z } from "zod";
import { MINUTE, sleep } from "@/lib/core/time";
import { connect } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { log } from "@/lib/log";

/** A process of its own that either dies over its work or finishes another's. */

const say = (line: string) => process.stdout.write(`${line}\n`);
const asked = eventType("bench/mortal", { schema: z.object({}) });
const job = defineJob(asked, { id: "bench-mortal" }, async ({ step }) => {
  await step.run("work", async () => {
    say("working");
    if (process.argv[2] !== "finish") await sleep(10 * MINUTE);
  });
  say("finished");
});

const database = connect(process.env.DATABASE_URL ?? "", 5);
const engine = embeddedEngine({ database, functions: [job], log });
await engine.start();
say("started");
