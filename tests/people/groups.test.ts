import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { builtInGroups, type Permission, storePermissions } from "@/lib/auth/permission-model";
import { findActiveUser } from "@/lib/auth/users";
import { auditLog, users } from "@/lib/db/schema/workspace";
import { acceptInvite } from "@/lib/people/accept-invite";
import { changePerson } from "@/lib/people/change-person";
import { groupChangeSchema, groupSchema } from "@/lib/people/group-model";
import {
  builtInGroup,
  groupMembers,
  groupsOf,
  listGroups,
  permissionsOf,
  setGroups,
  setPermissions,
} from "@/lib/people/group-queries";
import { invitePerson } from "@/lib/people/invite-person";
import { changeGroup, changeGroupsOf, createGroup, deleteGroup } from "@/lib/people/manage-groups";
import { createManagersGroup } from "@/lib/people/managers-group";
import { testPeople, tokenIn } from "../support/people";

const office = await testPeople();
const { access } = office;
const { db } = access;
const owner = await office.person("owner");
let count = 0;

async function group(...permissions: Permission[]) {
  count += 1;
  const name = `Группа ${count}`;
  return { name, groupId: await createGroup(access, owner, { name, permissions }) };
}

async function member(...permissions: Permission[]) {
  const person = await office.person();
  const { groupId } = await group(...permissions);
  await setGroups(db, person.id, [groupId]);
  return rightsOf(person.id);
}

async function rightsOf(id: string) {
  return (await findActiveUser(db, id)) ?? expect.fail("blocked");
}

describe("groups", () => {
  test("are made, renamed, given rights and deleted by an owner, each in the audit", async () => {
    const { groupId } = await group("view_user");
    await changeGroup(access, owner, { groupId, name: "Кадры", permissions: ["view_audit"] });
    expect(await permissionsOf(db, groupId)).toEqual(["view_audit"]);
    await deleteGroup(access, owner, groupId);
    expect(await office.audited(groupId)).toEqual([
      "group.created",
      "group.changed",
      "group.deleted",
    ]);
    const [, changed] = await db.select().from(auditLog).where(eq(auditLog.subjectId, groupId));
    expect(changed?.details).toMatchObject({
      before: { permissions: ["view_user"] },
      after: { name: "Кадры", permissions: ["view_audit"] },
    });
  });

  test("changed to what they are leave no trace", async () => {
    const { groupId, name } = await group("view_user", "change_user");
    await changeGroup(access, owner, { groupId, name, permissions: ["change_user", "view_user"] });
    expect(await office.audited(groupId)).toEqual(["group.created"]);
  });

  test("have what their rights need, whatever was ticked", () => {
    const asked = groupSchema.parse({ name: " Цены ", permissions: ["change_price"] });
    expect(asked).toEqual({
      name: "Цены",
      permissions: ["view_store", "view_product", "change_price"],
    });
    const unknown = { groupId: owner.id, name: "x", permissions: ["become_owner"] };
    expect(groupChangeSchema.safeParse(unknown).success).toBe(false);
  });

  test("do not share a name", async () => {
    const [one, other] = [await group(), await group()];
    const taken = {
      kind: "invalid",
      details: [{ path: "name", message: "group_name_taken" }],
    };
    const named = { name: one.name, permissions: [] };
    await expect(createGroup(access, owner, named)).rejects.toMatchObject(taken);
    await expect(
      changeGroup(access, owner, { groupId: other.groupId, ...named }),
    ).rejects.toMatchObject(taken);
  });

  test("that the office knows by itself keep their name and stay, with other rights if need be", async () => {
    const groupId = await builtInGroup(db, "sellers");
    const { name } = builtInGroups.sellers;
    const few: Permission[] = ["view_store"];
    await changeGroup(access, owner, { groupId, name, permissions: few });
    expect(await permissionsOf(db, groupId)).toEqual(few);
    const refused = { kind: "conflict", key: "group_built_in" };
    await expect(
      changeGroup(access, owner, { groupId, name: "Другие", permissions: few }),
    ).rejects.toMatchObject(refused);
    await expect(deleteGroup(access, owner, groupId)).rejects.toMatchObject(refused);
    await setPermissions(db, groupId, storePermissions);
  });

  test("are counted with their people, the office's own first", async () => {
    const { groupId, name } = await group("view_audit");
    const person = await office.person();
    await changeGroupsOf(access, owner, { personId: person.id, groupIds: [groupId] });
    const listed = await listGroups(db);
    expect(listed.find(({ id }) => id === groupId)).toEqual({
      id: groupId,
      name,
      builtIn: null,
      permissions: ["view_audit"],
      people: 1,
    });
    expect(listed[0]?.builtIn).not.toBeNull();
    expect(await groupMembers(db)).toContainEqual(
      expect.objectContaining({ groupId, id: person.id }),
    );
  });
});

