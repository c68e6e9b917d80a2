import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { hintOf, isApiKey, newApiKey } from "@/lib/auth/api-key";
import { enterByKey } from "@/lib/auth/api-key-entry";
import { createApiKey, listApiKeys, revokeApiKey } from "@/lib/auth/api-keys";
import type { Caller } from "@/lib/auth/model";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { auditLog } from "@/lib/db/schema/workspace";
import { changePerson } from "@/lib/people/change-person";
import { testPeople } from "../support/people";

const people = await testPeople();
const { access } = people;
const { db } = access;
const HOUR = 60 * MINUTE;

/** Each attacker of a test has an address of their own. */
let addresses = 0;
const address = () => `10.1.${addresses}.${++addresses % 250}`;

const wanted = { name: "1С", scopes: ["read" as const], lifeMs: null };
const keyOf = (person: Caller, given: Partial<Parameters<typeof createApiKey>[2]> = {}) =>
  createApiKey(db, person.id, { ...wanted, ...given }, { by: person.id, now: access.clock() });
const enter = (key: string, from = address(), now = access.clock()) =>
  enterByKey(db, { key, address: from }, now);
const rowOf = async (key: string) =>
  (
    await db
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.hint, hintOf(key)))
  )[0] ?? expect.fail("no such key");

describe("a key's own text", () => {
  test("can be found by a scanner and checked without the database", () => {
    const key = newApiKey();
    expect(key).toMatch(/^duken_[0-9A-Za-z]{38}$/);
    expect(isApiKey(key)).toBe(true);
    expect(newApiKey()).not.toBe(key);
  });

  test("with one character changed, or any around it, is no key", () => {
    const key = newApiKey();
    for (let place = 0; place < key.length; place += 1) {
      const other = key[place] === "x" ? "y" : "x";
      expect(isApiKey(key.slice(0, place) + other + key.slice(place + 1))).toBe(false);
    }
    for (const near of ["", `${key}x`, ` ${key}`, `${key}\n`, key.toUpperCase()])
      expect(isApiKey(near)).toBe(false);
  });

  test("is recognised by so little of it that the rest cannot be guessed", () => {
    const key = newApiKey();
    expect(hintOf(key)).toMatch(/^duken_.{4}….{4}$/);
  });
});

describe("a key", () => {
  test("lets its person in, with its scopes and their rights of this moment", async () => {
    const person = await people.person();
    const entered = await enter(await keyOf(person, { scopes: ["read", "kaspi"] }));
    expect(entered.caller).toEqual(person);
    expect(entered.scopes).toEqual(["read", "kaspi"]);
  });

  test("is nowhere in the database, only what it cannot be made of again", async () => {
    const person = await people.person();
    const key = await keyOf(person);
    await enter(key);
    const kept = JSON.stringify([
      await db.select().from(apiKeys),
      await db.select().from(auditLog),
    ]);
    expect(kept).not.toContain(key);
    expect(kept).not.toContain(key.slice(6, 38));
    expect(kept).toContain(hintOf(key));
  });

  test("says who made it and who revoked it", async () => {
    const [person, owner] = [await people.person(), await people.person("owner")];
    const { id } = await rowOf(await keyOf(person));
    await revokeApiKey(db, owner, id, access.clock());
    const told = await db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, id))
      .orderBy(auditLog.at, auditLog.action);
    expect(told.map(({ action, userId }) => [action, userId])).toEqual([
      ["api_key.created", person.id],
      ["api_key.revoked", owner.id],
    ]);
  });

  test("is not made beyond fifty of a person, however many are asked for at once", async () => {
    const person = await people.person();
    const asked = await Promise.allSettled(Array.from({ length: 55 }, () => keyOf(person)));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
    await expect(keyOf(person)).rejects.toMatchObject({ key: "keys_many" });
  });
});

describe("from its very next request on a key is refused, like one that never was", () => {
  const refused = { kind: "unauthorized", key: "key_refused", params: {}, retryAfterMs: undefined };

  test("when it is revoked", async () => {
    const person = await people.person();
    const key = await keyOf(person);
    await enter(key);
    await revokeApiKey(db, person, (await rowOf(key)).id, access.clock());
    await expect(enter(key)).rejects.toMatchObject(refused);
  });

  test("when its time is over", async () => {
    const key = await keyOf(await people.person(), { lifeMs: HOUR });
    const end = later(access.clock(), HOUR);
    await enter(key, address(), later(end, -1));
    await expect(enter(key, address(), end)).rejects.toMatchObject(refused);
  });

  test("when its person is blocked, and stays so when they are back", async () => {
    const [person, owner] = [await people.person(), await people.person("owner")];
    const stolen = await keyOf(person);
    await enter(stolen);
    await changePerson(access, owner, { personId: person.id, act: "block" });
    await expect(enter(stolen)).rejects.toMatchObject(refused);
    expect((await rowOf(stolen)).lastUsedAt).toEqual(access.clock());
    await changePerson(access, owner, { personId: person.id, act: "unblock" });
    await expect(enter(stolen)).rejects.toMatchObject(refused);
  });

  test.each([
    ["nothing", () => ""],
    ["the prefix alone", () => "duken_"],
    ["a key that was never made", newApiKey],
    ["a key with more behind it", () => `${newApiKey()}x`],
    ["what Postgres cannot take", () => "duken_\0"],
  ])("as %s is", async (_what, key) => {
    await expect(enter(key())).rejects.toMatchObject(refused);
  });
});

