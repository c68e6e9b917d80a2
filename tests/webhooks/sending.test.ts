import { eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { webhookDeliveries } from "@/lib/db/schema/webhooks";
import { users } from "@/lib/db/schema/workspace";
import { bodySchema, eventData } from "@/lib/webhooks/event-data-model";
import { changeWebhook, removeWebhook, renewSecret } from "@/lib/webhooks/manage-webhooks";
import { sendAgain, testWebhook } from "@/lib/webhooks/send-by-hand";
import { sendDue } from "@/lib/webhooks/send-deliveries";
import { takeDue } from "@/lib/webhooks/sending-queries";
import { earsOf, tell } from "@/lib/webhooks/tell";
import { eventfulStore } from "../support/eventful-store";
import { ok, receiver, saying } from "../support/receiver";
import { isSigned } from "../support/webhooks";

const { people, person, storeId, access, add, sendAll, deliveries, row, data, happen } =
  await eventfulStore();
const { db, clock } = access;

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

describe("a webhook that is deleted", () => {
  test("between the question and the telling is not told, and what has happened stays", async () => {
    const [gone, other] = [
      await add(person, "https://example.kz/"),
      await add(person, "https://example.kz/"),
    ];
    await db.transaction(async (tx) => {
      const ears = await earsOf(tx, "store.needs_reauth", storeId);
      await removeWebhook(access, person, gone.id);
      await tell(tx, ears, "store.needs_reauth", [{ of: "x", data: data() }], clock());
    });
    expect(await deliveries(gone.id)).toEqual([]);
    expect(await deliveries(other.id)).toHaveLength(1);
  });
});

describe("an attempt that is overtaken", () => {
  test("by a person who sends it again leaves what came of that", async () => {
    const there = await receiver();
    const held = new Promise<() => void>((hold) =>
      there.answer((response, nth) => {
        if (nth === 1) hold(() => saying(500, "too late")(response, nth));
        else ok(response, nth);
      }),
    );
    const { id } = await add(person, there.url);
    await happen();
    const slow = sendAll();
    const release = await held;
    people.advance(SECOND);
    const [delivery] = await deliveries(id);
    expect(await sendAgain(access, person, delivery?.id ?? "")).toMatchObject({ ok: true });
    release();
    expect(await slow).toBe(1);
    expect(await deliveries(id)).toMatchObject([
      { state: "delivered", status: 200, excerpt: "thanks" },
    ]);
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
    const chief = await people.person("owner");
    const blocked = { key: "webhook_person_blocked" };
    await expect(testWebhook(access, chief, id)).rejects.toMatchObject(blocked);
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

  test("is asked of those whose turn it is, not of all that wait each time", async () => {
    const there = await receiver();
    const { id } = await add(person, there.url);
    for (let nth = 0; nth < 12; nth += 1) {
      people.advance(SECOND);
      await happen();
    }
    const later = (await deliveries(id)).slice(5).map((delivery) => delivery.id);
    const storeId = crypto.randomUUID();
    await db.update(webhookDeliveries).set({ storeId }).where(inArray(webhookDeliveries.id, later));
    const states = async () => (await deliveries(id)).map(({ state }) => state);
    const asked = { webhookId: id, caller: { ...person, role: "owner" as const }, most: 5 };
    expect(await db.transaction((tx) => takeDue(tx, asked, clock()))).toHaveLength(5);
    expect(await states()).toEqual(Array(12).fill("waiting"));
    expect(await db.transaction((tx) => takeDue(tx, asked, clock()))).toEqual([]);
    expect(await states()).toEqual([...Array(5).fill("waiting"), ...Array(7).fill("dropped")]);
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
      () => changeWebhook(access, other, { webhookId: id, on: false }),
      () => testWebhook(access, other, id),
      () => sendAgain(access, other, delivery?.id ?? ""),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject(absent);
    expect(await row(id)).toMatchObject({ state: "on" });
  });
});
