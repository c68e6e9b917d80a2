import { beforeEach, describe, expect, test } from "vitest";
import { findCaller } from "@/lib/auth/users";
import { HOUR, MINUTE } from "@/lib/core/time";
import { jobEvents } from "@/lib/db/schema/jobs";
import { passwordResets } from "@/lib/db/schema/people";
import { auditLog, loginFailures } from "@/lib/db/schema/workspace";
import { answerAsking, askForReset } from "@/lib/people/ask-for-reset";
import { changePerson } from "@/lib/people/change-person";
import { isResetLinkUsable, makeResetLink, resetPassword } from "@/lib/people/reset-password";
import { password, testPeople, tokenIn } from "../support/people";

const office = await testPeople();
const { access, mailing, letters } = office;
const { db } = access;
const owner = await office.person("owner");
const fresh = "something quite new";
const reset = (token: string) => resetPassword(access, { token, password: fresh });

beforeEach(async () => {
  await db.delete(loginFailures);
  await db.delete(jobEvents);
  letters.length = 0;
});

async function linkFor(person: { id: string }, by = owner) {
  return tokenIn((await makeResetLink(access, by, person.id)).link);
}

/** Asks as the public page does, and answers as the job does. */
async function ask(email: string, how = access, address = "10.0.0.9") {
  await askForReset(how, email, address);
  const sent = await db.select().from(jobEvents);
  const [asked] = sent;
  const attemptId = String(asked?.data.attemptId);
  await db.delete(jobEvents);
  return answerAsking(how, attemptId);
}

