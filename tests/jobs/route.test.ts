import { eventType } from "inngest";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineJob } from "@/lib/jobs/define-job";
import { callOwnRoute } from "@/lib/jobs/dev-route";
import { callRequest } from "@/lib/jobs/embedded/protocol";
import { inngestRoute } from "@/lib/jobs/route";

const pinged = eventType("test/pinged", { schema: z.object({ n: z.number() }) });
const job = defineJob(pinged, { id: "ping" }, async ({ event }) => event.data.n + 1);

const call = () =>
  callRequest(
    {
      functionId: "duken-ping",
      stepId: "step",
      runId: "run-1",
      attempt: 0,
      maxAttempts: 5,
      event: { id: "event-1", name: "test/pinged", data: { n: 1 }, ts: 1 },
      steps: [],
    },
    new AbortController().signal,
  );

test("without an Inngest server /api/inngest does not exist, whoever asks", async () => {
  const route = inngestRoute([job]);
  expect((await route(call())).status).toBe(404);
  expect((await route(new Request("http://localhost/api/inngest"))).status).toBe(404);
  callOwnRoute("http://localhost");
  const guessed = call();
  guessed.headers.set("x-duken-jobs", "guess");
  expect((await route(guessed)).status).toBe(404);
});
