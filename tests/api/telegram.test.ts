import { and, desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { hashOf } from "@/lib/auth/one-time-token";
import { HOUR, MINUTE } from "@/lib/core/time";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { telegramDialogs, telegramLinks, telegramTokens, tellings } from "@/lib/db/schema/telegram";
import { auditLog, users } from "@/lib/db/schema/workspace";
import { openNotice } from "@/lib/notices/queries";
import { apiOffice, keyOf } from "../support/api";
import { telegramOf } from "../support/telling";
import { memberWith } from "../support/whole-office";

const office = await apiOffice();
const { call, twin, owner, stranger } = office;
const { db } = office.access;
const { fake, linked } = await telegramOf(office);
let bot: string;
let strangers: string;
beforeAll(async () => {
  bot = await keyOf(office, owner.id, ["bot"]);
  strangers = await keyOf(office, stranger.id);
});
beforeEach(async () => {
  await db.delete(telegramLinks);
  await db.delete(telegramTokens);
});

let accounts = 5e9;
const account = () => (accounts += 1);
const askLink = async (key = office.key) =>
  (await call("POST", "/telegram/link/", { key })).body as { token: string; url: string };
const confirm = (token: string, telegram_id: number, more = {}) =>
  call("POST", "/telegram/confirm/", { key: bot, body: { token, telegram_id, ...more } });
const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [
  status,
  body.code,
];
const asPerson = (telegramId: number) => ({
  key: bot,
  headers: { "x-telegram-user": `${telegramId}` },
});

describe("linking", () => {
  test("a token links the account that shows it, once, and is kept by its hash alone", async () => {
    const { status, body } = await call("POST", "/telegram/link/");
    expect(status).toBe(201);
    expect(body.token).toMatch(/^[A-Za-z0-9_-]{20,64}$/);
    expect(body.url).toBe(`https://t.me/${fake.username}?start=${body.token}`);
    const span = Date.parse(body.expires_at) - office.access.clock().getTime();
    expect(Math.abs(span - 15 * MINUTE)).toBeLessThan(MINUTE);
    const warned = await openNotice(db, "telegram_by_key", owner.id);
    expect(warned).toEqual({});
    expect(JSON.stringify(await db.select().from(telegramTokens))).not.toContain(body.token);
    const id = account();
    const made = await confirm(body.token, id, { username: "aigul" });
    expect([made.status, made.body.user]).toMatchObject([200, { id: owner.id, locale: "ru" }]);
    // Telegram brings an update again: what it has brought about is no error.
    expect((await confirm(body.token, id)).body.user).toMatchObject({ id: owner.id });
    expect(codeOf(await confirm(body.token, account()))).toEqual([409, "token_used"]);
    const own = await call("GET", `/telegram/users/${id}/`, { key: bot });
    expect(own.body).toMatchObject({ name: owner.name, time_zone: "Asia/Almaty", muted: false });
  });

  test("of two who show one token at once one is linked", async () => {
    const { token } = await askLink();
    const both = await Promise.all([confirm(token, account()), confirm(token, account())]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await db.select().from(telegramLinks)).toHaveLength(1);
  });

  test("a token is good for fifteen minutes, and until a newer one is made", async () => {
    const first = await askLink();
    const second = await askLink();
    expect(codeOf(await confirm(first.token, account()))).toEqual([404, "token_wrong"]);
    twin.advance({ ms: 15 * MINUTE });
    expect(codeOf(await confirm(second.token, account()))).toEqual([410, "token_late"]);
    expect(await db.select().from(telegramLinks)).toEqual([]);
  });

  test("a guess is none, and who guesses on is asked to wait", async () => {
    const guesser = account();
    const guesses = [];
    for (let nth = 0; nth < 12; nth += 1)
      guesses.push(codeOf(await confirm(`guess-${nth}`, guesser)));
    expect(guesses[0]).toEqual([404, "token_wrong"]);
    expect(guesses.at(-1)).toEqual([429, "rate_limited"]);
    expect(codeOf(await confirm("guess", account()))).toEqual([404, "token_wrong"]);
    twin.advance({ ms: HOUR });
  });

  test("a blocked person's token links nobody", async () => {
    const { token } = await askLink(strangers);
    await db.update(users).set({ isActive: false }).where(eq(users.id, stranger.id));
    expect(codeOf(await confirm(token, account()))).toEqual([404, "token_wrong"]);
    await db.update(users).set({ isActive: true }).where(eq(users.id, stranger.id));
  });

  test("one account is one person's: linking it anew asks, and then the former link ends", async () => {
    const id = account();
    await confirm((await askLink()).token, id);
    const { token } = await askLink(strangers);
    expect(codeOf(await confirm(token, id))).toEqual([409, "account_linked_elsewhere"]);
    expect((await call("GET", `/telegram/users/${id}/`, { key: bot })).body.id).toBe(owner.id);
    expect((await confirm(token, id, { replace: true })).status).toBe(200);
    const links = await db.select().from(telegramLinks);
    expect(links.map(({ userId, telegramId }) => [userId, telegramId])).toEqual([
      [stranger.id, id],
    ]);
    const [ended] = await db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, "telegram.unlinked"), eq(auditLog.userId, owner.id)))
      .orderBy(desc(auditLog.at));
    expect(ended?.details).toMatchObject({ account: id });
  });

  test("a person has one account: another one asks; the same one again does not", async () => {
    const [first, second] = [account(), account()];
    await confirm((await askLink()).token, first);
    expect((await confirm((await askLink()).token, first)).status).toBe(200);
    const { token } = await askLink();
    expect(codeOf(await confirm(token, second))).toEqual([409, "account_linked_elsewhere"]);
    expect(codeOf(await confirm(token, account(), { replace: true }))).toEqual([
      ...[409, "account_linked_elsewhere"],
    ]);
    expect(codeOf(await confirm(token, second, { replace: true }))).toEqual([
      ...[409, "account_linked_elsewhere"],
    ]);
    expect((await confirm(token, second, { replace: true })).status).toBe(200);
    expect(codeOf(await call("GET", `/telegram/users/${first}/`, { key: bot }))).toEqual([
      404,
      "not_found",
    ]);
  });

  test("who is replaced by another account is told so there and in the office", async () => {
    const former = await linked(owner);
    const { token } = await askLink();
    const id = account();
    await confirm(token, id, { username: "aigul" });
    expect(former.chat.messages).toEqual([]);
    await confirm(token, id, { username: "aigul", replace: true });
    expect(former.last()?.text).toContain("больше не действует");
    expect(await openNotice(db, "telegram_replaced", owner.id)).toEqual({ account: "aigul" });
  });

  test("nobody is linked, or unlinked, by the bot's key in their place", async () => {
    const person = await linked(owner);
    const asked = await call("POST", "/telegram/link/", asPerson(person.id));
    expect(codeOf(asked)).toEqual([403, "forbidden"]);
    const ended = await call("DELETE", "/telegram/link/", asPerson(person.id));
    expect(codeOf(ended)).toEqual([403, "forbidden"]);
    expect(await db.select().from(telegramLinks)).toHaveLength(1);
    expect(await db.select().from(telegramTokens)).toEqual([]);
  });

  test("people of crossed accounts who link at once end with one each", async () => {
    const [a, b] = [account(), account()];
    await confirm((await askLink()).token, a);
    await confirm((await askLink(strangers)).token, b);
    const [mine, theirs] = [await askLink(), await askLink(strangers)];
    await Promise.all([confirm(mine.token, b), confirm(theirs.token, a)]);
    await Promise.all([
      confirm(mine.token, b, { replace: true }),
      confirm(theirs.token, a, { replace: true }),
    ]);
    const links = await db.select().from(telegramLinks);
    const standing = new Map(links.map(({ userId, telegramId }) => [userId, telegramId]));
    expect(standing.get(owner.id) ?? b).toBe(b);
    expect(standing.get(stranger.id) ?? a).toBe(a);
  });

  test("nobody but the bot confirms, and nobody but the person unlinks", async () => {
    const { token } = await askLink();
    const body = { token, telegram_id: account() };
    expect(codeOf(await call("POST", "/telegram/confirm/", { body }))).toEqual([403, "forbidden"]);
    await confirm(token, body.telegram_id);
    expect((await call("DELETE", "/telegram/link/", { key: strangers })).status).toBe(404);
    expect((await call("DELETE", "/telegram/link/")).status).toBe(204);
    expect(await db.select().from(telegramLinks)).toEqual([]);
  });
});

