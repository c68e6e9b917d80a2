import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { MINUTE, SECOND } from "@/lib/core/time";
import { apiAnswers } from "@/lib/db/schema/api-answers";
import { kaspiSessions, stores } from "@/lib/db/schema/kaspi";
import { auditLog, users } from "@/lib/db/schema/workspace";
import { keyOf } from "../support/api";
import { apiStores } from "../support/api-stores";

const office = await apiStores();
const { access, call, database, other, owner, seller, twin } = office;
const { db } = access;

type Said = Parameters<typeof call>[2];
const authenticate = (body: object | string, more: Said = {}) =>
  call("POST", "/kaspi/auth/authenticate/", { body, ...more });
const smsStart = (body: object, more: Said = {}) =>
  call("POST", "/kaspi/auth/sms_start/", { body, ...more });
const smsVerify = (body: object, more: Said = {}) =>
  call("POST", "/kaspi/auth/sms_verify/", { body, ...more });

const byName = (name: string) => ({ email: `${name}@duken.kz`, password: `${name}-kaspi` });
const code = () => twin.lastCode()?.code ?? "";
const phone = "+7 (701) 000-00-03";
const ownerOf = async (storeId: string) => {
  const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
  return store?.userId;
};

describe("a login by e-mail", () => {
  test("connects its stores, and says which were there before", async () => {
    const first = await authenticate(byName("two"));
    expect(first.status).toBe(200);
    const [one, two] = first.body.stores;
    expect(first.body).toMatchObject({
      success: true,
      store_id: one.store_id,
      name: one.name,
      is_replaced: false,
      refused: [],
    });
    expect(one).toEqual({
      store_id: expect.any(String),
      merchant_id: "30771205",
      name: expect.any(String),
      is_replaced: false,
    });
    expect(two.merchant_id).toBe("30771311");
    expect(first.body.message).toContain("Подключены 2 магазина");
    const again = await call("POST", "/kaspi/auth/authenticate", { body: byName("two") });
    expect(again.body).toMatchObject({ store_id: one.store_id, is_replaced: true });
    expect(again.body.message).toContain("Вход снова действует");
  });

  test("with a wrong password is refused in Kaspi's words", async () => {
    const answer = await authenticate({ ...byName("small"), password: "wrong" });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ success: false, code: "kaspi_credentials" });
    expect(answer.body.error).toContain("Неверные почта или пароль");
  });

  test("that Kaspi wants to wait says for how long", async () => {
    twin.setFault({ name: "login_flood", ms: 90_000 });
    const answer = await authenticate(byName("small"));
    expect([answer.status, answer.body.code]).toEqual([429, "kaspi_flood"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(90);
  });

  test("names each field that is wrong, and says nothing of what was typed", async () => {
    const answer = await authenticate({ email: "nobody", pass: "secret", method: "carrier" });
    expect(answer.status).toBe(422);
    const paths = answer.body.details.map(({ path }: { path: string }) => path);
    expect(paths.sort()).toEqual(["email", "method", "pass"]);
    expect(JSON.stringify(answer.body)).not.toContain("secret");
    const empty = await authenticate({});
    expect(empty.body.details.map(({ path }: { path: string }) => path)).toEqual([
      "email",
      "password",
    ]);
    expect((await authenticate("{")).status).toBe(400);
  });

  test("goes by the wanted way and no other", async () => {
    expect((await authenticate({ ...byName("small"), method: "direct" })).status).toBe(200);
    const sessions = await db.select().from(kaspiSessions);
    expect(sessions.map(({ method }) => method)).toEqual(["direct"]);
    twin.forgetRequests();
    const answer = await authenticate({ ...byName("small"), method: "browser" });
    expect([answer.status, answer.body.code]).toEqual([503, "unavailable"]);
    expect(twin.requests().login?.total ?? 0).toBe(0);
  });

  test("lists shops of another user as refused, and is refused when none is left", async () => {
    await authenticate(byName("two"), { key: seller.key });
    await db.delete(stores).where(eq(stores.merchantId, "30771311"));
    const some = await authenticate(byName("two"), { key: other.key });
    expect(some.status).toBe(200);
    expect(some.body.stores).toHaveLength(1);
    expect(some.body.refused).toEqual([{ merchant_id: "30771205", name: expect.any(String) }]);
    expect(JSON.stringify(some.body)).not.toContain(seller.id);
    await authenticate(byName("small"), { key: seller.key });
    const none = await authenticate(byName("small"), { key: other.key });
    expect([none.status, none.body.code]).toEqual([409, "conflict"]);
  });
});

