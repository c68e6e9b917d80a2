import { beforeEach, describe, expect, test } from "vitest";
import { permissions, storePermissions } from "@/lib/auth/permission-model";
import { findActiveUser, findCaller } from "@/lib/auth/users";
import { changePerson } from "@/lib/people/change-person";
import { type PersonAct, peopleListSchema, personActs } from "@/lib/people/model";
import { listPeople } from "@/lib/people/queries";
import { refusalOf } from "@/lib/people/rules";
import { password, testPeople } from "../support/people";

const office = await testPeople();
const { access } = office;
const { db } = access;
const change = (caller: Parameters<typeof changePerson>[1], personId: string, act: PersonAct) =>
  changePerson(access, caller, { personId, act });

describe("blocking", () => {
  test("puts a person out at once, and a cookie from before stays worth nothing after unblocking", async () => {
    const owner = await office.person("owner");
    const person = await office.person();
    await change(owner, person.id, "block");
    expect(await findCaller(db, person.id, 1)).toBeNull();
    expect(await findActiveUser(db, person.id)).toBeNull();
    expect(await office.enter(person.email, password)).toBeNull();
    await change(owner, person.id, "unblock");
    expect(await findCaller(db, person.id, 1)).toBeNull();
    const again = await office.enter(person.email, password);
    expect(await findCaller(db, person.id, again?.sessionVersion ?? 0)).not.toBeNull();
    expect(await office.audited(person.id)).toEqual(
      expect.arrayContaining(["person.block", "person.unblock"]),
    );
  });

  test("twice leaves one trace", async () => {
    const owner = await office.person("owner");
    const person = await office.person();
    await change(owner, person.id, "block");
    await change(owner, person.id, "block");
    const traces = await office.audited(person.id);
    expect(traces.filter((action) => action === "person.block")).toHaveLength(1);
  });
});

describe("owners", () => {
  test("who block each other at the same moment are not both blocked", async () => {
    const [one, other] = [await office.person("owner"), await office.person("owner")];
    const answers = await Promise.allSettled([
      change(one, other.id, "block"),
      change(other, one.id, "block"),
    ]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const left = [await office.rowOf(one), await office.rowOf(other)];
    expect(left.filter(({ isActive }) => isActive)).toHaveLength(1);
  });

  test("are made and unmade by owners, and see everything while they are", async () => {
    const owner = await office.person("owner");
    const person = await office.person();
    await change(owner, person.id, "promote");
    expect(await findCaller(db, person.id, 1)).toMatchObject({
      role: "owner",
      permissions: new Set(permissions),
    });
    await change(owner, person.id, "demote");
    expect(await findCaller(db, person.id, 1)).toMatchObject({
      role: "member",
      permissions: new Set(storePermissions),
    });
  });

  test("of a moment ago change nothing: what they are now counts", async () => {
    const [owner, former, person] = [
      await office.person("owner"),
      await office.person("owner"),
      await office.person(),
    ];
    await change(owner, former.id, "demote");
    await expect(change(former, person.id, "block")).rejects.toMatchObject({ kind: "forbidden" });
    await change(owner, former.id, "promote");
    await change(owner, former.id, "block");
    await expect(change(former, person.id, "block")).rejects.toMatchObject({
      kind: "unauthorized",
    });
    expect((await office.rowOf(person)).isActive).toBe(true);
  });
});

test.each(personActs)("nobody who is no owner may %s, and nobody themselves", async (act) => {
  const owner = await office.person("owner");
  const [member, other] = [await office.person(), await office.person()];
  await expect(change(member, other.id, act)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(change(owner, owner.id, act)).rejects.toMatchObject({ key: "own_account" });
  await expect(change(owner, crypto.randomUUID(), act)).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("the last owner at work is neither blocked nor demoted, whoever asks", () => {
  const last = { id: "last", role: "owner", isActive: true } as const;
  const blocked = { id: "blocked", role: "owner", isActive: false } as const;
  const asked = { callerId: "somebody", person: last, owners: [last, blocked] };
  expect(refusalOf("block", asked)).toBe("last_owner");
  expect(refusalOf("demote", asked)).toBe("last_owner");
  expect(refusalOf("drop_two_factor", asked)).toBeNull();
});

describe("the list of people", () => {
  beforeEach(() => office.database.empty());
  const list = async (query: Record<string, string>) =>
    (await listPeople(db, peopleListSchema.parse(query))).map(({ email }) => email);

  test("is searched by name and e-mail, and no sign in the search means more than itself", async () => {
    const [one, other] = [await office.person("owner"), await office.person()];
    expect(await list({ q: one.email.toUpperCase() })).toEqual([one.email]);
    expect(await list({ q: "%" })).toEqual([]);
    expect(await list({ sort: "-role" })).toEqual([one.email, other.email]);
    expect(await list({ sort: "role" })).toEqual([other.email, one.email]);
    expect(await list({ sort: "; drop table" })).toHaveLength(2);
  });
});
