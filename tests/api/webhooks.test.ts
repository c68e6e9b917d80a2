import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { webhookOperations } from "@/lib/api/operations/webhooks";
import { webhooks } from "@/lib/db/schema/webhooks";
import { notices } from "@/lib/db/schema/workspace";
import { listOpenNotices } from "@/lib/notices/queries";
import { apiOffice, keyOf } from "../support/api";
import { receiver, saying } from "../support/receiver";
import { hooked, isSigned } from "../support/webhooks";

process.env.WEBHOOK_PRIVATE_TARGETS = "127.0.0.1";
afterAll(() => {
  delete process.env.WEBHOOK_PRIVATE_TARGETS;
});

const office = await apiOffice();
const { call, access, stranger } = office;
const events = ["price.changed", "sync.finished"];

beforeEach(async () => {
  await access.db.delete(webhooks);
  await access.db.delete(notices);
});

const added = async (url = "https://example.kz/hooks") =>
  (await call("POST", "/webhooks/", { body: { url, events } })).body;

describe("webhooks", () => {
  test("are added with a secret that is shown once, read, changed, paused and deleted", async () => {
    const made = await call("POST", "/webhooks/", {
      body: { url: "https://Example.kz/hooks#x", events },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ url: "https://example.kz/hooks", events, is_active: true });
    expect(made.body.secret).toMatch(/^whsec_/);
    const path = made.headers.get("location")?.replace("/api/v1", "") ?? "";
    const one = await call("GET", path);
    expect(one.body).not.toHaveProperty("secret");
    const changed = await call("PATCH", path, { body: { events: ["decision.frozen"] } });
    expect(changed.body.events).toEqual(["decision.frozen"]);
    const paused = await call("PATCH", path, { body: { is_active: false } });
    expect(paused.body.is_active).toBe(false);
    expect((await call("GET", "/webhooks")).body).toMatchObject({ count: 1 });
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
  });

  test("that a key has added are told of to its person until they are deleted", async () => {
    const raised = async () =>
      (await listOpenNotices(access.db, office.owner)).map(({ kind, params }) => ({
        kind,
        params,
      }));
    await hooked(access).add(office.owner, "https://page.kz/");
    expect(await raised()).toEqual([]);
    const { id } = await added();
    expect(await raised()).toEqual([{ kind: "webhook_added", params: { host: "example.kz" } }]);
    expect(await listOpenNotices(access.db, stranger)).toEqual([]);
    await call("DELETE", `/webhooks/${id}/`);
    expect(await raised()).toEqual([]);
  });

  test("are changed whole: their events and their pause in one transaction", async () => {
    const { id } = await added();
    const body = { events: ["decision.frozen"], is_active: false };
    expect((await call("PATCH", `/webhooks/${id}/`, { body })).body).toMatchObject(body);
    const [count] = await office.database.sql`
      select count(*)::int entries, count(distinct xmin::text)::int transactions from audit_log
      where subject_id = ${id} and action <> 'webhook.added'`;
    expect(count).toEqual({ entries: 2, transactions: 1 });
  });

  test("that are added again with the same idempotency key are one, and its secret is not kept", async () => {
    const said = {
      body: { url: "https://example.kz/", events },
      headers: { "idempotency-key": crypto.randomUUID() },
    };
    const [first, second] = [
      await call("POST", "/webhooks/", said),
      await call("POST", "/webhooks/", said),
    ];
    expect(second.status).toBe(201);
    expect(second.body).toEqual({ ...first.body, secret: null });
    expect(first.body.secret).toMatch(/^whsec_/);
  });

  test.each([
    ["ftp://example.kz/", "url"],
    ["example.kz", "url"],
    ["https://user:word@example.kz/", "url"],
    ["http://example.kz:25/", "url"],
    ["http://192.168.1.1/", "url"],
    [`https://example.kz/${"x".repeat(2_000)}`, "url"],
  ])("are not added at %s", async (url, path) => {
    const refused = await call("POST", "/webhooks/", { body: { url, events } });
    expect(refused.status).toBe(422);
    expect(refused.body.details[0].path).toBe(path);
  });

  test.each([[[]], [["price.guessed"]], [undefined]])("are not added for %j", async (wanted) => {
    const body = { url: "https://example.kz/", events: wanted };
    expect((await call("POST", "/webhooks/", { body })).status).toBe(422);
  });

  test("are not added by a browser's session, which has no password to show here", async () => {
    const [add] = webhookOperations.filter(({ id }) => id === "addWebhook");
    const caller = office.owner;
    const asked = { caller, body: { url: "https://example.kz/", events } };
    // Outside a request that shows a key.
    await expect(add?.handle(asked as never)).rejects.toMatchObject({ key: "webhook_needs_key" });
    expect(await access.db.$count(webhooks)).toBe(0);
  });

  test("are tested at once, and the log tells of it", async () => {
    const there = await receiver(saying(202, "noted"));
    const { id, secret } = await added(there.url);
    const tested = await call("POST", `/webhooks/${id}/test/`);
    expect(tested).toMatchObject({
      status: 200,
      body: { delivered: true, status: 202, trouble: null, excerpt: "noted" },
    });
    there.answer(saying(500));
    const failed = await call("POST", `/webhooks/${id}/test/`);
    // The test went well: it found out that the receiver does not.
    expect(failed).toMatchObject({ status: 200, body: { delivered: false, status: 500 } });
    expect(failed.body).not.toHaveProperty("success");
    const [got] = there.received;
    expect(got && isSigned(secret, got)).toBe(true);
    const log = await call("GET", `/webhooks/${id}/deliveries/`);
    expect(log.body).toMatchObject({ count: 2, next: null });
    expect(log.body.results[1]).toMatchObject({
      event: "ping",
      state: "delivered",
      attempts: 1,
      status: 202,
      next_attempt_at: null,
    });
  });

  test("of somebody else do not exist", async () => {
    const { db } = access;
    await db.execute("update users set role = 'member' where email = 'stranger@example.kz'");
    const { id } = await added();
    const key = await keyOf(office, stranger.id);
    const asked = [
      ["GET", ""],
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "test/"],
      ["GET", "deliveries/"],
    ] as const;
    for (const [method, rest] of asked) {
      const body = method === "PATCH" ? { body: { is_active: false } } : {};
      const answer = await call(method, `/webhooks/${id}/${rest}`, { key, ...body });
      expect(answer.status, `${method} ${rest}`).toBe(404);
    }
    expect((await call("GET", "/webhooks/", { key })).body.count).toBe(0);
    const reader = await keyOf(office, office.owner.id, ["read"]);
    expect((await call("DELETE", `/webhooks/${id}/`, { key: reader })).status).toBe(403);
  });
});