describe("a login that asks back", () => {
  test("waits for the code of a mail, which is sent back as one of a text message", async () => {
    const waiting = await authenticate(byName("code"));
    expect(waiting.status).toBe(202);
    expect(waiting.body).toEqual({
      success: true,
      status: "code_required",
      session_id: expect.any(String),
      expires_at: expect.any(String),
    });
    const leftMs = Date.parse(waiting.body.expires_at) - access.clock().getTime();
    expect(Math.abs(leftMs - 5 * MINUTE)).toBeLessThan(10 * SECOND);
    const { session_id } = waiting.body;
    const done = await smsVerify({ session_id, code: code() });
    expect(done.status).toBe(200);
    expect(done.body.stores).toHaveLength(1);
  });

  test("waits for the shop, which is chosen at the same address", async () => {
    const waiting = await authenticate(byName("choose"));
    expect(waiting.status).toBe(202);
    expect(waiting.body).toMatchObject({ success: true, status: "choose_merchant" });
    const [, shop] = waiting.body.merchants;
    expect(shop).toEqual({ merchant_id: "30901133", name: expect.any(String) });
    const { session_id } = waiting.body;
    const chosen = await authenticate({ session_id, merchant_id: shop.merchant_id });
    expect(chosen.status).toBe(200);
    expect(chosen.body.stores).toMatchObject([{ merchant_id: "30901133" }]);
    const late = await authenticate({ session_id, merchant_id: shop.merchant_id });
    expect([late.status, late.body.code]).toEqual([404, "not_found"]);
  });

  test("takes either a password or a choice", async () => {
    const session_id = crypto.randomUUID();
    const both = await authenticate({ ...byName("small"), session_id });
    expect(both.status).toBe(422);
    const paths = both.body.details.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(["merchant_id", "email", "password"]);
  });
});

