import { eventType } from "inngest";
import { z } from "zod";
import { SECOND, sleep } from "@/lib/core/time";
import { database } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { startJobs } from "@/lib/jobs/start";
import { log } from "@/lib/log";

/** A process of its own that works on the test's database, and tells on stdout what it has done. */

export const delivered = eventType("test/delivered", { schema: z.object({ n: z.number() }) });
const say = (line: string) => process.stdout.write(`${line}\n`);

const deliver = defineJob(
  delivered,
  { id: "deliver", retries: 20, concurrency: [{ limit: 6 }] },
  async ({ event, step }) => {
    const { n } = event.data;
    const halves = ["left", "right"].map((half) =>
      step.run(half, async () => {
        await database().sql`insert into deliveries (n, half) values (${n}, ${half})`;
        say(`item ${n} ${half}`);
      }),
    );
    await Promise.all(halves);
    await step.sleep("rest", "1s");
    await step.run("sign", () =>
      database().sql`insert into deliveries (n, half) values (${n}, 'signed')`.then(() => n),
    );
  },
);

const untilStopped = defineJob(delivered, { id: "until-stopped" }, async ({ step, signal }) =>
  step.run("work", async () => {
    say("working");
    await sleep(60 * SECOND, signal).catch(() => {});
    return "as far as I came";
  }),
);

if (process.argv[2] === "until-stopped") startJobs([untilStopped]);
else {
  const functions = [deliver];
  const engine = embeddedEngine({
    database: database(),
    functions,
    log,
    leaseMs: 2 * SECOND,
    places: 4,
  });
  await engine.start();
}
