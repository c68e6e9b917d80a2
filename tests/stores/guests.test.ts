import { eq } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { beforeEach, describe, expect, test } from "vitest";
import { auditSchema } from "@/lib/audit/address";
import { auditPage } from "@/lib/audit/queries";
import { type StorePermission, storePermissions } from "@/lib/auth/permission-model";
import { findActiveUser } from "@/lib/auth/users";
import { categoriesPresent } from "@/lib/costs/tariff-queries";
import { groupPermissions, storeShares } from "@/lib/db/schema/groups";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { usedBudgets } from "@/lib/overview/change-queries";
import { setTariffs } from "@/lib/repricing/cost-floor/change-tariffs";
import { runScope } from "@/lib/runs/access-queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { listStores } from "@/lib/stores/queries";
import { setStoreCities } from "@/lib/stores/set-store-cities";
import { shareStore } from "@/lib/stores/share-store";
import { testOffice } from "../support/office";
import { connectedStore, smallShop, syncNow } from "../support/stores";
import { memberWith } from "../support/whole-office";

const office = await testOffice();
const { access } = office;
const { db, clock } = access;
const { storeId } = await connectedStore(office);
await syncNow(office, storeId);
const hostId = await memberWith(office, "host", [...storePermissions]);
const guestId = await memberWith(office, "guest", []);
await db.update(stores).set({ userId: hostId });
await db.update(kaspiAccounts).set({ userId: hostId });

const person = async (id: string) => (await findActiveUser(db, id)) ?? expect.fail("nobody");

/** The guest, with these rights in the host's store. */
async function guestWith(...permissions: StorePermission[]) {
  const given = { storeId, email: "guest@example.kz", permissions };
  await shareStore(db, await person(hostId), given, clock());
  return person(guestId);
}

beforeEach(async () => {
  await db.delete(storeShares);
  await db.update(stores).set({ archivedAt: null, isActive: true });
});

describe("a guest in a store", () => {
  test("learns of its login how it begins, nothing of its budget, and none of its runs", async () => {
    const guest = await guestWith(...storePermissions);
    const [shown] = await listStores(db, guest);
    expect(shown?.login).toBe(smallShop.email.replace(/^(.).*@/, "$1•••@"));
    const [own] = await listStores(db, await person(hostId));
    expect(own?.login).toBe(smallShop.email);
    const limits = { perWindow: 250, windowMinutes: 30 };
    expect(await usedBudgets(db, guest, undefined, limits, clock())).toEqual([]);
    expect(await usedBudgets(db, await person(hostId), undefined, limits, clock())).toHaveLength(1);
    const accountId = own?.accountId ?? expect.fail("no login");
    const seenBy = async (id: string) => {
      const { sees } = await runScope(db, await person(id));
      return new PgDialect().sqlToQuery(sees).params.flat();
    };
    expect(await seenBy(guestId)).toContain(storeId);
    expect(await seenBy(guestId)).not.toContain(accountId);
    expect(await seenBy(hostId)).toContain(accountId);
  });

  test("without the goods is told nothing of them by tariffs or audit", async () => {
    const guest = await guestWith("view_store", "change_store");
    expect(await categoriesPresent(db, guest, storeId)).toEqual([]);
    const query = auditSchema.parse({});
    const page = await auditPage(db, guest, { query, now: clock(), limit: 50 });
    expect(page.entries.filter((entry) => entry.storeId === storeId)).toEqual([]);
  });

  test("who may set the store up moves no prices by tariffs or cities", async () => {
    const guest = await guestWith("view_store", "change_store");
    await expect(setTariffs(db, guest, { storeId, tariffs: [] }, clock())).rejects.toMatchObject({
      kind: "forbidden",
      params: { permission: "change_price" },
    });
    await expect(
      setStoreCities(db, guest, { storeId, cityIds: [] }, clock()),
    ).rejects.toMatchObject({ kind: "forbidden", params: { permission: "change_rule" } });
  });

  test("has never more rights than whose store it is has now", async () => {
    await guestWith("view_store", "view_product", "change_price");
    const taken = await db
      .delete(groupPermissions)
      .where(eq(groupPermissions.permission, "change_price"))
      .returning();
    const [share] = (await person(guestId)).shares;
    await db.insert(groupPermissions).values(taken);
    expect([...(share?.permissions ?? [])].sort()).toEqual(["view_product", "view_store"]);
  });

  test("is none any more once the store is disconnected, not even when it comes back", async () => {
    await guestWith("view_store");
    await archiveStore(db, await person(hostId), storeId, clock());
    expect((await person(guestId)).shares).toEqual([]);
    await db.update(stores).set({ archivedAt: null });
    expect((await person(guestId)).shares).toEqual([]);
  });
});
