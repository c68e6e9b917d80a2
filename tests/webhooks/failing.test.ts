import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { notices } from "@/lib/db/schema/workspace";
import { changeWebhook } from "@/lib/webhooks/manage-webhooks";
import { sendDue } from "@/lib/webhooks/send-deliveries";
import { eventfulStore } from "../support/eventful-store";
import { ok, receiver, saying } from "../support/receiver";
import { hooked } from "../support/webhooks";

const { people, person, parts, access, add, sendAll, deliveries, row, happen } =
  await eventfulStore();
const { db, clock } = access;

describe("what is not accepted", () => {
  test("comes again after 30 s, 2 min, 10 min, 1 h, 6 h and 24 h with the same id, and then never", async () => {
    const there = await receiver(saying(500, "no"));
    const { id } = await add(person, there.url);
    await happen();
    const waits = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY];
    expect(await sendAll()).toBe(1);
    for (const wait of waits) {
      people.advance(wait - 1);
      expect(await sendAll()).toBe(0);
      people.advance(1);
      expect(await sendAll()).toBe(1);
    }
    people.advance(10 * DAY);
    expect(await sendAll()).toBe(0);
    expect(new Set(there.received.map(({ headers }) => headers["duken-delivery"])).size).toBe(1);
    const times = there.received.map(({ headers }) => headers["duken-signature"]);
    expect(new Set(times).size).toBe(7);
    expect(new Set(there.received.map(({ body }) => body)).size).toBe(1);
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({ state: "failed", attempts: 7, status: 500, excerpt: "no" });
  });

  test("is delivered when the receiver is well again", async () => {
    const there = await receiver((response, nth) =>
      nth < 3 ? saying(503)(response, nth) : ok(response, nth),
    );
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    expect((await row(id)).failingSince).toEqual(clock());
    people.advance(30 * SECOND);
    await sendAll();
    people.advance(2 * MINUTE);
    await sendAll();
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({ state: "delivered", attempts: 3 });
    expect((await row(id)).failingSince).toBeNull();
  });

  test("by 410 turns the webhook off at once, and its person is told", async () => {
    const there = await receiver(saying(410));
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    expect(await row(id)).toMatchObject({ state: "off", offReason: "closed" });
    const [notice] = await db.select().from(notices);
    const params = { host: `127.0.0.1:${there.port}`, reason: "closed" };
    expect(notice).toMatchObject({ kind: "webhook_off", userId: person.id, params });
    expect(await people.audited(id)).toEqual(["webhook.added", "webhook.turned_off"]);
    await happen();
    expect(await deliveries(id)).toHaveLength(1);
    await changeWebhook(access, person, { webhookId: id, on: true });
    const [resolved] = await db.select().from(notices);
    expect(resolved?.resolvedAt).toEqual(clock());
    expect(await row(id)).toMatchObject({ state: "on", offReason: null, failingSince: null });
  });

  test("for three days turns it off, and what waited is dropped", async () => {
    const there = await receiver(saying(500));
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    people.advance(3 * DAY - 1);
    await happen();
    await sendAll();
    expect((await row(id)).state).toBe("on");
    await happen();
    people.advance(1);
    await sendAll();
    expect(await row(id)).toMatchObject({ state: "off", offReason: "failing" });
    const states = (await deliveries(id)).map(({ state }) => state);
    expect(states).not.toContain("waiting");
    expect(await db.$count(notices)).toBe(1);
  });

  test("because nobody is there rests the whole webhook, ever longer", async () => {
    const there = await receiver();
    await there.stop();
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({ state: "waiting", status: null, trouble: "silent" });
    await happen();
    people.advance(30 * SECOND - 1);
    expect(await sendAll()).toBe(0);
    people.advance(1);
    expect(await sendAll()).toBe(2);
    expect(await row(id)).toMatchObject({
      silences: 2,
      restingUntil: new Date(clock().getTime() + 2 * MINUTE),
    });
  });

  test("is kept as a short piece without secrets", async () => {
    const long = `\0<b>whsec_abc-DEF</b> v1=${"a".repeat(64)} ${"x".repeat(200_000)}`;
    const there = await receiver(saying(500, long));
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    const [delivery] = await deliveries(id);
    expect(delivery?.excerpt).toMatch(/^<b>whsec_…<\/b> v1=… x+$/);
    expect(delivery?.excerpt).toHaveLength(500);
  });

  test("in time is over, and what has begun to be answered counts by its status", async () => {
    const hurried = hooked(parts, { timeoutMs: 100 });
    const there = await receiver(() => {});
    const { id } = await add(person, there.url);
    await happen();
    await hurried.sendAll();
    expect(await deliveries(id)).toMatchObject([{ state: "waiting", trouble: "late" }]);
    there.answer((response) => void response.writeHead(202).write("so far"));
    people.advance(30 * SECOND);
    await hurried.sendAll();
    expect(await deliveries(id)).toMatchObject([{ state: "delivered", excerpt: "so far" }]);
  });

  test("by one receiver holds no other back", async () => {
    const hurried = hooked(parts, { timeoutMs: 500 });
    const [slow, quick] = [await receiver(() => {}), await receiver()];
    const first = await add(person, slow.url);
    for (let nth = 0; nth < 20; nth += 1) await happen();
    const second = await add(person, quick.url);
    for (let nth = 0; nth < 20; nth += 1) await happen();
    const waiting = sendDue(hurried.access, first.id);
    await sendDue(hurried.access, second.id);
    expect(quick.received).toHaveLength(20);
    expect(await waiting).toEqual({ sent: 5, goesOn: false });
  });

  test("by a switch to another protocol ends there", async () => {
    const there = await receiver(saying(101, "", { upgrade: "other", connection: "upgrade" }));
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({ state: "waiting", trouble: "broken" });
  });

  test("as a redirect is not followed", async () => {
    const secret = await receiver();
    const there = await receiver(saying(307, "", { location: secret.url }));
    const { id } = await add(person, there.url);
    await happen();
    await sendAll();
    expect(secret.received).toEqual([]);
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({ state: "waiting", status: 307, trouble: "redirect" });
  });
});
