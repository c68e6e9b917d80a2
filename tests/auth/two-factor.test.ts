import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import {
  beginTwoFactor,
  confirmTwoFactor,
  renewRecoveryCodes,
  turnTwoFactorOff,
  twoFactorOf,
} from "@/lib/auth/two-factor";
import { DAY, SECOND } from "@/lib/core/time";
import { recoveryCodes } from "@/lib/db/schema/people";
import { auditLog, loginFailures } from "@/lib/db/schema/workspace";
import { changePerson } from "@/lib/people/change-person";
import { password, testPeople } from "../support/people";

const office = await testPeople();
const { access } = office;
const { db, clock } = access;
const STEP = 30 * SECOND;

const isPassword = eq(loginFailures.kind, "password");

beforeEach(() => db.delete(loginFailures));

/** What the person's telephone shows, so many half-minutes away. */
const codeOf = (secret: string, away = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: clock().getTime() + away * STEP,
  });

async function protectedPerson() {
  const person = await office.person();
  const { secret } = await beginTwoFactor(access, person, password, clock());
  const recovery = await confirmTwoFactor(access, person, codeOf(secret), clock());
  office.advance(STEP);
  return { person, secret, recovery };
}
const enter = (person: Caller, code?: string) => office.enter(person.email, password, code);
const refused = (key: string) => ({ kind: "unauthorized", key });

