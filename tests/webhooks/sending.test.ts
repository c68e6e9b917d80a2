import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { createVault } from "@/lib/auth/vault";
import { DAY, HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { webhookDeliveries, webhooks } from "@/lib/db/schema/webhooks";
import { notices, users } from "@/lib/db/schema/workspace";
import { forgetDeliveries } from "@/lib/retention/queries";
import { bodySchema, type EventData, eventData } from "@/lib/webhooks/event-data-model";
import { removeWebhook, renewSecret, turnWebhook } from "@/lib/webhooks/manage-webhooks";
import { sendAgain, testWebhook } from "@/lib/webhooks/send-by-hand";
import { sendDue } from "@/lib/webhooks/send-deliveries";
import { earsOf, tell } from "@/lib/webhooks/tell";
import { testPeople } from "../support/people";
import { ok, receiver, saying } from "../support/receiver";
import { hooked, isSigned, targetsOf } from "../support/webhooks";

const people = await testPeople();
const { db, clock } = people.access;
const vault = createVault(Buffer.alloc(32, "test key").toString("base64"));
const { access, add, sendAll, deliveries, row } = hooked({ db, clock, vault });
const person = await people.person();
const storeId = crypto.randomUUID();
await db.insert(kaspiLogins).values({ login: "x@example.kz" });
await db.insert(stores).values({ id: storeId, userId: person.id, merchantId: "1", name: "Shop" });
// The right to see one's own stores is a group's to give; an owner has it.
await db.update(users).set({ role: "owner" }).where(eq(users.id, person.id));

const data = (): EventData<"store.needs_reauth"> => ({
  store_id: storeId,
  reason: "no_password",
  since: clock().toISOString(),
});

/** Something happens in the store, told to whoever listens. */
async function happen(of = crypto.randomUUID()): Promise<void> {
  await db.transaction(async (tx) => {
    const ears = await earsOf(tx, "store.needs_reauth", storeId);
    await tell(tx, ears, "store.needs_reauth", [{ of, data: data() }], clock());
  });
}

beforeEach(async () => {
  await db.delete(webhooks);
  await db.delete(notices);
  people.advance(HOUR);
});

describe("what is sent", () => {
  test("is signed, says what it is, and holds what its schema says", async () => {
    const there = await receiver();
    const { id, secret } = await add(person, there.url);
    await happen();
    expect(await sendAll()).toBe(1);
    const [got] = there.received;
    const [delivery] = await deliveries(id);
    if (!got || !delivery) throw new Error("nothing came");
    expect(isSigned(secret, got)).toBe(true);
    expect(isSigned("whsec_other", got)).toBe(false);
    expect(got.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Duken-Webhooks/1",
      "duken-event": "store.needs_reauth",
      "duken-delivery": delivery.id,
      "duken-signature": expect.stringContaining(`t=${Math.floor(clock().getTime() / SECOND)},`),
    });
    const body = bodySchema.parse(JSON.parse(got.body));
    expect(body).toMatchObject({ id: delivery.id, event: "store.needs_reauth" });
    expect(eventData["store.needs_reauth"].parse(body.data)).toEqual(data());
    expect(delivery).toMatchObject({ state: "delivered", attempts: 1, status: 200 });
    expect((await row(id)).lastDeliveredAt).toEqual(clock());
    expect(await sendAll()).toBe(0);
  });

  test("is signed with the new secret once it is renewed", async () => {
    const there = await receiver();
    const { id, secret } = await add(person, there.url);
    const renewed = await renewSecret(access, person, id);
    expect(renewed).toMatch(/^whsec_[\w-]{43}$/);
    await happen();
    await sendAll();
    const [got] = there.received;
    if (!got) throw new Error("nothing came");
    expect([isSigned(renewed, got), isSigned(secret, got)]).toEqual([true, false]);
    expect((await row(id)).secret).not.toContain(renewed);
  });

  test("is told once, however often it is written down, and each webhook hears of it", async () => {
    const there = await receiver();
    const [one, two] = [await add(person, there.url), await add(person, there.url)];
    await happen("the same");
    await happen("the same");
    await sendAll();
    expect(there.received).toHaveLength(2);
    expect(await deliveries(one.id)).toHaveLength(1);
    expect(await deliveries(two.id)).toHaveLength(1);
  });

  test("is nothing for a transaction that does not commit", async () => {
    const { id } = await add(person, "https://example.kz/");
    const failing = db.transaction(async (tx) => {
      const ears = await earsOf(tx, "store.needs_reauth", storeId);
      await tell(tx, ears, "store.needs_reauth", [{ of: "x", data: data() }], clock());
      throw new Error("not after all");
    });
    await expect(failing).rejects.toThrow("not after all");
    expect(await deliveries(id)).toEqual([]);
  });
});

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
    await happen();
    expect(await deliveries(id)).toHaveLength(1);
    await turnWebhook(access, person, { webhookId: id, on: true });
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
    expect((await row(id)).silences).toBe(3);
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
    const hurried = hooked({ db, clock, vault }, { timeoutMs: 100 });
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
    const hurried = hooked({ db, clock, vault }, { timeoutMs: 500 });
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

