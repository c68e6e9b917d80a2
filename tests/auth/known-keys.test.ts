import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { enterByKey } from "@/lib/auth/api-key-entry";
import { createApiKey, revokeApiKey } from "@/lib/auth/api-keys";
import type { Caller } from "@/lib/auth/model";
import { can } from "@/lib/auth/permissions";
import { later, SECOND, systemClock } from "@/lib/core/time";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { stores } from "@/lib/db/schema/kaspi";
import { users } from "@/lib/db/schema/workspace";
import { changePerson } from "@/lib/people/change-person";
import { setGroups } from "@/lib/people/group-queries";
import { createGroup, deleteGroup } from "@/lib/people/manage-groups";
import { testPeople } from "../support/people";

const people = await testPeople();
const { access, database } = people;
const { db } = access;

const keyOf = (person: Caller, perSecond: number | null = 0) =>
  createApiKey(
    db,
    person.id,
    { name: "k", scopes: ["read"], lifeMs: null, perSecond },
    { by: person.id, now: access.clock() },
  );
const enter = (key: string, now = systemClock()) =>
  enterByKey(db, { key, address: "10.0.0.1" }, now);
const refused = { kind: "unauthorized" };

/** Somebody whose key has just been used, so that all about it is known. */
async function atWork(role: Caller["role"] = "member") {
  const person = await people.person(role);
  const key = await keyOf(person);
  await enter(key);
  return { person, key };
}

describe("a key that is remembered", () => {
  test("asks Postgres who its person is once, and whether that still holds each time", async () => {
    const { key } = await atWork();
    const asked: string[] = [];
    database.sql.options.debug = (_connection, text) => asked.push(text);
    await enter(key);
    await enter(key);
    database.sql.options.debug = false;
    expect(asked).toHaveLength(2);
    expect(asked.filter((text) => !text.includes("access_mark"))).toEqual([]);
  });

  test("opens nothing from the commit that revokes it on", async () => {
    const { person, key } = await atWork();
    const [row] = await db.select().from(apiKeys).where(eq(apiKeys.userId, person.id));
    await revokeApiKey(db, person, row?.id ?? "", access.clock());
    await expect(enter(key)).rejects.toMatchObject(refused);
  });

  test("opens nothing when its row is gone, or its time has come", async () => {
    const { person, key } = await atWork();
    const soon = later(systemClock(), SECOND);
    await db.update(apiKeys).set({ expiresAt: soon }).where(eq(apiKeys.userId, person.id));
    await enter(key);
    await expect(enter(key, later(soon, SECOND))).rejects.toMatchObject(refused);
    await db.delete(apiKeys).where(eq(apiKeys.userId, person.id));
    await expect(enter(key)).rejects.toMatchObject(refused);
  });

  test("opens nothing once its person is blocked, or gone", async () => {
    const boss = await people.person("owner");
    const { person, key } = await atWork();
    await changePerson(access, boss, { personId: person.id, act: "block" });
    await expect(enter(key)).rejects.toMatchObject(refused);
    const other = await atWork();
    await db.delete(users).where(eq(users.id, other.person.id));
    await expect(enter(other.key)).rejects.toMatchObject(refused);
  });

  test("has the scopes, the role, the groups and the shares of this moment", async () => {
    const boss = await people.person("owner");
    const { person, key } = await atWork();
    const now = async () => (await enter(key)).caller;
    await db
      .update(apiKeys)
      .set({ scopes: ["write"] })
      .where(eq(apiKeys.userId, person.id));
    expect((await enter(key)).scopes).toEqual(["write"]);
    const permissions = ["view_store" as const];
    const groupId = await createGroup(access, boss, { name: `of ${person.id}`, permissions });
    await setGroups(db, person.id, [groupId]);
    expect(can(await now(), "view_store")).toBe(true);
    await deleteGroup(access, boss, groupId);
    expect(can(await now(), "view_store")).toBe(false);
    await changePerson(access, boss, { personId: person.id, act: "promote" });
    expect((await now()).role).toBe("owner");
    await db.update(users).set({ locale: "en" }).where(eq(users.id, person.id));
    expect((await now()).locale).toBe("en");
    await changePerson(access, boss, { personId: person.id, act: "demote" });
    const [store] = await db
      .insert(stores)
      .values({ userId: boss.id, merchantId: person.id, name: "Общий" })
      .returning({ id: stores.id });
    await db.execute(sql`insert into store_shares (store_id, user_id, permissions)
      values (${store?.id}, ${person.id}, '{view_store}')`);
    expect((await now()).shares.map(({ storeId }) => storeId)).toEqual([store?.id]);
    await db
      .update(stores)
      .set({ archivedAt: access.clock() })
      .where(eq(stores.id, store?.id ?? ""));
    expect((await now()).shares).toEqual([]);
  });

  test("is asked about in a transaction that changes many rights but once", async () => {
    await people.person();
    const before = await db.execute(sql`select mark from access_mark`);
    await db.transaction(async (tx) => {
      await tx.update(users).set({ name: sql`${users.name} || '!'` });
      await tx.update(users).set({ name: sql`${users.name} || '!'` });
    });
    const after = await db.execute(sql`select mark, xmin::text from access_mark`);
    expect(after[0]?.mark).not.toBe(before[0]?.mark);
    expect(after).toHaveLength(1);
  });
});

describe("a key with a pace of its own", () => {
  test("goes twice that many at once, and then so many a second", async () => {
    const person = await people.person();
    const key = await keyOf(person, 3);
    const now = systemClock();
    const tries = (count: number, at: Date) =>
      Promise.allSettled(Array.from({ length: count }, () => enter(key, at)));
    const through = (results: PromiseSettledResult<unknown>[]) =>
      results.filter(({ status }) => status === "fulfilled").length;
    expect(through(await tries(20, now))).toBe(6);
    expect(through(await tries(20, later(now, SECOND)))).toBe(3);
    await expect(enter(key, later(now, SECOND))).rejects.toMatchObject({
      kind: "rate_limited",
      retryAfterMs: expect.any(Number),
    });
  });
});
