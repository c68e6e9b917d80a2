import { randomUUID } from "node:crypto";
import { eventType } from "inngest";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { jobEvents } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { gate, startTestJobs } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const noted = eventType("test/noted", { schema: z.object({ text: z.string() }) });

test("an event of a transaction that is rolled back never happened", async () => {
  const seen: string[] = [];
  const job = defineJob(noted, { id: "note" }, async ({ event }) => {
    seen.push(event.data.text);
  });
  const { drain } = await startTestJobs({ functions: [job] });
  const broken = db.transaction(async (tx) => {
    await emit(tx, [noted.create({ text: "rolled back" })]);
    throw new Error("changed my mind");
  });
  await expect(broken).rejects.toThrow("changed my mind");
  await db.transaction((tx) => emit(tx, [noted.create({ text: "committed" })]));
  await drain();
  expect(seen).toEqual(["committed"]);
});

test("an event whose id was seen before is dropped, also after it has been handled", async () => {
  let runs = 0;
  const job = defineJob(noted, { id: "once" }, async () => {
    runs += 1;
  });
  const { drain } = await startTestJobs({ functions: [job] });
  const again = () => emit(db, [noted.create({ text: "" }, { id: "the-one" })]);
  expect(await again()).toEqual(["the-one"]);
  await again();
  await drain();
  await again();
  await drain();
  expect(runs).toBe(1);
});

test("events that do not fit their schema, are too big, too many or dated are refused at once", async () => {
  const refused = (batch: Parameters<typeof emit>[1], why: string) =>
    expect(emit(db, batch)).rejects.toThrow(why);
  await refused([noted.create({ text: 1 as never })], "text");
  await refused([events.repriceRequested.create({ storeId: "not a uuid" })], "storeId");
  await refused([noted.create({ text: "x".repeat(600_000) })], "over 524288 bytes");
  await refused([noted.create({ text: "" }, { ts: 1 })], "cannot be dated");
  await refused(
    Array.from({ length: 5_001 }, () => noted.create({ text: "" })),
    "5000 at most",
  );
  expect(await db.select().from(jobEvents)).toEqual([]);
});

test("emitting no events is nothing", async () => {
  expect(await emit(db, [])).toEqual([]);
});

test("a working engine is woken by the commit, without waiting for its poll", async () => {
  const storeId = randomUUID();
  const woken = gate();
  const seen: string[] = [];
  const job = defineJob(events.repriceRequested, { id: "woken" }, async ({ event }) => {
    seen.push(event.data.storeId);
    void woken.pass();
  });
  const jobs = await startTestJobs({ functions: [job], pollMs: 3_600_000 });
  await jobs.start();
  try {
    await db.transaction((tx) => emit(tx, [events.repriceRequested.create({ storeId })]));
    await woken.arrived(1);
    expect(seen).toEqual([storeId]);
  } finally {
    await jobs.stop();
  }
});
