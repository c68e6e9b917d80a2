import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { enterByKey } from "@/lib/auth/api-key-entry";
import { createApiKey } from "@/lib/auth/api-keys";
import { type Permission, permissions, storePermissions } from "@/lib/auth/permission-model";
import { findActiveUser, findCaller } from "@/lib/auth/users";
import { passwordResets } from "@/lib/db/schema/people";
import { acceptInvite } from "@/lib/people/accept-invite";
import { changePerson } from "@/lib/people/change-person";
import { setGroups } from "@/lib/people/group-queries";
import { invitePerson } from "@/lib/people/invite-person";
import { createGroup } from "@/lib/people/manage-groups";
import { type PersonAct, peopleListSchema, personActs } from "@/lib/people/model";
import { listPeople, lockPeople } from "@/lib/people/queries";
import { isResetLinkUsable, makeResetLink, resetPassword } from "@/lib/people/reset-password";
import { hasMoreRights, refusalOf } from "@/lib/people/rules";
import { hold, waiting } from "../support/locks";
import { password, testPeople, tokenIn } from "../support/people";

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

  test("ends for good what was given in that person's name: keys, invites, links", async () => {
    const boss = await office.person("owner");
    const thief = await office.person("owner");
    const wanted = { name: "k", scopes: ["read"] as ["read"], lifeMs: null };
    const made = { by: thief.id, now: access.clock() };
    const key = await createApiKey(db, thief.id, wanted, made);
    const guest = { email: "friend@example.kz", role: "owner", locale: "ru" } as const;
    const invite = tokenIn((await invitePerson(access, thief, guest)).link);
    const victim = await office.person();
    const link = tokenIn((await makeResetLink(access, thief, victim.id)).link);
    await change(boss, thief.id, "block");
    await change(boss, thief.id, "unblock");
    await expect(
      enterByKey(db, { key, address: "10.0.0.1" }, access.clock()),
    ).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await isResetLinkUsable(access, link)).toBe(false);
    const accepted = { token: invite, name: "Друг", password: "a long password", timeZone: null };
    await expect(acceptInvite(access, accepted as never)).rejects.toMatchObject({ kind: "gone" });
  });

  test("and a new password by its link at the same moment both get through", async () => {
    const boss = await office.person("owner");
    const thief = await office.person();
    const token = tokenIn((await makeResetLink(access, boss, thief.id)).link);
    const held = await hold(db, (tx) => lockPeople(tx, [thief.id]));
    const reset = resetPassword(access, { token, password: "something quite new" });
    await waiting(db, 1);
    await held.also((tx) => tx.delete(passwordResets).where(eq(passwordResets.userId, thief.id)));
    await held.release();
    await expect(reset).rejects.toMatchObject({ kind: "gone" });
  });

  test("a manager's own owner is refused for the rights, not for being the last", async () => {
    const only = await office.person("owner");
    const others = (await listPeople(db, peopleListSchema.parse({}))).filter(
      ({ id, role, isActive }) => role === "owner" && isActive && id !== only.id,
    );
    for (const { id } of others) await change(only, id, "block");
    const { id } = await office.person();
    const permissions: Permission[] = ["view_user", "change_user"];
    const groupId = await createGroup(access, only, { name: "Кто блокирует", permissions });
    await setGroups(db, id, [groupId]);
    const manager = (await findActiveUser(db, id)) ?? expect.fail("blocked");
    await expect(change(manager, only.id, "block")).rejects.toMatchObject({
      kind: "forbidden",
      key: "more_rights",
    });
  });

  test("rights in stores that are shared are rights, too", () => {
    const nobody = { role: "member" as const, permissions: new Set<string>(), shares: [] };
    const shares = [{ permissions: new Set(["change_price"]) }];
    expect(hasMoreRights({ ...nobody, shares }, nobody)).toBe(true);
    expect(hasMoreRights(nobody, nobody)).toBe(false);
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