describe("keys of others", () => {
  test("are seen and revoked by an owner, and do not exist for anybody else", async () => {
    const [person, other, owner] = [
      await people.person(),
      await people.person(),
      await people.person("owner"),
    ];
    const { id } = await rowOf(await keyOf(person));
    const seenBy = async (who: Caller) => (await listApiKeys(db, who)).map((key) => key.id);
    expect(await seenBy(person)).toEqual([id]);
    expect(await seenBy(other)).toEqual([]);
    expect(await seenBy(owner)).toContain(id);
    const absent = { kind: "not_found", key: "key_not_found" };
    await expect(revokeApiKey(db, other, id, access.clock())).rejects.toMatchObject(absent);
    await revokeApiKey(db, owner, id, access.clock());
    await expect(revokeApiKey(db, person, id, access.clock())).rejects.toMatchObject(absent);
    expect(await seenBy(person)).toEqual([]);
  });
});

describe("the pace of a key", () => {
  test("is twenty a second after forty at once, and says when the next may come", async () => {
    const [key, at] = [await keyOf(await people.person()), access.clock()];
    const many = await Promise.allSettled(
      Array.from({ length: 60 }, () => enter(key, "10.9.9.9", at)),
    );
    expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(40);
    await expect(enter(key, "10.9.9.9", at)).rejects.toMatchObject({
      kind: "rate_limited",
      retryAfterMs: 50,
    });
    await enter(key, "10.9.9.9", later(at, 50));
    await expect(enter(key, "10.9.9.9", later(at, 50))).rejects.toMatchObject({ retryAfterMs: 50 });
    const second = later(at, 50 + SECOND);
    const next = await Promise.allSettled(
      Array.from({ length: 30 }, () => enter(key, "10.9.9.9", second)),
    );
    expect(next.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  });

  test("is its own: another key of the person goes on", async () => {
    const person = await people.person();
    const [busy, calm] = [await keyOf(person), await keyOf(person)];
    await Promise.allSettled(Array.from({ length: 60 }, () => enter(busy)));
    await enter(calm);
  });
});

test("the last use is written once a minute", async () => {
  const key = await keyOf(await people.person());
  const at = access.clock();
  const usedAt = async (now: Date) => {
    await enter(key, address(), now);
    return (await rowOf(key)).lastUsedAt;
  };
  expect(await usedAt(at)).toEqual(at);
  expect(await usedAt(later(at, MINUTE - 1))).toEqual(at);
  expect(await usedAt(later(at, MINUTE))).toEqual(later(at, MINUTE));
});

describe("guessing keys", () => {
  test("is answered thirty times from an address and then ten times a minute, however many come at once", async () => {
    const [from, at] = [address(), access.clock()];
    const guesses = await Promise.allSettled(
      Array.from({ length: 200 }, () => enter(newApiKey(), from, at)),
    );
    const kinds = guesses.map((guess) => (guess.status === "rejected" ? guess.reason.kind : "in"));
    expect(kinds.filter((kind) => kind === "unauthorized")).toHaveLength(30);
    expect(kinds.filter((kind) => kind === "rate_limited")).toHaveLength(170);
    await expect(enter("guess", from, later(at, 6 * SECOND))).rejects.toMatchObject({
      kind: "unauthorized",
    });
    await expect(enter("guess", from, later(at, 6 * SECOND))).rejects.toMatchObject({
      kind: "rate_limited",
      retryAfterMs: 6 * SECOND,
    });
  });

  test("shuts out neither other addresses nor keys that work", async () => {
    const [from, at] = [address(), access.clock()];
    const key = await keyOf(await people.person());
    await Promise.allSettled(Array.from({ length: 40 }, () => enter("guess", from, at)));
    await enter(key, from, at);
    await expect(enter("guess", address(), at)).rejects.toMatchObject({ kind: "unauthorized" });
  });
});
