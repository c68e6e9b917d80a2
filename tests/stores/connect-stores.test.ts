import { beforeEach, describe, expect, test } from "vitest";
import { jobEvents } from "@/lib/db/schema/jobs";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { connectStores } from "@/lib/stores/connect-stores";
import { archiveStore, listStores } from "@/lib/stores/queries";
import { testOffice } from "../support/office";
import { smallShop } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin, database } = office;
const { db } = access;
const twoShops = { email: "two@duken.kz", password: "two-kaspi" };

beforeEach(async () => {
  twin.clearFaults();
  await database.sql`truncate stores, kaspi_accounts, runs, notices, jobs.event cascade`;
});

describe("connecting", () => {
  test("makes every merchant of the login a store and starts its first sync", async () => {
    const { stores, refused } = await connectStores(access, owner, twoShops);
    expect(stores.map((store) => store.name)).toHaveLength(2);
    expect(refused).toEqual([]);
    const listed = await listStores(db, owner);
    expect(listed.map((store) => store.session)).toEqual(["valid", "valid"]);
    expect(listed.every((store) => store.mainCityName !== null)).toBe(true);
    expect((await db.select().from(jobEvents)).map((event) => event.name)).toEqual([
      "store/sync.requested",
      "store/sync.requested",
    ]);
  });

  test("again replaces nothing but the session", async () => {
    const [before] = (await connectStores(access, owner, smallShop)).stores;
    const [after] = (await connectStores(access, owner, smallShop)).stores;
    expect(after).toEqual({ ...before, isReplaced: true });
    expect(await db.$count(kaspiAccounts)).toBe(1);
  });

  test("revives an archived store with its history", async () => {
    const [first] = (await connectStores(access, owner, smallShop)).stores;
    await archiveStore(db, owner, first?.storeId ?? "", access.clock());
    expect(await listStores(db, owner)).toEqual([]);
    const [again] = (await connectStores(access, owner, smallShop)).stores;
    expect(again?.storeId).toBe(first?.storeId);
  });

  test("refuses a merchant that another user holds, and touches nothing of theirs", async () => {
    await connectStores(access, owner, smallShop);
    const before = await listStores(db, owner);
    await expect(connectStores(access, stranger, smallShop)).rejects.toMatchObject({
      kind: "conflict",
      key: "merchants_taken",
    });
    expect(await listStores(db, owner)).toEqual(before);
    expect(await listStores(db, stranger)).toEqual([]);
    expect(await db.$count(kaspiAccounts)).toBe(1);
  });
});

describe("a login that does not work", () => {
  test("says at once that the password is wrong, and keeps nothing", async () => {
    const wrong = { ...smallShop, password: "wrong" };
    await expect(connectStores(access, owner, wrong)).rejects.toMatchObject({
      kind: "kaspi_credentials",
    });
    expect(await db.$count(kaspiAccounts)).toBe(0);
  });

  test("says how long Kaspi wants us to wait", async () => {
    twin.setFault({ name: "login_flood", ms: 90_000 });
    await expect(connectStores(access, owner, smallShop)).rejects.toMatchObject({
      kind: "kaspi_flood",
      retryAfterMs: 90_000,
    });
  });

  test("is not tried again before Kaspi's break is over", async () => {
    await connectStores(access, owner, smallShop);
    twin.setFault({ name: "login_flood", times: 1, ms: 90_000 });
    for (const _attempt of ["Kaspi refuses", "nobody asks Kaspi"])
      await expect(connectStores(access, owner, smallShop)).rejects.toMatchObject({
        kind: "kaspi_flood",
      });
    twin.advance({ ms: 106_000 });
    await connectStores(access, owner, smallShop);
  });

  test("says that a code is asked for", async () => {
    twin.setFault({ name: "mail_code" });
    await expect(connectStores(access, owner, smallShop)).rejects.toMatchObject({
      key: "login_code_required",
    });
  });
});

test("points nobody can read make Almaty a guess and a question", async () => {
  twin.setFault({ name: "garbled_json", at: ["points"] });
  await connectStores(access, owner, smallShop);
  const [store] = await listStores(db, owner);
  expect(store?.mainCityId).toBe("750000000");
  const notices = await database.sql`select kind from notices`;
  expect(notices.map((notice) => notice.kind)).toEqual(["main_city_guessed"]);
});