describe("a process that dies", () => {
  test("between sending and saving sends again with the same id", async () => {
    const there = await receiver();
    const { id } = await add(person, there.url);
    await happen();
    let transactions = 0;
    const mortal = Object.create(db, {
      transaction: {
        value: (work: Parameters<typeof db.transaction>[0]) => {
          transactions += 1;
          if (transactions === 2) throw new Error("killed");
          return db.transaction(work);
        },
      },
    });
    await expect(sendDue({ ...access, db: mortal }, id)).rejects.toThrow("killed");
    expect(there.received).toHaveLength(1);
    expect(await sendAll()).toBe(0);
    people.advance(30 * SECOND);
    expect(await sendAll()).toBe(1);
    const [first, second] = there.received;
    expect(second?.headers["duken-delivery"]).toBe(first?.headers["duken-delivery"]);
    expect(second?.body).toBe(first?.body);
    expect(await deliveries(id)).toMatchObject([{ state: "delivered", attempts: 2 }]);
  });

  test("at every attempt does not go on for ever", async () => {
    const { id } = await add(person, "https://example.kz/");
    await happen();
    await db.update(webhookDeliveries).set({ attempts: 7 });
    expect(await sendAll()).toBe(0);
    expect(await deliveries(id)).toMatchObject([{ state: "failed" }]);
  });

  test("beside another: two at once send each delivery once", async () => {
    const there = await receiver();
    const { id } = await add(person, there.url);
    for (let nth = 0; nth < 12; nth += 1) await happen();
    await Promise.all([sendDue(access, id), sendDue(access, id)]);
    expect(there.received).toHaveLength(12);
  });
});

describe("whose it is", () => {
  test("counts at the time of sending: nothing leaves for who is blocked", async () => {
    const there = await receiver();
    const { id } = await add(person, there.url);
    await happen();
    await db.update(users).set({ isActive: false }).where(eq(users.id, person.id));
    expect(await sendAll()).toBe(0);
    expect(await deliveries(id)).toMatchObject([{ state: "dropped" }]);
    await happen();
    expect(await deliveries(id)).toHaveLength(1);
    await db.update(users).set({ isActive: true }).where(eq(users.id, person.id));
    expect(there.received).toEqual([]);
  });

  test("counts at the time of sending: a store that is not theirs to see any more is not told of", async () => {
    const there = await receiver();
    const { id } = await add(person, there.url);
    await happen();
    await db.update(users).set({ role: "member" }).where(eq(users.id, person.id));
    expect(await sendAll()).toBe(0);
    expect(await deliveries(id)).toMatchObject([{ state: "dropped" }]);
    await happen();
    expect(await deliveries(id)).toHaveLength(1);
    await db.update(users).set({ role: "owner" }).where(eq(users.id, person.id));
    expect(there.received).toEqual([]);
  });

  test("counts for everything: another's does not exist", async () => {
    const other = await people.person();
    const { id } = await add(person, "https://example.kz/");
    await happen();
    const [delivery] = await deliveries(id);
    const absent = { kind: "not_found" };
    const acts = [
      () => removeWebhook(access, other, id),
      () => renewSecret(access, other, id),
      () => turnWebhook(access, other, { webhookId: id, on: false }),
      () => testWebhook(access, other, id),
      () => sendAgain(access, other, delivery?.id ?? ""),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject(absent);
    expect(await row(id)).toMatchObject({ state: "on" });
  });
});

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
    await turnWebhook(access, person, { webhookId: id, on: false });
    const [waiting] = await deliveries(id);
    await expect(sendAgain(access, person, waiting?.id ?? "")).rejects.toMatchObject({
      key: "webhook_not_on",
    });
    await happen();
    expect(await sendAll()).toBe(0);
    await turnWebhook(access, person, { webhookId: id, on: true });
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

describe("inner addresses", () => {
  const closed = hooked({ db, clock, vault }, { targets: targetsOf("") });

  test("are refused as they are registered", async () => {
    for (const host of ["127.0.0.1:9000", "[::1]:9000", "169.254.169.254", "[::ffff:7f00:1]"])
      await expect(closed.add(person, `http://${host}/`)).rejects.toMatchObject({
        details: [{ path: "url", message: "webhook_url_inner" }],
      });
  });

  test("are refused when a name leads there, at every call", async () => {
    const there = await receiver();
    const answers = ["93.184.216.34", "127.0.0.1"];
    const asked: string[] = [];
    const ways = hooked(
      { db, clock, vault },
      {
        targets: targetsOf(""),
        // A name that stands for something else the second time it is asked.
        lookup: (host, options, callback) => {
          const address = answers[Math.min(asked.length, 1)] ?? "";
          asked.push(host);
          if (options.all) callback(null, [{ address, family: 4 }]);
          else callback(null, address, 4);
        },
      },
    );
    const { id } = await ways.add(person, `http://rebinding.example.kz:${there.port}/`);
    asked.push("the first time it was fine");
    await happen();
    await ways.sendAll();
    expect(there.received).toEqual([]);
    expect(await deliveries(id)).toMatchObject([{ status: null, trouble: "refused" }]);
    expect(asked).toHaveLength(2);
  });

  test("one of several is enough to refuse them all", async () => {
    const there = await receiver();
    const ways = hooked(
      { db, clock, vault },
      {
        targets: targetsOf(""),
        lookup: (_host, _options, callback) =>
          callback(null, [
            { address: "93.184.216.34", family: 4 },
            { address: "::ffff:127.0.0.1", family: 6 },
          ]),
      },
    );
    const { id } = await ways.add(person, `http://two.example.kz:${there.port}/`);
    expect(await testWebhook(ways.access, person, id)).toMatchObject({ trouble: "refused" });
    expect(there.received).toEqual([]);
  });

  test("that localhost stands for are refused, too", async () => {
    const there = await receiver();
    const { id } = await closed.add(person, `http://localhost:${there.port}/`);
    const outcome = await testWebhook(closed.access, person, id);
    expect(outcome).toMatchObject({ ok: false, trouble: "refused" });
    expect(there.received).toEqual([]);
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
