import { describe, expect, test } from "vitest";
import { changeOwnPassword } from "@/lib/auth/own-password";
import { saveProfile } from "@/lib/auth/own-profile";
import { signIn } from "@/lib/auth/sign-in";
import { createOwner, findCaller } from "@/lib/auth/users";
import { vault } from "@/lib/auth/vault";
import { auditLog } from "@/lib/db/schema/workspace";
import { testDatabase } from "../support/database";

const { db } = await testDatabase();
const now = new Date("2026-03-02T12:00:00Z");

async function person(email: string) {
  const id = await createOwner(db, { email, name: email, password: "the first one" }, now);
  const caller = await findCaller(db, id, 1);
  return caller ?? expect.fail("the user was not created");
}

const enters = async (email: string, password: string) =>
  (await signIn({ db, vault: vault() }, { email, password, address: "10.0.0.1" }, now)) !== null;

describe("one's own password", () => {
  test("is changed by who knows the present one, and every session ends", async () => {
    const caller = await person("knows@example.kz");
    const passwords = { current: "the first one", next: "the second one" };
    await changeOwnPassword(db, caller, passwords, now);
    expect(await findCaller(db, caller.id, 1)).toBeNull();
    expect(await enters(caller.email, "the first one")).toBe(false);
    expect(await enters(caller.email, "the second one")).toBe(true);
  });

  test("stays when the present one is wrong, and guessing it has an end", async () => {
    const caller = await person("guesses@example.kz");
    const guess = () =>
      changeOwnPassword(db, caller, { current: "a guess", next: "the second one" }, now);
    for (let times = 0; times < 10; times += 1)
      await expect(guess()).rejects.toMatchObject({
        details: [{ path: "current", message: "password_wrong" }],
      });
    await expect(guess()).rejects.toMatchObject({ kind: "rate_limited" });
    expect(await findCaller(db, caller.id, 1)).not.toBeNull();
    expect(await enters(caller.email, "the first one")).toBe(true);
  });
});

test("one's own name and hours are changed with a trace", async () => {
  const caller = await person("named@example.kz");
  await saveProfile(db, caller, { name: "Айгерим С.", timeZone: "Asia/Aqtau" }, now);
  expect(await findCaller(db, caller.id, 1)).toMatchObject({
    name: "Айгерим С.",
    timeZone: "Asia/Aqtau",
  });
  const entries = await db.select().from(auditLog);
  expect(entries.find(({ action }) => action === "user.profile_changed")?.details).toEqual({
    from: { name: caller.name, timeZone: null },
    to: { name: "Айгерим С.", timeZone: "Asia/Aqtau" },
  });
});
