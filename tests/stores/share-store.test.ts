import { describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import type { StorePermission } from "@/lib/auth/permission-model";
import { findActiveUser } from "@/lib/auth/users";
import { stores } from "@/lib/db/schema/kaspi";
import { listOpenNotices, raiseNotice } from "@/lib/notices/queries";
import { builtInGroup, setGroups, setPermissions } from "@/lib/people/group-queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { findStore, listStores, setStoreSendingStopped, storesMeant } from "@/lib/stores/queries";
import { shareSchema } from "@/lib/stores/share-model";
import { sharesOf } from "@/lib/stores/share-queries";
import { shareStore, unshareStore } from "@/lib/stores/share-store";
import { testPeople } from "../support/people";

const office = await testPeople();
const { db, clock } = office.access;
const boss = await office.person("owner");
const sellers = await builtInGroup(db, "sellers");

async function seller(): Promise<Caller> {
  const { id } = await office.person();
  await setGroups(db, id, [sellers]);
  return again(id);
}

async function again(id: string): Promise<Caller> {
  return (await findActiveUser(db, id)) ?? expect.fail("blocked");
}

/** Somebody with a store of their own. */
async function shopkeeper() {
  const keeper = await seller();
  const [store] = await db
    .insert(stores)
    .values({ userId: keeper.id, merchantId: `m-${keeper.email}`, name: keeper.email })
    .returning({ id: stores.id });
  return { keeper, storeId: store?.id ?? "" };
}

const share = (by: Caller, storeId: string, { email }: Caller, ...some: StorePermission[]) =>
  shareStore(db, by, shareSchema.parse({ storeId, email, permissions: some }), clock());

describe("a store that is shared", () => {
  test("is seen from the next request on, says whose it is, and is gone when it is taken back", async () => {
    const [{ keeper, storeId }, friend] = [await shopkeeper(), await seller()];
    expect(await listStores(db, friend)).toEqual([]);
    await share(keeper, storeId, friend);
    const guest = await again(friend.id);
    expect(await listStores(db, guest)).toMatchObject([
      { id: storeId, isMine: false, ownerName: keeper.name, may: ["view_store"] },
    ]);
    await unshareStore(db, keeper, { storeId, personId: friend.id }, clock());
    expect(await listStores(db, await again(friend.id))).toEqual([]);
    expect(await office.audited(friend.id)).toEqual([
      "user.created",
      "store.shared",
      "store.unshared",
    ]);
  });

  test("allows what was given, with what that needs, until it is changed", async () => {
    const [{ keeper, storeId }, friend] = [await shopkeeper(), await seller()];
    await share(keeper, storeId, friend, "change_price");
    expect((await findStore(db, await again(friend.id), storeId)).may).toEqual([
      "view_store",
      "view_product",
      "change_price",
    ]);
    await share(keeper, storeId, friend, "change_store");
    const guest = await again(friend.id);
    await setStoreSendingStopped(db, guest, { storeId, stopped: true }, clock());
    expect(await sharesOf(db, storeId)).toMatchObject([
      { personId: friend.id, permissions: ["view_store", "change_store"] },
    ]);
    await share(keeper, storeId, friend);
    await expect(
      setStoreSendingStopped(db, await again(friend.id), { storeId, stopped: false }, clock()),
    ).rejects.toMatchObject({ kind: "forbidden", params: { permission: "change_store" } });
    expect(await office.audited(friend.id)).toEqual([
      "user.created",
      "store.shared",
      "store.share_changed",
      "store.share_changed",
    ]);
  });

  test("twice in the same way leaves one trace", async () => {
    const [{ keeper, storeId }, friend] = [await shopkeeper(), await seller()];
    await share(keeper, storeId, friend);
    await share(keeper, storeId, friend);
    expect(await office.audited(friend.id)).toEqual(["user.created", "store.shared"]);
  });

  test("shows its notices to the guest, and stays out of what is done to all of one's own", async () => {
    const [{ keeper, storeId }, friend] = [await shopkeeper(), await seller()];
    await share(keeper, storeId, friend, "change_rule", "change_store");
    const guest = await again(friend.id);
    const about = { about: storeId, kind: "sync_incomplete", severity: "warning" } as const;
    await raiseNotice(db, { ...about, storeId });
    expect(await listOpenNotices(db, guest)).toMatchObject([{ storeId }]);
    expect(await storesMeant(db, guest, undefined, "change_rule")).toEqual([]);
    expect(await storesMeant(db, keeper, undefined, "change_rule")).toMatchObject([
      { id: storeId },
    ]);
  });

  test("is not the guest's to share on or to disconnect, whatever they may do in it", async () => {
    const [{ keeper, storeId }, friend] = [await shopkeeper(), await seller()];
    await share(keeper, storeId, friend, "change_store");
    const guest = await again(friend.id);
    const refused = { kind: "forbidden", key: "store_not_yours" };
    await expect(share(guest, storeId, await seller())).rejects.toMatchObject(refused);
    await expect(share(guest, storeId, guest, "change_price")).rejects.toMatchObject(refused);
    await expect(
      unshareStore(db, guest, { storeId, personId: guest.id }, clock()),
    ).rejects.toMatchObject(refused);
    await expect(archiveStore(db, guest, storeId, clock())).rejects.toMatchObject(refused);
  });
});

describe("sharing", () => {
  test("is refused for a store one does not see", async () => {
    const [{ storeId }, stranger] = [await shopkeeper(), await seller()];
    await expect(share(stranger, storeId, stranger)).rejects.toMatchObject({ kind: "not_found" });
  });

  test("gives nobody a right that whoever shares has not", async () => {
    const { keeper, storeId } = await shopkeeper();
    const own = await builtInGroup(db, "managers");
    await setPermissions(db, own, ["view_store", "change_store"]);
    await setGroups(db, keeper.id, [own]);
    const friend = await seller();
    await expect(
      share(await again(keeper.id), storeId, friend, "change_price"),
    ).rejects.toMatchObject({ kind: "forbidden", key: "share_more_rights" });
    expect(await sharesOf(db, storeId)).toEqual([]);
  });

  test("is an owner's of the installation, too, and needless with one", async () => {
    const [{ keeper, storeId }, friend] = [await shopkeeper(), await seller()];
    await share(boss, storeId, friend, "approve_decision");
    expect(await sharesOf(db, storeId)).toHaveLength(1);
    const needless = { kind: "conflict", key: "share_needless" };
    await expect(share(boss, storeId, keeper)).rejects.toMatchObject(needless);
    await expect(share(keeper, storeId, boss)).rejects.toMatchObject(needless);
  });

  test("with nobody of the office is told at the field", async () => {
    const { keeper, storeId } = await shopkeeper();
    const nobody = { ...keeper, email: "nobody@example.kz" };
    await expect(share(keeper, storeId, nobody)).rejects.toMatchObject({
      kind: "invalid",
      details: [{ path: "email", message: "colleague_unknown" }],
    });
  });
});