describe("a right", () => {
  test("is gone with the very next request, by whichever way it goes", async () => {
    const person = await office.person();
    const { groupId, name } = await group("view_audit", "view_user");
    await changeGroupsOf(access, owner, { personId: person.id, groupIds: [groupId] });
    expect((await rightsOf(person.id)).permissions).toEqual(new Set(["view_audit", "view_user"]));
    await changeGroup(access, owner, { groupId, name, permissions: ["view_user"] });
    expect((await rightsOf(person.id)).permissions).toEqual(new Set(["view_user"]));
    await deleteGroup(access, owner, groupId);
    expect((await rightsOf(person.id)).permissions).toEqual(new Set());
  });

  test("is not given by anybody but an owner, to themselves or to others", async () => {
    const everything = await member("view_user", "change_user", "change_settings", "view_audit");
    const other = await office.person();
    const { groupId, name } = await group("manage_proxies");
    const attempts: (() => Promise<unknown>)[] = [
      () => createGroup(access, everything, { name: "Мои", permissions: ["manage_proxies"] }),
      () => changeGroup(access, everything, { groupId, name, permissions: ["view_audit"] }),
      () => deleteGroup(access, everything, groupId),
      () => changeGroupsOf(access, everything, { personId: everything.id, groupIds: [groupId] }),
      () => changeGroupsOf(access, everything, { personId: other.id, groupIds: [groupId] }),
      () => changePerson(access, everything, { personId: everything.id, act: "promote" }),
      () => changePerson(access, everything, { personId: other.id, act: "promote" }),
      () => changePerson(access, everything, { personId: other.id, act: "drop_two_factor" }),
      () =>
        invitePerson(access, everything, {
          email: "friend@example.kz",
          role: "member",
          locale: "ru",
          groupIds: [groupId],
        }),
    ];
    for (const attempt of attempts)
      await expect(Promise.resolve().then(attempt)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await groupsOf(db, other.id)).toEqual([]);
  });

  test("of an owner of a moment ago gives nothing", async () => {
    const [former, person] = [await office.person("owner"), await office.person()];
    const { groupId } = await group("view_audit");
    await changePerson(access, owner, { personId: former.id, act: "demote" });
    await expect(
      changeGroupsOf(access, former, { personId: person.id, groupIds: [groupId] }),
    ).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("whoever may block people", () => {
  test("blocks and lets back in those with no more rights, and does nothing else to them", async () => {
    const manager = await member("view_user", "change_user", "view_audit");
    const { id: personId } = await member("view_audit");
    await changePerson(access, manager, { personId, act: "block" });
    expect(await findActiveUser(db, personId)).toBeNull();
    await changePerson(access, manager, { personId, act: "unblock" });
    expect(await findActiveUser(db, personId)).not.toBeNull();
    expect(await office.audited(personId)).toEqual([
      "user.created",
      "person.block",
      "person.unblock",
    ]);
  });

  test.each(["block", "unblock"] as const)(
    "does not %s owners, nor anybody with a right more",
    async (act) => {
      const manager = await member("view_user", "change_user");
      const refused = { kind: "forbidden", key: "more_rights" };
      const { id: boss } = await office.person("owner");
      const { id: seller } = await member("view_user", "change_user", "view_store");
      for (const personId of [boss, seller])
        await expect(changePerson(access, manager, { personId, act })).rejects.toMatchObject(
          refused,
        );
      const [row] = await db.select().from(users).where(eq(users.id, boss));
      expect(row?.isActive).toBe(true);
    },
  );

  test("does not do it any more once the right is gone", async () => {
    const manager = await member("view_user", "change_user");
    const { id: personId } = await member();
    await changeGroupsOf(access, owner, { personId: manager.id, groupIds: [] });
    await expect(changePerson(access, manager, { personId, act: "block" })).rejects.toMatchObject({
      kind: "forbidden",
      params: { permission: "change_user" },
    });
  });
});

describe("an invite", () => {
  const comes = async (groupIds?: string[]) => {
    count += 1;
    const email = `invited-${count}@example.kz`;
    const asked = { email, role: "member", locale: "ru", ...(groupIds && { groupIds }) } as const;
    const { link } = await invitePerson(access, owner, asked);
    const word = "a password of one's own";
    const token = tokenIn(link);
    return {
      async accept() {
        await acceptInvite(access, { token, name: "Ерлан", password: word, locale: "ru" });
        return (await office.enter(email, word)) ?? expect.fail("no way in");
      },
    };
  };

  test("leads to the sellers, unless the owner has chosen other groups", async () => {
    expect((await (await comes()).accept()).permissions).toEqual(new Set(storePermissions));
    const { groupId } = await group("view_audit");
    expect((await (await comes([groupId])).accept()).permissions).toEqual(new Set(["view_audit"]));
    expect((await (await comes([])).accept()).permissions).toEqual(new Set());
  });

  test("leaves out a group that has gone meanwhile", async () => {
    const { groupId } = await group("view_audit");
    const invited = await comes([groupId]);
    await deleteGroup(access, owner, groupId);
    expect((await invited.accept()).permissions).toEqual(new Set());
  });
});

describe("the group of managers", () => {
  const nine = [
    "can_disable_mailing",
    "can_view_all_mailings",
    "can_view_all_messages",
    "can_view_all_recipients",
    "change_user",
    "view_mailing",
    "view_message",
    "view_recipient",
    "view_user",
  ];

  test("is made with its nine rights, stays so, and is put right when somebody has changed it", async () => {
    expect(await createManagersGroup(access)).toMatchObject({ outcome: "created", removed: [] });
    const groupId = await builtInGroup(db, "managers");
    expect(await permissionsOf(db, groupId)).toEqual(nine);
    expect(await createManagersGroup(access)).toEqual({ outcome: "same", added: [], removed: [] });
    await setPermissions(db, groupId, ["view_user", "manage_proxies"]);
    const mended = await createManagersGroup(access);
    expect(mended).toMatchObject({ outcome: "changed", removed: ["manage_proxies"] });
    expect(mended.added).toHaveLength(8);
    expect(await permissionsOf(db, groupId)).toEqual(nine);
    expect(await office.audited(groupId)).toEqual(["group.created", "group.changed"]);
  });
});
