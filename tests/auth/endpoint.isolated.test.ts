import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { parse } from "@/lib/auth/action";
import { hintOf, newApiKey } from "@/lib/auth/api-key";
import type { ApiScope } from "@/lib/auth/api-key-scope-model";
import { createApiKey } from "@/lib/auth/api-keys";
import { endpoint } from "@/lib/auth/endpoint";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { later, MINUTE, systemClock } from "@/lib/core/time";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { telegramLinks } from "@/lib/db/schema/telegram";
import { users } from "@/lib/db/schema/workspace";
import { log } from "@/lib/log";
import { testPeople } from "../support/people";
import { signedIn } from "../support/session";

const asked = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
// Next tells the headers of a request only inside its own server.
vi.mock("next/headers", () => ({ headers: async () => new Headers(asked.headers) }));

const people = await testPeople();
const { db } = people.access;
const own = new URL(process.env.NEXTAUTH_URL ?? "").origin;

const whoIs = async (caller: Caller) => Response.json({ id: caller.id });
const doors = {
  read: endpoint({ scope: "read" }, whoIs),
  write: endpoint({ scope: "write" }, whoIs),
  kaspi: endpoint({ scope: "kaspi" }, whoIs),
  session: endpoint({ scope: "session" }, whoIs),
  bot: endpoint({ scope: "bot" }, whoIs),
  refusing: endpoint({ scope: "read" }, async () => {
    throw new AppError("conflict");
  }),
};

async function ask(door: keyof typeof doors, headers: Record<string, string>, method = "GET") {
  asked.headers = headers;
  const request = new Request("http://inside/api/v1/thing/", { method, headers });
  const answer = await doors[door](request, undefined);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

const keyOf = (person: Caller, scopes: ApiScope[] = ["read"], lifeMs: number | null = null) => {
  const by = { by: person.id, now: systemClock() };
  return createApiKey(db, person.id, { name: "1С", scopes, lifeMs }, by);
};
const shown = (key: string) => ({ authorization: `Bearer ${key}` });

let person: Caller;
beforeEach(async () => {
  person = await people.person();
});

test("a browser's session may call the API as often as a key, and pages as often as it likes", async () => {
  const headers = await signedIn(person);
  const statuses = async (door: "read" | "session") => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(door, headers)));
    return new Set(answers.map(({ status }) => status));
  };
  expect(await statuses("session")).toEqual(new Set([200]));
  expect(await statuses("read")).toEqual(new Set([200, 429]));
});