test("what is chosen in the bot is the person's: language and quiet", async () => {
  const person = await linked(stranger);
  const path = `/telegram/users/${person.id}/`;
  const change = (body: object) => call("PATCH", path, { key: bot, body });
  expect((await change({ locale: "kk", muted: true })).body).toMatchObject({
    locale: "kk",
    muted: true,
  });
  expect((await change({ locale: "ru", muted: false })).body).toMatchObject({ muted: false });
  expect(codeOf(await call("PATCH", path, { body: { muted: true } }))).toEqual([403, "forbidden"]);
  const unknown = await call("PATCH", `/telegram/users/${account()}/`, { key: bot, body: {} });
  expect(unknown.status).toBe(404);
});

describe("a talk", () => {
  const path = () => `/telegram/dialogs/${account()}/`;
  const put = (where: string, update_id: number, state: object = {}) =>
    call("PUT", where, { key: bot, body: { state, update_id } });

  test("what came of an update is kept once, whoever answers it", async () => {
    const where = path();
    expect((await call("GET", where, { key: bot })).body).toEqual({ state: {}, update_id: 0 });
    const four = await Promise.all([1, 2, 3, 4].map(() => put(where, 7, { at: "menu" })));
    expect(four.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(codeOf(await put(where, 6))).toEqual([409, "conflict"]);
    expect((await put(where, 8, { at: "list", text: "a\0b" })).status).toBe(200);
    const { body } = await call("GET", where, { key: bot });
    expect(body).toEqual({ state: { at: "list", text: "ab" }, update_id: 8 });
  });

  test("another bot counts its updates from elsewhere", async () => {
    const where = path();
    await put(where, 900, { bot: 1 });
    expect((await put(where, 5, { bot: 2 })).status).toBe(200);
    expect(codeOf(await put(where, 5, { bot: 2 }))).toEqual([409, "conflict"]);
  });

  test("after a week of silence Telegram may count from anywhere", async () => {
    const where = path();
    await put(where, 900);
    twin.advance({ ms: 8 * 24 * HOUR });
    expect((await call("GET", where, { key: bot })).body.update_id).toBe(0);
    expect((await put(where, 5)).status).toBe(200);
  });

  test("who writes has not blocked the bot any more", async () => {
    const person = await linked(stranger, { blockedAt: office.access.clock() });
    await put(`/telegram/dialogs/${person.id}/`, 1);
    const [link] = await db.select().from(telegramLinks);
    expect(link?.blockedAt).toBeNull();
    await db.delete(telegramDialogs);
  });
});

describe("for a person", () => {
  let member: Caller;
  beforeAll(async () => {
    const id = await memberWith(office, "telegram-member", ["view_store", "change_store"]);
    member = { ...stranger, id };
  });

  test("the bot sees and does what they may, no more, and the audit names both", async () => {
    const person = await linked(member);
    const theirs = await keyOf(office, member.id);
    const stores = (with_: object) => call("GET", "/kaspi/stores/", with_);
    expect((await stores(asPerson(person.id))).body).toEqual((await stores({ key: theirs })).body);
    const add = (body: object) => call("POST", "/kaspi/stores/", { ...asPerson(person.id), body });
    const made = await add({ merchant_id: "99887766", name: "Из телефона" });
    expect(made.body).toMatchObject({ user_id: member.id });
    const [written] = await db.select().from(auditLog).where(eq(auditLog.storeId, made.body.id));
    const [key] = await db
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.keyHash, hashOf(bot)));
    expect(written).toMatchObject({ userId: member.id, keyId: key?.id });
    const foreign = await add({ merchant_id: "1", name: "Чужой", user_id: owner.id });
    expect(codeOf(foreign)).toEqual([403, "forbidden"]);
  });

  test("what they were told is theirs alone to ask about", async () => {
    const [one, other] = [await linked(owner), await linked(member)];
    const now = office.access.clock();
    const row = {
      ...{ userId: owner.id, subject: `s${now.getTime()}`, kind: "task_due" },
      ...{ params: { task: "ab" }, createdAt: now, notBefore: now },
    };
    const [told] = await db.insert(tellings).values(row).returning();
    const path = `/telegram/tellings/${told?.id}/`;
    expect((await call("GET", path, asPerson(one.id))).body).toEqual({
      ...{ id: told?.id, kind: "task_due", task_id: "ab" },
      ...{ product_id: null, decision_id: null, price: null, price_before: null },
    });
    expect((await call("GET", path, asPerson(other.id))).status).toBe(404);
  });
});
