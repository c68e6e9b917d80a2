import { describe, expect, test } from "vitest";
import { DAY } from "@/lib/core/time";
import { webhookDeliveries } from "@/lib/db/schema/webhooks";
import { forgetDeliveries } from "@/lib/retention/queries";
import { changeWebhook } from "@/lib/webhooks/manage-webhooks";
import { sendAgain, testWebhook } from "@/lib/webhooks/send-by-hand";
import { eventfulStore } from "../support/eventful-store";
import { ok, receiver, saying } from "../support/receiver";
import { isSigned } from "../support/webhooks";

const { people, person, access, add, sendAll, deliveries, row, happen } = await eventfulStore();
const { db, clock } = access;

describe("by hand", () => {
  test("a ping is sent at once, says what came of it and is not repeated", async () => {
    const there = await receiver(saying(418, "I am a teapot"));
    const { id, secret } = await add(person, there.url);
    const outcome = await testWebhook(access, person, id);
    expect(outcome).toMatchObject({ ok: false, status: 418, excerpt: "I am a teapot" });
    const [got] = there.received;
    if (!got) throw new Error("nothing came");
    expect(isSigned(secret, got)).toBe(true);
    expect(JSON.parse(got.body)).toMatchObject({ event: "ping", data: { webhook_id: id } });
    people.advance(DAY);
    expect(await sendAll()).toBe(0);
    expect(await row(id)).toMatchObject({ failingSince: null });
  });

  test("what has failed is sent again with its own id", async () => {
    const there = await receiver(saying(500));
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    await db.update(webhookDeliveries).set({ state: "failed", attempts: 7 });
    there.answer(ok);
    const [failed] = await deliveries(id);
    expect(await sendAgain(access, person, failed?.id ?? "")).toMatchObject({ ok: true });
    expect(there.received[1]?.headers["duken-delivery"]).toBe(failed?.id);
    expect(await deliveries(id)).toMatchObject([{ state: "delivered", attempts: 1 }]);
  });

  test("nothing is sent to a webhook that is paused, and what waits goes on waiting", async () => {
    const there = await receiver();
    const { id } = await add(person, there.url);
    await happen();
    await changeWebhook(access, person, { webhookId: id, on: false });
    const [waiting] = await deliveries(id);
    await expect(sendAgain(access, person, waiting?.id ?? "")).rejects.toMatchObject({
      key: "webhook_not_on",
    });
    await happen();
    expect(await sendAll()).toBe(0);
    await changeWebhook(access, person, { webhookId: id, on: true });
    expect(await sendAll()).toBe(1);
    expect(there.received).toHaveLength(1);
  });

  test("only so often", async () => {
    const there = await receiver();
    const { id } = await add(person, there.url);
    for (let nth = 0; nth < 20; nth += 1) await testWebhook(access, person, id);
    await expect(testWebhook(access, person, id)).rejects.toMatchObject({
      kind: "rate_limited",
      key: "webhook_often",
    });
    expect(there.received).toHaveLength(20);
  });
});

test("somebody has at most twenty", async () => {
  const other = await people.person();
  for (let nth = 0; nth < 20; nth += 1) await add(other, "https://example.kz/");
  await expect(add(other, "https://example.kz/")).rejects.toMatchObject({ key: "webhooks_many" });
});

test("deliveries are forgotten after thirty days", async () => {
  const { id } = await add(person, "https://example.kz/");
  await happen();
  const happened = clock();
  expect(await forgetDeliveries(db, happened, 100)).toBe(0);
  people.advance(1);
  expect(await forgetDeliveries(db, clock(), 100)).toBe(1);
  expect(await deliveries(id)).toEqual([]);
});