describe("a login by phone", () => {
  test.each(["8 701 000 00 03", "+7 (701) 000-00-03", "77010000003", "701 000 00 03"])(
    "takes the number as %s",
    async (typed) => {
      const begun = await smsStart({ phone: typed });
      expect(begun.status).toBe(200);
      expect(begun.body).toMatchObject({ success: true, session_id: expect.any(String) });
      expect(Date.parse(begun.body.expires_at)).toBeGreaterThan(access.clock().getTime());
    },
  );

  test("connects by its code, along both spellings of the addresses", async () => {
    const begun = await call("POST", "/kaspi/auth/sms/start", { body: { phone } });
    expect(begun.status).toBe(200);
    const again = await smsStart({ phone });
    expect(again.body.session_id).toBe(begun.body.session_id);
    const body = { session_id: begun.body.session_id, code: code() };
    const done = await call("POST", "/kaspi/auth/sms/verify/", { body });
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({ success: true, is_replaced: false, stores: [{}] });
  });

  test("stays open after a wrong code", async () => {
    const { body } = await smsStart({ phone });
    const right = code();
    const wrong = await smsVerify({ session_id: body.session_id, code: "000000" });
    expect([wrong.status, wrong.body.code]).toEqual([401, "kaspi_credentials"]);
    expect((await smsVerify({ session_id: body.session_id, code: right })).status).toBe(200);
  });

  test("is unknown to whoever has not begun it, and over after its time", async () => {
    const { body } = await smsStart({ phone });
    const said = { session_id: body.session_id, code: code() };
    expect((await smsVerify(said, { key: seller.key })).status).toBe(404);
    expect((await smsVerify({ ...said, session_id: crypto.randomUUID() })).status).toBe(404);
    twin.advance({ ms: 5 * MINUTE + SECOND });
    const late = await smsVerify(said);
    expect([late.status, late.body.code]).toEqual([410, "gone"]);
  });

  test("names the field that is wrong", async () => {
    for (const [answer, path] of [
      [await smsStart({ phone: "12345" }), "phone"],
      [await smsVerify({ session_id: "1", code: "1234" }), "session_id"],
      [await smsVerify({ session_id: crypto.randomUUID(), code: "x" }), "code"],
    ] as const) {
      expect(answer.status).toBe(422);
      expect(answer.body.details).toMatchObject([{ path }]);
    }
  });

  test("is begun no more often than one may", async () => {
    for (let nth = 0; nth < 10; nth += 1) await smsStart({ phone: `+7 701 777 00 ${10 + nth}` });
    const answer = await smsStart({ phone });
    expect([answer.status, answer.body.code]).toEqual([429, "rate_limited"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("for somebody else", () => {
  test("an owner connects a store that is theirs from then on", async () => {
    const done = await authenticate({ ...byName("small"), user_id: seller.id });
    expect(done.status).toBe(200);
    expect(await ownerOf(done.body.store_id)).toBe(seller.id);
    const begun = await smsStart({ phone, user_id: seller.id });
    const said = { session_id: begun.body.session_id, code: code() };
    expect((await smsVerify(said)).status).toBe(404);
    const verified = await smsVerify({ ...said, user_id: seller.id });
    expect(await ownerOf(verified.body.store_id)).toBe(seller.id);
  });

  test("nobody else does, and one's own id changes nothing", async () => {
    const refused = await authenticate(
      { ...byName("small"), user_id: other.id },
      { key: seller.key },
    );
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    const own = { ...byName("small"), user_id: seller.id.toUpperCase() };
    expect((await authenticate(own, { key: seller.key })).status).toBe(200);
  });

  test("who is not there, or is blocked, is not found", async () => {
    const unknown = await smsStart({ phone, user_id: crypto.randomUUID() });
    expect([unknown.status, unknown.body.code]).toEqual([404, "not_found"]);
    await db.update(users).set({ isActive: false }).where(eq(users.id, other.id));
    expect((await smsStart({ phone, user_id: other.id })).status).toBe(404);
    await db.update(users).set({ isActive: true }).where(eq(users.id, other.id));
    expect(twin.requests().login?.total ?? 0).toBe(0);
  });
});

describe("a key", () => {
  test("needs its scope, and to be one", async () => {
    const reading = await keyOf(office, owner.id, ["read", "write"]);
    const answer = await authenticate(byName("small"), { key: reading });
    expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
    expect((await smsStart({ phone }, { key: "duken_nothing" })).status).toBe(401);
  });

  test("of an idempotent request gets the first answer again, and asks Kaspi once", async () => {
    const headers = { "idempotency-key": "connect-1" };
    const first = await authenticate(byName("two"), { headers });
    const asked = twin.requests().login?.total;
    const again = await authenticate(byName("two"), { headers });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(twin.requests().login?.total).toBe(asked);
    const another = await authenticate(byName("small"), { headers });
    expect([another.status, another.body.code]).toEqual([409, "conflict"]);
  });

  test("of an idempotent request that was refused may try again", async () => {
    const headers = { "idempotency-key": "connect-2" };
    twin.setFault({ name: "connection_reset", at: ["login"] });
    expect((await authenticate(byName("small"), { headers })).status).toBe(503);
    twin.clearFaults();
    twin.advance({ ms: 61 * MINUTE });
    expect((await authenticate(byName("small"), { headers })).status).toBe(200);
  });
});

test("neither a password nor a code is kept in the open", async () => {
  const headers = { "idempotency-key": "secret" };
  const { body } = await authenticate(byName("code"), { headers });
  const typed = code();
  await smsVerify({ session_id: body.session_id, code: typed }, { headers });
  const kept = JSON.stringify([
    await db.select().from(auditLog),
    await db.select().from(apiAnswers),
    ...(await Promise.all(
      ["kaspi_accounts", "pending_logins", "jobs.event", "runs"].map(
        (table) => database.sql`select * from ${database.sql(table)}`,
      ),
    )),
  ]);
  expect(kept).not.toContain("code-kaspi");
  expect(kept).not.toContain(`"${typed}"`);
  const said = { said: { session_id: body.session_id, code: typed } };
  const bare = createHash("sha256").update(JSON.stringify(said)).digest("hex");
  expect(kept).not.toContain(bare);
});
