import { describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import {
  type ChangePermission,
  officePermissions,
  type Permission,
  permissionAreas,
  permissions,
  type StorePermission,
  storePermissions,
  withNeeds,
  withoutOne,
} from "@/lib/auth/permission-model";
import { can, mayRead, requirePermission, rightsIn, scopeKey } from "@/lib/auth/permissions";
import { findActiveUser, findCaller } from "@/lib/auth/users";
import { stores } from "@/lib/db/schema/kaspi";
import { setGroups } from "@/lib/people/group-queries";
import { createGroup } from "@/lib/people/manage-groups";
import { writableStore } from "@/lib/stores/queries";
import { saveShare } from "@/lib/stores/share-queries";
import { shopWithLedger } from "../support/ledger";
import { testPeople } from "../support/people";

const office = await testPeople();
const { access } = office;
const { db } = access;
const owner = await office.person("owner");
const changes: readonly ChangePermission[] = [
  "change_store",
  "change_price",
  "change_rule",
  "approve_decision",
];

/** Somebody with a group of just these, as their next request finds them. */
async function having(...rights: Permission[]): Promise<Caller> {
  const person = await office.person();
  const name = `of ${person.email}`;
  const groupId = await createGroup(access, owner, { name, permissions: rights });
  await setGroups(db, person.id, [groupId]);
  return again(person);
}

async function again({ id }: Caller): Promise<Caller> {
  return (await findActiveUser(db, id)) ?? expect.fail("the person is gone");
}

async function storeOf({ id: userId, email }: Caller): Promise<string> {
  const [store] = await db
    .insert(stores)
    .values({ userId, merchantId: `m-${email}`, name: email })
    .returning({ id: stores.id });
  return store?.id ?? "";
}

/** What the person may do in the store, as a query says it. */
async function rights(caller: Caller, storeId: string): Promise<StorePermission[]> {
  const rows = await db.select({ id: stores.id, may: rightsIn(caller) }).from(stores);
  return rows.find(({ id }) => id === storeId)?.may ?? [];
}

const foreign = (await shopWithLedger(db, "foreign")).storeId;

describe.each(storePermissions)("%s", (permission) => {
  test("counts in one's own store, if a group allows it", async () => {
    const some = await having(permission);
    expect(await rights(some, await storeOf(some))).toEqual([permission]);
    const none = await having();
    expect(await rights(none, await storeOf(none))).toEqual([]);
  });

  test("counts in a shared store, if the share names it and whatever groups allow", async () => {
    const person = await having(...storePermissions.filter((one) => one !== permission));
    expect(await rights(person, foreign)).toEqual([]);
    await saveShare(db, { storeId: foreign, userId: person.id, permissions: [permission] });
    expect(await rights(await again(person), foreign)).toEqual([permission]);
  });

  test("does not count in a store of somebody else", async () => {
    expect(await rights(await having(permission), foreign)).toEqual([]);
  });

  test("counts in any store with the sight of all only where it is to look, and allowed", async () => {
    const looks = permission === "view_store" || permission === "view_product";
    const viewer = await having(permission, "can_view_all_stores");
    expect(await rights(viewer, foreign)).toEqual(looks ? [permission] : []);
    expect(await rights(await having("can_view_all_stores"), foreign)).toEqual([]);
  });

  test("is an owner's everywhere", async () => {
    expect(await rights(owner, foreign)).toContain(permission);
  });
});

describe.each(changes)("to %s in a store", (permission) => {
  test("is refused by name to whoever only sees it, and the store does not exist for others", async () => {
    const viewer = await having("view_store", "can_view_all_stores", permission);
    await expect(writableStore(db, viewer, foreign, permission)).rejects.toMatchObject({
      kind: "forbidden",
      key: "permission_missing",
      params: { permission },
    });
    const stranger = await having("view_store", permission);
    await expect(writableStore(db, stranger, foreign, permission)).rejects.toMatchObject({
      kind: "not_found",
    });
    const some = await having("view_store", permission);
    const theirs = await storeOf(some);
    expect(await writableStore(db, some, theirs, permission)).toMatchObject({ id: theirs });
  });
});

test.each(officePermissions)("%s is had by whom a group gives it, and by owners", async (one) => {
  expect(can(await having(one), one)).toBe(true);
  expect(can(owner, one)).toBe(true);
  const everythingElse = permissions.filter((other) => other !== one);
  const rest = await having(...everythingElse);
  expect(() => requirePermission(rest, one)).toThrow(/permission_missing/);
});

test("groups add up", async () => {
  const person = await having("view_store");
  const more = await createGroup(access, owner, { name: "more", permissions: ["view_audit"] });
  const other = await createGroup(access, owner, { name: "other", permissions: ["view_user"] });
  await setGroups(db, person.id, [more, other]);
  expect((await again(person)).permissions).toEqual(new Set(["view_audit", "view_user"]));
});

test("who may do another thing is another scope: what is kept for one is not shown to the other", async () => {
  const person = await having("view_store");
  await saveShare(db, { storeId: foreign, userId: person.id, permissions: ["view_store"] });
  const shared = await again(person);
  expect(scopeKey(shared)).not.toBe(scopeKey(person));
  expect(scopeKey(await again(person))).toBe(scopeKey(shared));
});

test("what is asked of a request is one query", async () => {
  const person = await having("view_store");
  await saveShare(db, { storeId: foreign, userId: person.id, permissions: ["view_store"] });
  const found = await findCaller(db, person.id, 1);
  expect(found).toMatchObject({
    permissions: new Set(["view_store"]),
    shares: [{ storeId: foreign, permissions: new Set(["view_store"]) }],
  });
  expect(await db.$count(stores, mayRead(found ?? expect.fail("nobody")))).toBe(1);
});

describe("the list of permissions", () => {
  test("stands whole in the areas of the page, each once", () => {
    expect(Object.values(permissionAreas).flat().sort()).toEqual([...permissions].sort());
  });

  test("has what each needs come and go with it", () => {
    expect(withNeeds<Permission>(["change_price"])).toEqual([
      "view_store",
      "view_product",
      "change_price",
    ]);
    expect(withoutOne<Permission>(permissions, "view_product")).not.toContain("change_price");
    for (const permission of permissions) {
      const whole = withNeeds<Permission>([permission]);
      expect(withNeeds(whole)).toEqual(whole);
    }
  });
});