describe("the second step", () => {
  test("is asked of the right password only, and there is no session before it", async () => {
    const { person, secret } = await protectedPerson();
    await expect(enter(person)).rejects.toMatchObject(refused("code_required"));
    expect(await office.enter(person.email, "wrong", codeOf(secret))).toBeNull();
    expect(await enter(person, codeOf(secret))).toMatchObject({ id: person.id });
  });

  test("takes a code once, even of two who show it at the same moment", async () => {
    const { person, secret } = await protectedPerson();
    const code = codeOf(secret);
    const answers = await Promise.allSettled([enter(person, code), enter(person, code)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(enter(person, code)).rejects.toMatchObject(refused("code_wrong"));
  });

  test("takes no code older than one that was taken", async () => {
    const { person, secret } = await protectedPerson();
    office.advance(2 * STEP);
    const earlier = codeOf(secret, -1);
    await enter(person, codeOf(secret));
    await expect(enter(person, earlier)).rejects.toMatchObject(refused("code_wrong"));
  });

  test.each([
    [-1, true],
    [1, true],
    [-2, false],
    [2, false],
  ])("of a clock that is %i half-minutes off: %s", async (away, taken) => {
    const { person, secret } = await protectedPerson();
    office.advance(2 * STEP);
    const entering = enter(person, codeOf(secret, away));
    if (taken) expect(await entering).not.toBeNull();
    else await expect(entering).rejects.toMatchObject(refused("code_wrong"));
  });

  test("does not take the code that turned it on", async () => {
    const person = await office.person();
    const { secret } = await beginTwoFactor(access, person, password, clock());
    const code = codeOf(secret);
    await confirmTwoFactor(access, person, code, clock());
    await expect(enter(person, code)).rejects.toMatchObject(refused("code_wrong"));
  });

  test("is guessed at twenty times a day at most, from wherever, and a recovery code still leads in", async () => {
    const { person, secret, recovery } = await protectedPerson();
    const wrong = codeOf(secret, 1_000);
    for (let n = 0; n < 20; n += 1) {
      await db.delete(loginFailures).where(isPassword);
      await expect(enter(person, wrong)).rejects.toMatchObject(refused("code_wrong"));
    }
    await db.delete(loginFailures).where(isPassword);
    await expect(enter(person, codeOf(secret))).rejects.toMatchObject({ kind: "rate_limited" });
    expect(await enter(person, recovery[0])).not.toBeNull();
    office.advance(DAY);
    expect(await enter(person, codeOf(secret))).not.toBeNull();
  });

  test("that fails counts as a failed login, too", async () => {
    const { person, secret } = await protectedPerson();
    for (let n = 0; n < 10; n += 1)
      await expect(enter(person, "no-such-code")).rejects.toMatchObject(refused("code_wrong"));
    await expect(enter(person, codeOf(secret))).rejects.toMatchObject({ kind: "rate_limited" });
  });
});

describe("recovery codes", () => {
  test("work once each, however they are typed", async () => {
    const { person, recovery } = await protectedPerson();
    const [first = "", second = ""] = recovery;
    expect(await enter(person, first.toUpperCase().replaceAll("-", " "))).not.toBeNull();
    await expect(enter(person, first)).rejects.toMatchObject(refused("code_wrong"));
    const answers = await Promise.allSettled([enter(person, second), enter(person, second)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await twoFactorOf(db, person.id)).toMatchObject({ codesLeft: 8 });
    expect(await office.audited(person.id)).toContain("user.recovery_code_used");
  });

  test("of somebody else lead nowhere", async () => {
    const [one, other] = [await protectedPerson(), await protectedPerson()];
    await expect(enter(one.person, other.recovery[0])).rejects.toMatchObject(refused("code_wrong"));
  });

  test("are void once there are new ones, which the password gives", async () => {
    const { person, recovery } = await protectedPerson();
    const renew = (word: string) => renewRecoveryCodes(access, person, word, clock());
    await expect(renew("wrong")).rejects.toMatchObject({ kind: "invalid" });
    const [fresh] = await renew(password);
    await expect(enter(person, recovery[0])).rejects.toMatchObject(refused("code_wrong"));
    expect(await enter(person, fresh)).not.toBeNull();
  });

  test("and the secret are kept so that the database alone gives neither away", async () => {
    const { person, secret, recovery } = await protectedPerson();
    const kept = JSON.stringify([
      await office.rowOf(person),
      await db.select().from(recoveryCodes),
      await db.select().from(auditLog),
    ]);
    for (const word of [secret, ...recovery, ...recovery.map((code) => code.replaceAll("-", ""))])
      expect(kept).not.toContain(word);
  });
});

describe("turning it on and off", () => {
  test("wants the password first, and counts for nothing until a code has come back", async () => {
    const person = await office.person();
    const begin = (word: string) => beginTwoFactor(access, person, word, clock());
    await expect(begin("wrong")).rejects.toMatchObject({
      details: [{ path: "current", message: "password_wrong" }],
    });
    const { secret } = await begin(password);
    await expect(
      confirmTwoFactor(access, person, codeOf(secret, 100), clock()),
    ).rejects.toMatchObject({ details: [{ path: "code", message: "code_wrong" }] });
    expect(await twoFactorOf(db, person.id)).toBeNull();
    expect(await enter(person)).not.toBeNull();
  });

  test("cannot replace the telephone of an account that has one", async () => {
    const { person } = await protectedPerson();
    const again = beginTwoFactor(access, person, password, clock());
    await expect(again).rejects.toMatchObject({ key: "two_factor_on" });
  });

  test("off wants the password, and then the password alone leads in", async () => {
    const { person } = await protectedPerson();
    const off = (word: string) => turnTwoFactorOff(access, person, word, clock());
    await expect(off("wrong")).rejects.toMatchObject({ kind: "invalid" });
    await off(password);
    expect(await enter(person)).not.toBeNull();
    expect(await office.audited(person.id)).toEqual(
      expect.arrayContaining(["user.two_factor_on", "user.two_factor_off"]),
    );
  });

  test("is also the owner's, for somebody who has lost everything", async () => {
    const owner = await office.person("owner");
    const { person, recovery } = await protectedPerson();
    await changePerson(access, owner, { personId: person.id, act: "drop_two_factor" });
    expect(await enter(person)).not.toBeNull();
    expect(await db.$count(recoveryCodes, eq(recoveryCodes.userId, person.id))).toBe(0);
    expect(await office.audited(person.id)).toContain("person.drop_two_factor");
    expect(recovery).toHaveLength(10);
  });
});