describe("a key", () => {
  test.each(["read", "write", "kaspi"] as const)(
    "opens what asks for its scope: %s",
    async (scope) => {
      const key = await keyOf(person, [scope]);
      const { status, body, headers } = await ask(scope, shown(key));
      expect([status, body]).toEqual([200, { id: person.id }]);
      expect(headers.get("x-request-id")).toMatch(/^[\w-]{20,}$/);
      for (const other of (["read", "write", "kaspi"] as const).filter((one) => one !== scope)) {
        const refused = await ask(other, shown(key));
        expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
        expect(refused.body.error).toContain(other);
        expect(refused.headers.get("x-request-id")).toBeTruthy();
      }
    },
  );

  test("opens no page of the office, and no session helps a key that is refused", async () => {
    const whole = await keyOf(person, ["read", "write", "kaspi", "bot"]);
    expect((await ask("session", shown(whole))).status).toBe(403);
    const both = { ...(await signedIn(person)), ...shown(newApiKey()) };
    expect((await ask("read", both)).status).toBe(401);
  });

  test("writes from wherever it is used: no browser sends it by itself", async () => {
    const headers = { ...shown(await keyOf(person, ["write"])), origin: "https://evil.example" };
    expect((await ask("write", headers, "POST")).status).toBe(200);
  });

  test("used too fast is asked to wait", async () => {
    const key = await keyOf(person);
    const pacedUntil = later(systemClock(), MINUTE);
    await db
      .update(apiKeys)
      .set({ pacedUntil })
      .where(eq(apiKeys.hint, hintOf(key)));
    const { status, headers, body } = await ask("read", shown(key));
    expect([status, body]).toMatchObject([429, { success: false, code: "rate_limited" }]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(30);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
  });
});

describe("without a key that works", () => {
  test("everybody gets the same answer, whatever is wrong", async () => {
    const [revoked, expired, blocked] = [
      await keyOf(person),
      await keyOf(person, ["read"], -1),
      await keyOf(await people.person()),
    ];
    await db
      .update(apiKeys)
      .set({ revokedAt: systemClock() })
      .where(eq(apiKeys.hint, hintOf(revoked)));
    const [{ userId } = { userId: "" }] = await db
      .select({ userId: apiKeys.userId })
      .from(apiKeys)
      .where(eq(apiKeys.hint, hintOf(blocked)));
    await db.update(users).set({ isActive: false }).where(eq(users.id, userId));
    const answers = await Promise.all(
      [
        {},
        { authorization: "Bearer" },
        { authorization: "Bearer " },
        { authorization: "Basic YTpi" },
        shown("x"),
        shown("duken_ two words"),
        shown(newApiKey()),
        shown(revoked),
        shown(expired),
        shown(blocked),
        { cookie: "next-auth.session-token=planted" },
        await signedIn({ id: userId }),
        await signedIn(person, 2),
      ].map((headers, nth) => ask("read", { ...headers, "x-forwarded-for": `10.2.0.${nth}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    const said = answers.map(({ body, headers }) => [body, headers.get("www-authenticate")]);
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]?.body).toEqual({
      success: false,
      code: "unauthorized",
      error: expect.stringContaining("ключ"),
    });
  });
});

describe("a session", () => {
  test("opens everything, with no scope asked", async () => {
    const headers = await signedIn(person);
    for (const door of ["read", "write", "kaspi", "session"] as const)
      expect((await ask(door, headers)).body).toEqual({ id: person.id });
  });

  test.each([
    [403, { origin: "https://evil.example" }],
    [403, { "sec-fetch-site": "cross-site" }],
    [403, { "sec-fetch-site": "same-site", origin: own }],
    [200, { origin: own }],
    [200, { "sec-fetch-site": "same-origin", origin: own }],
  ])("writes with %i when the browser says %j", async (status, said) => {
    const headers = { ...(await signedIn(person)), ...said };
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect((await ask("write", headers, method)).status).toBe(status);
  });
});

test("fields at fault are named, surprises are not explained, and neither is a key logged", async () => {
  const lines: unknown[] = [];
  const error = vi.spyOn(log, "error").mockImplementation((...told: unknown[]) => {
    lines.push(told);
  });
  const key = await keyOf(person, ["write"]);
  const broken = endpoint({ scope: "write" }, () => Promise.reject(new Error("at db.ts:7")));
  const picky = endpoint({ scope: "write" }, async () => {
    parse(z.object({ name: z.string({ error: "name_empty" }) }), {});
    return Response.json({});
  });
  const send = async (door: typeof broken) => {
    const request = new Request("http://inside/", { method: "POST", headers: shown(key) });
    const answer = await door(request, undefined);
    return [answer.status, await answer.json()];
  };
  expect(await send(picky)).toEqual([
    422,
    expect.objectContaining({
      code: "invalid",
      details: [{ path: "name", message: "Напишите имя." }],
    }),
  ]);
  const [status, body] = await send(broken);
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain("db.ts");
  error.mockRestore();
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toContain(key.slice(6, 20));
});

describe("a bot's key", () => {
  const account = () => Math.floor(1e9 + Math.random() * 1e9);
  /** The bot's key is an owner's, and so is nobody else's who stands in these tests. */
  async function bot(scopes: ApiScope[] = ["bot"]) {
    const key = await keyOf(await people.person(), scopes);
    return (telegramId: number | string) => ({
      ...shown(key),
      "x-telegram-user": `${telegramId}`,
    });
  }
  async function linked(who: Caller, more: object = {}): Promise<number> {
    const telegramId = account();
    const link = { userId: who.id, telegramId, linkedAt: systemClock(), ...more };
    await db.insert(telegramLinks).values(link);
    return telegramId;
  }

  test("is the person whose account it names, and nobody else", async () => {
    const as = await bot();
    const telegramId = await linked(person);
    for (const door of ["read", "write"] as const) {
      const { status, body } = await ask(door, as(telegramId));
      expect([status, body]).toEqual([200, { id: person.id }]);
    }
    for (const door of ["kaspi", "session"] as const)
      expect((await ask(door, as(telegramId))).status).toBe(403);
  });

  test("cannot act for an account that is nobody's, nor without naming one", async () => {
    const as = await bot();
    for (const nobody of [account(), 0, -5, "", "1e9", "5 ", "0x10", "9".repeat(30), person.id]) {
      const { status, body } = await ask("write", as(nobody));
      expect([nobody, status, body.code]).toEqual([nobody, 403, "telegram_not_linked"]);
    }
    const { "x-telegram-user": _, ...bare } = as(1);
    for (const door of ["read", "write", "kaspi"] as const) {
      const { status, body } = await ask(door, bare);
      expect([status, body.code]).toEqual([403, "forbidden"]);
    }
    expect((await ask("bot", bare)).status).toBe(200);
  });

  test("cannot act for who is blocked or unlinked, from the next request on; for who is muted or has blocked the bot it can", async () => {
    const as = await bot();
    const telegramId = await linked(person, { mutedAt: systemClock(), blockedAt: systemClock() });
    expect((await ask("read", as(telegramId))).status).toBe(200);
    await db.update(users).set({ isActive: false }).where(eq(users.id, person.id));
    expect((await ask("read", as(telegramId))).body.code).toBe("telegram_not_linked");
    await db.update(users).set({ isActive: true }).where(eq(users.id, person.id));
    expect((await ask("read", as(telegramId))).status).toBe(200);
    await db.delete(telegramLinks).where(eq(telegramLinks.userId, person.id));
    expect((await ask("read", as(telegramId))).body.code).toBe("telegram_not_linked");
  });

  test("is the only one that acts for others: no other key does, and no session", async () => {
    const telegramId = await linked(await people.person());
    const as = await bot(["read", "write", "kaspi"]);
    const { status, body } = await ask("read", as(telegramId));
    expect([status, body.error]).toEqual([403, expect.stringContaining("bot")]);
    const session = { ...(await signedIn(person)), "x-telegram-user": `${telegramId}` };
    expect((await ask("read", session)).body).toEqual({ id: person.id });
  });

  test("alone opens what is the bot's: no other key, and no session of an owner", async () => {
    const others = await keyOf(person, ["read", "write", "kaspi"]);
    expect((await ask("bot", shown(others))).status).toBe(403);
    expect((await ask("bot", await signedIn(person))).status).toBe(403);
  });

  test("is answered in the language of whom it acts for, and paced by person", async () => {
    const as = await bot();
    const [one, other] = [await linked(person), await linked(await people.person())];
    await db.update(users).set({ locale: "en" }).where(eq(users.id, person.id));
    expect((await ask("refusing", as(one))).body.error).toMatch(/^[\x20-\x7e]+$/);
    const asks = Array.from({ length: 60 }, () => ask("read", as(one)));
    const statuses = (await Promise.all(asks)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect((await ask("read", as(other))).status).toBe(200);
  });
});
