import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { jobEvents } from "@/lib/db/schema/jobs";
import { kaspiAccounts, kaspiLogins, pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { pendingLogins } from "@/lib/db/schema/logins";
import { workspace } from "@/lib/db/schema/workspace";
import { listOpenNotices } from "@/lib/notices/queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";
import { listStores } from "@/lib/stores/queries";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { connectStores, smallShop } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin, database } = office;
const { db } = access;
const twoShops = { email: "two@duken.kz", password: "two-kaspi" };

beforeEach(async () => {
  twin.clearFaults();
  await database.sql`truncate stores, kaspi_accounts, login_breaks, runs, notices, jobs.event,
    pending_logins cascade`;
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

  test("reads the shops at the login's pace", async () => {
    const waited: number[] = [];
    const paced = { ...access, sleep: async (ms: number) => void waited.push(ms) };
    await db.update(workspace).set({ cabinetReadsPerSecond: 1 });
    await connectStores(paced, owner, twoShops);
    expect(waited.length).toBeGreaterThanOrEqual(3);
    await db.update(workspace).set({ cabinetReadsPerSecond: 1e6 });
    await db.update(kaspiLogins).set({ nextReadSlotAt: null });
  });

  test("of a merchant that another user holds keeps nothing of the login", async () => {
    const sms = { by: "phone", phone: "77010000003" } as const;
    const letIn = async (user: typeof owner) => {
      twin.advance({ ms: 2 * MINUTE });
      const step = await beginConnecting(access, user, sms);
      if (step.kind === "done") throw new Error("nothing waits");
      const reply = { kind: "code" as const, code: twin.lastCode()?.code ?? "" };
      return goOnConnecting(access, user, { pendingId: step.pendingId, reply });
    };
    await letIn(owner);
    await expect(letIn(stranger)).rejects.toMatchObject({ key: "merchants_taken" });
    expect(await db.$count(pendingLogins)).toBe(0);
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

test("of a login's merchants, those another user holds are refused and the free ones connect", async () => {
  const theirs = await connectStores(access, stranger, twoShops);
  const [kept, left] = theirs.stores;
  await archiveStore(db, stranger, left?.storeId ?? "", access.clock());
  const result = await connectStores(access, owner, twoShops);
  expect(result).toMatchObject({
    stores: [{ merchantId: left?.merchantId, isReplaced: false }],
    refused: [{ merchantId: kept?.merchantId }],
  });
  expect(await listStores(db, stranger)).toMatchObject([{ id: kept?.storeId, session: "valid" }]);
});

test("of two users who connect one merchant at the same moment, the second is told that it is taken", async () => {
  const table = await hold(db, (tx) => tx.execute(sql`lock table stores in share mode`));
  const both = Promise.allSettled(
    [owner, stranger].map((user) => connectStores(access, user, smallShop)),
  );
  await waiting(db, 2);
  await table.release();
  const outcomes = await both;
  const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toMatchObject([{ kind: "conflict", key: "merchants_taken" }]);
  expect(await db.$count(stores)).toBe(1);
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
      // A little more than Kaspi says: its break times are not exact.
      retryAfterMs: 105_000,
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
});

test("a city that was a guess is chosen when the points can be read, and nobody is asked any more", async () => {
  twin.setFault({ name: "garbled_json", at: ["points"], times: 1 });
  const [store] = (await connectStores(access, owner, smallShop)).stores;
  await db.update(stores).set({ mainCityId: "000000000" });
  await connectStores(access, owner, smallShop);
  const [after] = await listStores(db, owner);
  expect(after).toMatchObject({ id: store?.storeId, mainCityName: expect.any(String) });
  expect(await listOpenNotices(db, owner)).toEqual([]);
});

test("points that cannot be read this time are kept, and so is the city", async () => {
  await connectStores(access, owner, smallShop);
  const before = await listStores(db, owner);
  const points = await db.$count(pickupPoints);
  twin.setFault({ name: "garbled_json", at: ["points"] });
  await connectStores(access, owner, smallShop);
  expect((await listStores(db, owner))[0]?.mainCityName).toBe(before[0]?.mainCityName);
  expect(await db.$count(pickupPoints)).toBe(points);
  expect(await listOpenNotices(db, owner)).toEqual([]);
});

test("points nobody can read make Almaty a guess and a question", async () => {
  twin.setFault({ name: "garbled_json", at: ["points"] });
  await connectStores(access, owner, smallShop);
  const [store] = await listStores(db, owner);
  expect(store?.mainCityId).toBe("750000000");
  const notices = await database.sql`select kind from notices`;
  expect(notices.map((notice) => notice.kind)).toEqual(["main_city_guessed"]);
  await connectStores(access, owner, smallShop);
  expect(await listOpenNotices(db, owner)).toMatchObject([{ kind: "main_city_guessed" }]);
});
