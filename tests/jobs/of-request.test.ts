import { randomUUID } from "node:crypto";
import { eventType } from "inngest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { audit } from "@/lib/auth/audit";
import { auditLog } from "@/lib/db/schema/workspace";
import { defineJob } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { comingFrom, currentOrigin, type Origin } from "@/lib/log/origin";
import { enginesUnderTest, type OpenEngine } from "../support/conformance-engine";
import { testDatabase } from "../support/database";
import { eventually } from "../support/locks";

const { db } = await testDatabase();
const schema = z.object({ tale: z.string() });
const begun = eventType("test/begun", { schema });
const emitted = eventType("test/emitted", { schema });
const sent = eventType("test/sent", { schema });
const at = new Date("2026-03-02T09:00:00.000Z");

/** Where each part of a tale came from. */
const heard = new Map<string, Origin | null>();
const note = (tale: string, part: string) => heard.set(`${tale} ${part}`, currentOrigin());

const first = defineJob(begun, { id: "first", retries: 0 }, async ({ event, step }) => {
  const { tale } = event.data;
  await step.run("emit", async () => {
    note(tale, "step");
    await db.transaction(async (tx) => {
      await audit(tx, { at, userId: null, action: "account.renewed", subjectId: tale });
      await emit(tx, [emitted.create({ tale })]);
    });
  });
  await step.sendEvent("send", sent.create({ tale }));
  note(tale, "after");
});
const second = defineJob(emitted, { id: "second", retries: 0 }, async ({ event }) => {
  note(event.data.tale, "emitted");
});
const third = defineJob(
  sent,
  { id: "third", retries: 0 },
  async ({ event }) => {
    note(event.data.tale, "sent");
    throw new Error("in vain");
  },
  async ({ event }) => {
    note(event.data.tale, "failed");
  },
);

describe.each(enginesUnderTest())("with $name", ({ open }) => {
  let engine: OpenEngine;
  beforeAll(async () => {
    engine = await open([first, second, third]);
  });
  afterAll(() => engine.stop());

  const begin = (tale: string) => db.transaction((tx) => emit(tx, [begun.create({ tale })]));
  const told = (tale: string) =>
    eventually(async () => {
      await db.$count(auditLog);
      return ["failed", "emitted", "after"].every((part) => heard.has(`${tale} ${part}`));
    });

  test("one id goes from a request through all that it brings about", async () => {
    const tale = randomUUID();
    const request = { requestId: randomUUID(), from: "198.51.100.7" };
    await comingFrom(request, () => begin(tale));
    await told(tale);
    const { requestId } = request;
    for (const part of ["step", "after", "emitted", "sent", "failed"])
      expect(heard.get(`${tale} ${part}`), part).toMatchObject({ requestId });
    expect(heard.get(`${tale} emitted`)?.from).toBe("job second");
    const entries = await db.select().from(auditLog);
    expect(entries.find(({ subjectId }) => subjectId === tale)).toMatchObject({
      requestId,
      address: "job first",
      runId: heard.get(`${tale} step`)?.runId,
    });
  });

  test("what nobody has asked for goes by its first run", async () => {
    const tale = randomUUID();
    await begin(tale);
    await told(tale);
    const runId = heard.get(`${tale} step`)?.runId;
    expect(runId).toMatch(/^[0-9a-f-]{36}$/);
    for (const part of ["step", "after", "emitted", "sent", "failed"])
      expect(heard.get(`${tale} ${part}`), part).toMatchObject({ requestId: runId });
  });
});
