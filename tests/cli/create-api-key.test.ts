import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { isApiKey } from "@/lib/auth/api-key";
import { enterByKey } from "@/lib/auth/api-key-entry";
import { insertUser } from "@/lib/auth/users";
import { UsageError } from "@/lib/cli/command";
import { dispatch } from "@/lib/cli/dispatch";
import { DAY, later, systemClock } from "@/lib/core/time";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { users } from "@/lib/db/schema/workspace";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "../support/database";

const { db, url } = await testDatabase();
await bindToKaspi(db, "twin");
const email = "owner@example.kz";
const person = { email, name: "Айгерим", password: "a long password" };
await insertUser(db, person, systemClock());

/** As its users run it: what a script would catch, and what a person would read. */
async function create(...args: string[]) {
  const command = ["scripts/manage.mjs", "create-api-key", ...args];
  const child = spawn(process.execPath, command, {
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "debug" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { out, err, code };
}

test("prints the key and a newline, nothing else, and the key works as it was asked for", async () => {
  const asked = ["--scopes", "kaspi,read", "--name", "1С", "--expires", "30d"];
  const before = systemClock();
  const { out, err, code } = await create("--email", "Owner@Example.kz", ...asked);
  expect(code).toBe(0);
  expect(out).toMatch(/^\S+\n$/);
  const key = out.trim();
  expect(isApiKey(key)).toBe(true);
  expect(err).not.toContain(key);
  const entered = await enterByKey(db, { key, address: "10.0.0.1" }, systemClock());
  expect(entered).toMatchObject({ caller: { email }, scopes: ["read", "kaspi"] });
  const [row] = await db.select().from(apiKeys);
  expect(row?.name).toBe("1С");
  expect(row?.expiresAt?.getTime()).toBeGreaterThanOrEqual(later(before, 30 * DAY).getTime());
  expect(row?.expiresAt?.getTime()).toBeLessThanOrEqual(later(systemClock(), 30 * DAY).getTime());
});

test("prints nothing where a key would be looked for when it fails, and says why elsewhere", async () => {
  const nobody = await create("--email", "x@example.kz", "--scopes", "read");
  expect([nobody.out, nobody.code]).toEqual(["", 1]);
  expect(nobody.err).toContain("Пользователя x@example.kz нет");
});

test.each([
  ["without an e-mail", ["--scopes", "read"], "почты"],
  ["without scopes", ["--email", email], "права"],
  ["for a scope there is not", ["--email", email, "--scopes", "read,all"], "права"],
  ["for a scope that is kept", ["--email", email, "--scopes", "bot"], "права"],
  ["for a time it cannot read", ["--email", email, "--scopes", "read", "--expires", "soon"], "30d"],
  ["for no time at all", ["--email", email, "--scopes", "read", "--expires", "0d"], "30d"],
])("it is a wrong call %s", async (_when, args, words) => {
  const call = dispatch(["create-api-key", ...args]);
  await expect(call).rejects.toThrow(UsageError);
  await expect(call).rejects.toThrow(words);
});

test("nobody who is blocked gets a key", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const blocked = "blocked@example.kz";
  const id = await insertUser(db, { ...person, email: blocked }, systemClock());
  await db.update(users).set({ isActive: false }).where(eq(users.id, id));
  expect(await dispatch(["create-api-key", "--email", blocked, "--scopes", "read"])).toBe(1);
  expect(said).toHaveBeenCalledWith(expect.stringContaining(blocked));
  said.mockRestore();
});
