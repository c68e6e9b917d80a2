import { afterEach, expect, test } from "vitest";
import { stopServing, whileServing } from "@/lib/jobs/served-calls";
import { gate } from "../support/jobs";

afterEach(() => {
  Reflect.deleteProperty(globalThis, "dukenServedCalls");
});
const request = () => new Request("http://127.0.0.1/api/inngest", { method: "POST", body: "{}" });

test("a stop is seen by the call an Inngest server is making, waits for its answer, and lets no other in", async () => {
  const inside = gate();
  const answering = whileServing(request(), async ({ signal }) => {
    void inside.pass();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return new Response(String(signal.reason));
  });
  await inside.arrived(1);
  await stopServing();
  expect(await (await answering).text()).toBe("JobStopped: the process is stopping");
  const refused = await whileServing(request(), async () => new Response("never"));
  expect(refused.status).toBe(503);
});

test("a call that does not hear of the stop holds it up for its grace only", async () => {
  const deaf = gate();
  const answering = whileServing(request(), async () => {
    await deaf.pass();
    return new Response("late");
  });
  await deaf.arrived(1);
  await stopServing(10);
  deaf.open();
  expect(await (await answering).text()).toBe("late");
});

test("a call whose caller hangs up is told so", async () => {
  const caller = new AbortController();
  const inside = gate();
  const call = new Request(request(), { signal: caller.signal });
  const answering = whileServing(call, async ({ signal }) => {
    void inside.pass();
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return new Response("gone");
  });
  await inside.arrived(1);
  caller.abort();
  expect(await (await answering).text()).toBe("gone");
});
