import { beforeEach, describe, expect, test } from "vitest";
import { createFirstOwner, isSetupTokenValid, issueSetupToken } from "@/lib/auth/first-run";
import { newPasswordSchema } from "@/lib/auth/model";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import { signIn } from "@/lib/auth/sign-in";
import { changePassword, createOwner, findCaller } from "@/lib/auth/users";
import { vault } from "@/lib/auth/vault";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { loginFailures, users } from "@/lib/db/schema/workspace";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "../support/database";

const { db, empty } = await testDatabase();
const now = new Date("2026-03-02T09:00:00Z");
const person = { email: "owner@example.kz", name: "Асель", password: "a long password" };
const attempt = (password: string, email = person.email, at = now) =>
  signIn({ db, vault: vault() }, { email, password, address: "10.0.0.1" }, at);

beforeEach(async () => {
  await empty();
  await bindToKaspi(db, "twin");
});

describe("signing in", () => {
  beforeEach(async () => {
    await createOwner(db, person, now);
  });

  test("works with the right password, in any letter case of the e-mail", async () => {
    expect(await attempt(person.password, "Owner@Example.KZ")).toMatchObject({
      name: "Асель",
      role: "owner",
    });
  });

  test("answers the same to a wrong password, an unknown e-mail and a blocked user", async () => {
    expect(await attempt("wrong")).toBeNull();
    expect(await attempt(person.password, "nobody@example.kz")).toBeNull();
    await db.update(users).set({ isActive: false });
    expect(await attempt(person.password)).toBeNull();
  });

  test("is as much work for an unknown e-mail as for a wrong password", async () => {
    // Work, not time: a busy machine is slow by chance.
    const work = async (email: string) => {
      const began = process.cpuUsage();
      await attempt("wrong", email);
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    await work("nobody@example.kz");
    expect(await work("nobody@example.kz")).toBeGreaterThan((await work(person.email)) / 2);
  });

  const fail = (times: number, address: string) => {
    const failure = { email: person.email, address, at: now };
    return db.insert(loginFailures).values(Array.from({ length: times }, () => failure));
  };

  test("is refused after ten failures from an address, even with the right password, until the window has passed", async () => {
    await fail(9, "10.0.0.1");
    await attempt("wrong");
    await expect(attempt(person.password)).rejects.toMatchObject({
      kind: "rate_limited",
      retryAfterMs: 15 * MINUTE,
    });
    expect(await attempt(person.password, person.email, later(now, 16 * MINUTE))).not.toBeNull();
  });

  test("stays possible for the person while a stranger fails elsewhere, up to a hundred failures", async () => {
    for (let n = 10; n < 19; n += 1) await fail(10, `10.0.0.${n}`);
    await fail(9, "10.0.0.19");
    expect(await attempt(person.password)).not.toBeNull();
    await fail(1, "10.0.0.19");
    await expect(attempt(person.password)).rejects.toMatchObject({ kind: "rate_limited" });
  });

  test("looks at no more passwords than the limit when many come at once", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 25 }, (_, n) => attempt(`wrong ${n}`)),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  });

  test("a blocked user is out at once", async () => {
    const signedIn = await attempt(person.password);
    expect(await findCaller(db, signedIn?.id ?? "", 1)).not.toBeNull();
    await db.update(users).set({ isActive: false });
    expect(await findCaller(db, signedIn?.id ?? "", 1)).toBeNull();
  });

  test("a new password ends the sessions made with the old one", async () => {
    const signedIn = await attempt(person.password);
    await changePassword(db, person.email, "another long password", now);
    expect(await findCaller(db, signedIn?.id ?? "", 1)).toBeNull();
    expect(await attempt("another long password")).toMatchObject({ sessionVersion: 2 });
  });

  test("one e-mail is one user", async () => {
    const again = createOwner(db, { ...person, email: "OWNER@example.kz" }, now);
    await expect(again).rejects.toMatchObject({ key: "email_taken" });
  });
});

describe("the first run", () => {
  test("creates the owner once, by a link that works once", async () => {
    const token = (await issueSetupToken(db, now)) ?? "";
    expect(await isSetupTokenValid(db, token, now)).toBe(true);
    await createFirstOwner(db, token, person, now);
    expect(await attempt(person.password)).not.toBeNull();
    await expect(
      createFirstOwner(db, token, { ...person, email: "x@example.kz" }, now),
    ).rejects.toMatchObject({ kind: "gone" });
    expect(await issueSetupToken(db, now)).toBeNull();
  });

  test("a link that is guessed or old opens nothing", async () => {
    const token = (await issueSetupToken(db, now)) ?? "";
    await expect(createFirstOwner(db, "guessed", person, now)).rejects.toMatchObject({
      kind: "gone",
    });
    await expect(createFirstOwner(db, token, person, later(now, 3 * DAY))).rejects.toMatchObject({
      kind: "gone",
    });
  });
});

describe("passwords", () => {
  test("are stored with their parameters and never as typed", async () => {
    const stored = await hashPassword("корова и кот");
    expect(stored).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(await verifyPassword("корова и кот", stored)).toBe(true);
    expect(await verifyPassword("корова и кит", stored)).toBe(false);
  });

  test.each([
    ["short", "password_short"],
    ["1234567890", "password_common"],
    ["x".repeat(201), "password_long"],
  ])("%s is refused with its reason", (password, key) => {
    expect(newPasswordSchema.safeParse(password).error?.issues[0]?.message).toBe(key);
  });
});

test("a database remembers which Kaspi it belongs to", async () => {
  await expect(bindToKaspi(db, "live")).rejects.toMatchObject({ key: "other_kaspi" });
});
