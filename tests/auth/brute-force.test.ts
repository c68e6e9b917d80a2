import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { signIn } from "@/lib/auth/sign-in";
import { loginFailures, users } from "@/lib/db/schema/workspace";
import { password, testPeople } from "../support/people";

const office = await testPeople();
const { access } = office;
const { db, clock } = access;

let victim: Caller;
let other: Caller;

beforeEach(async () => {
  await db.delete(loginFailures);
  [victim, other] = [await office.person(), await office.person()];
});

type Try = { email: string; address: string };

/** A second of an attack: so many wrong passwords, all at once. Answers how many were looked at. */
async function attack(tries: Try[]): Promise<number> {
  const answers = await Promise.allSettled(
    tries.map((one, nth) => signIn(access, { ...one, password: `wrong ${nth}` }, clock())),
  );
  const refused = answers.filter(
    (answer) => answer.status === "rejected" && answer.reason.kind === "rate_limited",
  );
  expect(answers.filter(({ status }) => status === "rejected")).toHaveLength(refused.length);
  return tries.length - refused.length;
}
const inFrom = (person: Caller, address: string) =>
  signIn(access, { email: person.email, password, address }, clock());
const times = <T>(count: number, make: (nth: number) => T) =>
  Array.from({ length: count }, (_, nth) => make(nth));

describe("a hundred wrong passwords a second", () => {
  test("from one address for one account: ten are looked at, the rest cost no work", async () => {
    const tries = times(100, () => ({ email: victim.email, address: "10.0.0.9" }));
    expect(await attack(tries)).toBe(10);
    expect(await attack(tries)).toBe(0);
    expect(await db.$count(loginFailures)).toBe(10);
  });

  test("from one address for many accounts: fifty are looked at, known or not", async () => {
    const tries = times(100, (nth) => ({ email: `${nth}@example.kz`, address: "10.0.0.9" }));
    expect(await attack(tries)).toBe(50);
    expect(await attack(tries)).toBe(0);
  });

  test("from everywhere for one account: a hundred are looked at in a quarter of an hour", async () => {
    const tries = times(150, (nth) => ({ email: victim.email, address: `10.0.${nth}.9` }));
    expect(await attack(tries)).toBe(100);
    expect(await attack(tries)).toBe(0);
  });

  test("lock nobody else out, and the person neither while it comes from elsewhere", async () => {
    const tries = times(100, () => ({ email: victim.email, address: "10.0.0.9" }));
    const [looked, colleague, person] = await Promise.all([
      attack(tries),
      inFrom(other, "10.0.0.1"),
      inFrom(victim, "10.0.0.1"),
    ]);
    expect(looked).toBe(10);
    expect(colleague?.id).toBe(other.id);
    expect(person?.id).toBe(victim.id);
  });
});

test("a right password among refused ones is not looked at either", async () => {
  await attack(times(10, () => ({ email: victim.email, address: "10.0.0.9" })));
  await expect(inFrom(victim, "10.0.0.9")).rejects.toMatchObject({ kind: "rate_limited" });
  const [row] = await db
    .select({ at: users.lastLoginAt })
    .from(users)
    .where(eq(users.id, victim.id));
  expect(row?.at).toBeNull();
});
