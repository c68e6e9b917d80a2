import { eq, ne } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { checkAccount } from "@/lib/accounts/check-account";
import { isAppError } from "@/lib/core/errors";
import { exits } from "@/lib/db/schema/exits";
import { kaspiAccounts, stores as storesTable } from "@/lib/db/schema/kaspi";
import { runs } from "@/lib/db/schema/workspace";
import { testExit } from "@/lib/exits/probe-exits";
import { repriceOne } from "@/lib/repricing/check/reprice-store";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";
import { diagnoseStore } from "@/lib/stores/diagnose/diagnose-store";
import { setStoreOfficialOnly } from "@/lib/stores/official-only";
import { refreshPoints } from "@/lib/stores/refresh-points";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectStores, syncNow } from "../support/stores";

// Two stores of one login: one allows the official interface only, the other everything.
const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const twoShops = { email: "two@duken.kz", password: "two-kaspi" };
const [official, free] = (await connectStores(access, owner, twoShops)).stores;
if (!official || !free) throw new Error("the login has no two stores");
const cards = new Map<string, string[]>();
for (const { storeId, merchantId } of [official, free]) {
  await syncNow(office, storeId);
  const goods = await goodsOnSale(office, storeId, merchantId);
  cards.set(
    storeId,
    goods.map(({ cardId }) => cardId),
  );
}
const [goods] = (await goodsOnSale(office, official.storeId, official.merchantId)).map((one) =>
  handle(office, one),
);
const [account] = await db.select().from(kaspiAccounts);
const [exit] = await db.select().from(exits);
if (!goods || !account || !exit) throw new Error("the shop is empty");

const turn = (officialOnly: boolean) =>
  setStoreOfficialOnly(access, owner, { storeId: official.storeId, officialOnly });

/** What the twin was asked about this store: its merchant, and cards that the other does not sell. */
function askedAbout(storeId: string, merchantId: string): string[] {
  const others = [...cards].filter(([id]) => id !== storeId).flatMap(([, of]) => of);
  const own = (cards.get(storeId) ?? []).filter((card) => !others.includes(card));
  return [merchantId, ...own].flatMap((text) => twin.asked({ text }));
}

const ways: [string, () => Promise<unknown>][] = [
  ["connecting the login again", () => connectStores(access, owner, twoShops)],
  ["a check of the session", () => checkAccount(access, account.id)],
  ["the points", () => refreshPoints(access, owner, official.storeId)],
  ["the check of the connection", () => diagnoseStore(access, owner, official.storeId)],
  ["a sync", () => syncNow(office, official.storeId)],
  ["a look at one product", () => repriceOne(access, owner, goods.productId)],
  ["sending", () => publishStore(access, official.storeId)],
  ["reading back", () => confirmStore(access, official.storeId)],
  ["a test of an exit", () => testExit(access, exit.id)],
];

const attempt = (way: () => Promise<unknown>) =>
  way().catch((error: unknown) => {
    if (!isAppError(error)) throw error;
  });

beforeEach(async () => {
  await db.update(storesTable).set({ accountId: account.id });
  await db.delete(kaspiAccounts).where(ne(kaspiAccounts.id, account.id));
  for (const { storeId } of [official, free])
    await setStoreOfficialOnly(access, owner, { storeId, officialOnly: false });
  await goods.watch({ floor: Math.ceil(goods.kaspiPrice() * 0.5) });
  goods.rivals(goods.kaspiPrice() - 20);
  await goods.check();
  await turn(true);
  twin.forgetRequests();
});

describe("a store of the official interface only, beside one that is not,", () => {
  test.each(ways)("is asked about nowhere: %s", async (_, way) => {
    const before = goods.kaspiPrice();
    await attempt(way);
    expect(askedAbout(official.storeId, official.merchantId)).toEqual([]);
    expect(goods.kaspiPrice()).toBe(before);
  });

  test.each(ways.filter(([name]) => !/again|session|exit/.test(name)))(
    "is no reason to log in: %s",
    async (_, way) => {
      twin.expireSessions({ email: twoShops.email });
      await attempt(way);
      expect(twin.requests().login).toBeUndefined();
      await connectStores(access, owner, twoShops);
    },
  );

  test("has no part in a new login: it is not synced, and stays what it was", async () => {
    await db.delete(runs);
    const { stores } = await connectStores(access, owner, twoShops);
    expect(stores.map(({ storeId }) => storeId).sort()).toEqual(
      [official.storeId, free.storeId].sort(),
    );
    const named = stores.find(({ storeId }) => storeId === official.storeId);
    expect(named?.name).toBe(official.name);
    expect((await db.select().from(runs)).map(({ storeId }) => storeId)).toEqual([free.storeId]);
  });

  test("leaves the other one as it was", async () => {
    await attempt(() => refreshPoints(access, owner, free.storeId));
    await syncNow(office, free.storeId);
    expect(askedAbout(free.storeId, free.merchantId)).toEqual(
      expect.arrayContaining(["points", "list"]),
    );
  });
});

test("a login that waits for its code goes no further when all its stores have become so", async () => {
  await turn(false);
  twin.setFault({ name: "mail_code" });
  const request = { by: "email" as const, keepPassword: true, ...twoShops };
  const step = await beginConnecting(access, owner, request);
  twin.clearFaults();
  if (step.kind === "done") throw new Error("no code was asked for");
  for (const { storeId } of [official, free])
    await setStoreOfficialOnly(access, owner, { storeId, officialOnly: true });
  twin.forgetRequests();
  const reply = { kind: "code" as const, code: twin.lastCode()?.code ?? "" };
  const goOn = () => goOnConnecting(access, owner, { pendingId: step.pendingId, reply });
  await expect(goOn()).rejects.toMatchObject({ kind: "official_only" });
  expect(twin.requests()).toEqual({});
  await setStoreOfficialOnly(access, owner, { storeId: free.storeId, officialOnly: false });
  expect(await goOn()).toMatchObject({ kind: "done" });
});

test("a login all of whose stores are so is not entered", async () => {
  await turn(true);
  await setStoreOfficialOnly(access, owner, { storeId: free.storeId, officialOnly: true });
  twin.forgetRequests();
  await expect(connectStores(access, owner, twoShops)).rejects.toMatchObject({
    kind: "official_only",
  });
  expect(twin.requests()).toEqual({});
});

test("a login is entered when one of its accounts has a store that may be asked for", async () => {
  // As after a choice of shops: each is an account of its own.
  const [second] = await db
    .insert(kaspiAccounts)
    .values({ ...account, id: undefined, chosenMerchant: "another" })
    .returning();
  await db
    .update(storesTable)
    .set({ accountId: second?.id ?? "" })
    .where(eq(storesTable.id, free.storeId));
  twin.forgetRequests();
  await connectStores(access, owner, twoShops);
  expect(twin.requests().login?.total).toBeGreaterThan(0);
});