describe("a link to a new password", () => {
  test("sets it once, ends every session and voids the other links", async () => {
    const person = await office.person();
    const [first, second] = [await linkFor(person), await linkFor(person)];
    expect(await isResetLinkUsable(access, first)).toBe(true);
    await reset(first);
    expect(await findCaller(db, person.id, 1)).toBeNull();
    expect(await office.enter(person.email, password)).toBeNull();
    expect(await office.enter(person.email, fresh)).not.toBeNull();
    for (const used of [first, second])
      await expect(reset(used)).rejects.toMatchObject({ kind: "gone", key: "reset_gone" });
  });

  test("is used by one of two who come at once", async () => {
    const token = await linkFor(await office.person());
    const answers = await Promise.allSettled([reset(token), reset(token)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("works for an hour", async () => {
    const token = await linkFor(await office.person());
    office.advance(HOUR);
    expect(await isResetLinkUsable(access, token)).toBe(false);
    await expect(reset(token)).rejects.toMatchObject({ kind: "gone" });
  });

  test("does not let a blocked person in, nor after they are unblocked", async () => {
    const person = await office.person();
    const token = await linkFor(person);
    await changePerson(access, owner, { personId: person.id, act: "block" });
    await expect(reset(token)).rejects.toMatchObject({ kind: "gone" });
    await changePerson(access, owner, { personId: person.id, act: "unblock" });
    await expect(reset(token)).rejects.toMatchObject({ kind: "gone" });
  });

  test("is worth nothing once the owner who made it is blocked", async () => {
    const giver = await office.person("owner");
    const token = await linkFor(await office.person("owner"), giver);
    await changePerson(access, owner, { personId: giver.id, act: "block" });
    expect(await isResetLinkUsable(access, token)).toBe(false);
    await expect(reset(token)).rejects.toMatchObject({ kind: "gone" });
  });

  test("is made by owners only, for others who are not blocked", async () => {
    const member = await office.person();
    const other = await office.person();
    await expect(linkFor(other, member)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(linkFor(owner)).rejects.toMatchObject({ key: "own_account" });
    await changePerson(access, owner, { personId: other.id, act: "block" });
    await expect(linkFor(other)).rejects.toMatchObject({ key: "person_blocked" });
  });

  test("is kept as a hash and named nowhere", async () => {
    const person = await office.person();
    const token = await linkFor(person);
    const kept = [await db.select().from(passwordResets), await db.select().from(auditLog)];
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(await office.audited(person.id)).toContain("person.reset_link_made");
  });

  test("is mailed where there is mail, and then shown to nobody else", async () => {
    const person = await office.person();
    expect(await makeResetLink(mailing, owner, person.id)).toEqual({ link: null, mailed: true });
    expect(letters).toMatchObject([{ to: person.email }]);
    office.refuseLetters(true);
    expect(await makeResetLink(mailing, owner, person.id)).toMatchObject({
      link: expect.stringContaining(`${access.origin}/reset?token=`),
      mailed: false,
    });
    office.refuseLetters(false);
  });
});

describe("asking for one", () => {
  test("does the same for a known e-mail and an unknown one", async () => {
    const person = await office.person();
    const traces = [];
    for (const email of [person.email, "nobody@example.kz"]) {
      await askForReset(access, email, "10.0.0.9");
      const left = await db.select().from(jobEvents);
      traces.push(left.map(({ name, data }) => [name, Object.keys(data)]));
      await db.delete(jobEvents);
    }
    expect(traces[0]).toEqual(traces[1]);
    expect(traces[0]).toEqual([["person/reset.asked", ["attemptId"]]]);
    expect(await ask("nobody@example.kz", mailing)).toBe("nothing");
    expect(letters).toEqual([]);
  });

  test("mails a link in the person's language, and no more than one in five minutes", async () => {
    const person = await office.person();
    expect(await ask(person.email, mailing)).toBe("mailed");
    expect(await ask(person.email, mailing)).toBe("nothing");
    office.advance(5 * MINUTE);
    expect(await ask(person.email, mailing)).toBe("mailed");
    expect(letters).toHaveLength(2);
    const link = /https:\S+/.exec(letters[0]?.text ?? "")?.[0] ?? "";
    await reset(tokenIn(link));
    expect(await office.enter(person.email, fresh)).not.toBeNull();
  });

  test("is put before the owners where there is no mail, until they have made a link", async () => {
    const person = await office.person();
    expect(await ask(person.email)).toBe("shown");
    expect((await office.rowOf(person)).resetAskedAt).not.toBeNull();
    await linkFor(person);
    expect((await office.rowOf(person)).resetAskedAt).toBeNull();
  });

  test("is tried again when the letter is not taken, and put before the owners meanwhile", async () => {
    const person = await office.person();
    office.refuseLetters(true);
    await expect(ask(person.email, mailing)).rejects.toMatchObject({ key: "mail_not_taken" });
    expect((await office.rowOf(person)).resetAskedAt).not.toBeNull();
    office.refuseLetters(false);
    expect(await ask(person.email, mailing)).toBe("mailed");
  });

  test("does nothing for a blocked person", async () => {
    const person = await office.person();
    await changePerson(access, owner, { personId: person.id, act: "block" });
    expect(await ask(person.email, mailing)).toBe("nothing");
    expect(await ask(person.email)).toBe("nothing");
  });

  test("is limited for an e-mail from an address, and logging in is not", async () => {
    const person = await office.person();
    for (let n = 0; n < 5; n += 1) await askForReset(access, person.email, "10.0.0.9");
    const more = askForReset(access, person.email, "10.0.0.9");
    await expect(more).rejects.toMatchObject({ kind: "rate_limited", key: "too_many_logins" });
    await askForReset(access, person.email, "10.0.0.10");
    expect(await office.enter(person.email, password)).not.toBeNull();
  });

  test("is limited for all together, however many addresses a stranger has", async () => {
    const asked = Array.from({ length: 300 }, (_, n) => ({
      kind: "reset" as const,
      email: `guess-${n}@example.kz`,
      address: `10.1.${n >> 8}.${n & 255}`,
      at: access.clock(),
    }));
    await db.insert(loginFailures).values(asked);
    const more = askForReset(access, "another@example.kz", "10.0.2.2");
    await expect(more).rejects.toMatchObject({ kind: "rate_limited" });
  });

  test("is limited for an address that tries many e-mails", async () => {
    for (let n = 0; n < 30; n += 1) await askForReset(access, `guess-${n}@example.kz`, "10.0.1.1");
    const more = askForReset(access, "another@example.kz", "10.0.1.1");
    await expect(more).rejects.toMatchObject({ kind: "rate_limited" });
  });
});
