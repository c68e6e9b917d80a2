import { desc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { isApiKey, newApiKey } from "@/lib/auth/api-key";
import { enterByKey } from "@/lib/auth/api-key-entry";
import { admitBotKey } from "@/lib/auth/bot-key";
import { insertUser } from "@/lib/auth/users";
import { systemClock } from "@/lib/core/time";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { auditLog, users } from "@/lib/db/schema/workspace";
import { keyOf } from "../../scripts/launcher/keys.mjs";
import { testDatabase } from "../support/database";
import { temporaryFolder } from "../support/folder";

const office = await testDatabase();
const { db } = office;
const now = systemClock();
beforeEach(() => office.empty());

const person = (name: string, role: "owner" | "member" = "owner") => {
  const given = { email: `${name}@example.kz`, name, password: "a long password" };
  return insertUser(db, { ...given, role }, now);
};
const enter = (key: string) => enterByKey(db, { key, address: "10.0.0.1" }, systemClock());
const block = (id: string) => db.update(users).set({ isActive: false }).where(eq(users.id, id));

test("a key that the launcher makes is one of ours, kept for the data folder", () => {
  const folder = temporaryFolder();
  const key = keyOf(folder, "bot-key");
  expect(isApiKey(key)).toBe(true);
  expect(keyOf(folder, "bot-key")).toBe(key);
});

test("it is let in with the one scope, as the oldest active owner's, once", async () => {
  const key = newApiKey();
  expect(await admitBotKey(db, key, now)).toBe("no_owner");
  await person("member", "member");
  const blocked = await person("blocked");
  await block(blocked);
  const owner = await person("owner");
  await person("younger");
  const all = await Promise.all([1, 2, 3].map(() => admitBotKey(db, key, now)));
  expect(all.sort()).toEqual(["known", "known", "made"]);
  expect(await enter(key)).toMatchObject({ scopes: ["bot"], caller: { id: owner } });
});

test("it becomes another owner's when its own is blocked", async () => {
  const first = await person("first");
  const key = newApiKey();
  await admitBotKey(db, key, now);
  const second = await person("second");
  await block(first);
  await expect(enter(key)).rejects.toMatchObject({ kind: "unauthorized" });
  expect(await admitBotKey(db, key, now)).toBe("moved");
  expect((await enter(key)).caller.id).toBe(second);
});

test("a new one ends the former; one that was taken back stays so", async () => {
  await person("owner");
  const [former, key] = [newApiKey(), newApiKey()];
  await admitBotKey(db, former, now);
  await admitBotKey(db, key, now);
  await expect(enter(former)).rejects.toMatchObject({ kind: "unauthorized" });
  await enter(key);
  const [ended] = await db
    .select()
    .from(auditLog)
    .where(eq(auditLog.action, "api_key.revoked"))
    .orderBy(desc(auditLog.at));
  expect(ended?.details).toMatchObject({ name: "Telegram" });
  await db.update(apiKeys).set({ revokedAt: now });
  expect(await admitBotKey(db, key, now)).toBe("revoked");
  await expect(enter(key)).rejects.toMatchObject({ kind: "unauthorized" });
});
