import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { rotateKeys } from "@/lib/auth/rotate-keys";
import { createVault, type Vault } from "@/lib/auth/vault";
import { exits } from "@/lib/db/schema/exits";
import { feeds } from "@/lib/db/schema/feeds";
import { kaspiAccounts, kaspiLogins, kaspiSessions, stores } from "@/lib/db/schema/kaspi";
import { pendingLogins } from "@/lib/db/schema/logins";
import { webhooks } from "@/lib/db/schema/webhooks";
import { users } from "@/lib/db/schema/workspace";
import { sealedColumns, sealedColumnsOf } from "@/lib/db/sealed-columns";
import { testDatabase } from "../support/database";
import { hold, waiting } from "../support/locks";

const { db, empty } = await testDatabase();
const newKey = () => randomBytes(32).toString("base64");
const [formerKey, currentKey] = [newKey(), newKey()];
const former = createVault(formerKey);
const vault = createVault(currentKey, [formerKey]);
const now = new Date("2026-03-02T09:00:00Z");
const ids = Array.from({ length: 3 }, () => crypto.randomUUID());

beforeEach(async () => {
  await empty();
  for (const [nth, id] of ids.entries()) await fill(former, id, `secret ${nth}`);
});

/** A row with a secret in each sealed column, all under one id. */
async function fill(by: Vault, id: string, secret: string): Promise<void> {
  const sealed = by.seal(secret);
  const login = `${id}@example.kz`;
  const person = { name: "x", passwordHash: "x" };
  await db.insert(users).values({ ...person, id, email: login, totpSecret: sealed });
  await db.insert(kaspiLogins).values({ login });
  await db.insert(kaspiAccounts).values({ id, userId: id, login, password: sealed });
  await db
    .insert(kaspiSessions)
    .values({ accountId: id, cookies: sealed, method: "direct", savedAt: now });
  await db.insert(stores).values({ id, userId: id, merchantId: id, name: "x", apiToken: sealed });
  await db.insert(exits).values({ id, name: "x", proxyUrl: sealed });
  const step = { step: "code" as const, resendAt: now, expiresAt: now };
  await db.insert(pendingLogins).values({ id, userId: id, login, state: sealed, ...step });
  const address = { userId: id, url: "https://example.kz/", events: [], createdAt: now };
  await db.insert(webhooks).values({ ...address, id, secret: sealed });
  await db.insert(feeds).values({ storeId: id, token: sealed, tokenHash: id });
}

/** What each sealed column holds now, opened with the present key alone. */
async function opened(): Promise<string[][]> {
  const only = createVault(currentKey);
  const columns = sealedColumns.map(async ({ table, column, id }) => {
    const rows = await db.execute<{ value: string }>(
      sql`select ${column} as value from ${table} where ${column} is not null order by ${id}`,
    );
    return rows.map(({ value }) => only.open(value)).sort();
  });
  return Promise.all(columns);
}
const all = ids.map((_, nth) => `secret ${nth}`);
const everywhere = sealedColumns.map(() => all);

test("no sealed column of any table is forgotten", async () => {
  const files = readdirSync("lib/db/schema");
  const modules = await Promise.all(
    files.map((file) => import(`../../lib/db/schema/${file.replace(".ts", "")}.ts`)),
  );
  const known = sealedColumnsOf(Object.assign({}, ...modules.map((module) => ({ ...module }))));
  expect(sealedColumns.map(({ name }) => name).sort()).toEqual(
    known.map(({ name }) => name).sort(),
  );
  expect(known.length).toBeGreaterThanOrEqual(6);
});

test("everything is sealed with the present key, nothing is lost, and a second call finds nothing", async () => {
  const first = await rotateKeys(db, vault);
  expect(first.map(({ resealed }) => resealed)).toEqual(sealedColumns.map(() => 3));
  expect(await opened()).toEqual(everywhere);
  const second = await rotateKeys(db, vault);
  expect(second.map(({ resealed }) => resealed)).toEqual(sealedColumns.map(() => 0));
});

test("columns without a secret stay without", async () => {
  await db.update(users).set({ totpSecret: null });
  const [column] = await rotateKeys(db, vault);
  expect(column).toEqual({ name: "users.totp_secret", resealed: 0, unopened: [] });
});

test("more rows than a batch are all met", async () => {
  const person = { name: "x", passwordHash: "x", totpSecret: former.seal("many") };
  const many = Array.from({ length: 450 }, (_, nth) => ({ ...person, email: `${nth}@example.kz` }));
  await db.insert(users).values(many);
  const [column] = await rotateKeys(db, vault);
  expect(column?.resealed).toBe(453);
});

test.each([0, 1, 2, 4, 5, 9, 17])(
  "an end at statement %i costs nothing: the next call does the rest",
  async (end) => {
    let statements = 0;
    const mortal = Object.create(db, {
      execute: {
        value: (query: Parameters<typeof db.execute>[0]) => {
          if (statements === end) throw new Error("killed");
          statements += 1;
          return db.execute(query);
        },
      },
    });
    await expect(rotateKeys(mortal, vault)).rejects.toThrow("killed");
    for (const { table, column } of sealedColumns) {
      const kept = await db.execute<{ value: string }>(
        sql`select ${column} as value from ${table}`,
      );
      expect(kept.map(({ value }) => vault.open(value)).sort()).toEqual(all);
    }
    await rotateKeys(db, vault);
    expect(await opened()).toEqual(everywhere);
  },
);

describe("beside the working office", () => {
  test("a secret that changes meanwhile is not put back, and is sealed anew as it is then", async () => {
    const [id = ""] = ids.toSorted();
    const writing = await hold(db, (tx) =>
      tx
        .update(users)
        .set({ totpSecret: former.seal("newer") })
        .where(eq(users.id, id)),
    );
    const rotating = rotateKeys(db, vault);
    await waiting(db, 1);
    await writing.release();
    await rotating;
    const [row] = await db.select().from(users).where(eq(users.id, id));
    expect(createVault(currentKey).open(row?.totpSecret ?? "")).toBe("newer");
  });

  test("two at once do no harm", async () => {
    const both = await Promise.all([rotateKeys(db, vault), rotateKeys(db, vault)]);
    const done = both.flat().reduce((sum, { resealed }) => sum + resealed, 0);
    expect(done).toBe(3 * sealedColumns.length);
    expect(await opened()).toEqual(everywhere);
  });
});

test("what no key opens is named by table and row, stays as it is, and keeps nothing else back", async () => {
  const [id = ""] = ids;
  const lost = createVault(newKey()).seal("lost");
  await db.update(stores).set({ apiToken: lost }).where(eq(stores.id, id));
  const rotations = await rotateKeys(db, vault);
  const spoiled = rotations.filter(({ unopened }) => unopened.length > 0);
  expect(spoiled).toEqual([{ name: "stores.api_token", resealed: 2, unopened: [id] }]);
  const [row] = await db.select().from(stores).where(eq(stores.id, id));
  expect(row?.apiToken).toBe(lost);
});
