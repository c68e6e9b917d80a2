import { and, eq, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { trainingCredentials } from "@/lib/accounts/model";
import type { Caller } from "@/lib/auth/model";
import { stores } from "@/lib/db/schema/kaspi";
import { addStore } from "@/lib/stores/add-queries";
import { archiveStore } from "@/lib/stores/change-queries";
import type { ConnectedStore } from "@/lib/stores/model";
import { knownMerchants, ownMerchants } from "@/lib/stores/queries";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, connectStores, smallShop, syncNow } from "../support/stores";

const office = await testOffice();
const { access, database, owner, stranger, twin } = office;
const { db } = access;

const add = (user: Caller, merchantId: string) =>
  addStore(db, user, { userId: user.id, merchantId, name: `Shop ${merchantId}` }, access.clock());

beforeEach(async () => {
  await database.sql`truncate stores, kaspi_accounts, runs, notices, jobs.event cascade`;
});

describe("a store added in the place of a disconnected one", () => {
  let left: ConnectedStore;

  beforeEach(async () => {
    const [connected] = (await connectStores(access, stranger, smallShop)).stores;
    left = connected ?? expect.fail("no store");
    await archiveStore(db, stranger, left.storeId, access.clock());
    expect(await add(stranger, left.merchantId)).toBe(left.storeId);
  });

  test("is no rival to anybody here, and known to its own person alone", async () => {
    expect(await ownMerchants(db)).toEqual(new Set([left.merchantId]));
    expect(await knownMerchants(db, stranger)).toEqual(new Set([left.merchantId]));
    await archiveStore(db, stranger, left.storeId, access.clock());
    expect(await ownMerchants(db)).toEqual(new Set([left.merchantId]));
  });

  test("is undercut by no bot of the installation", async () => {
    const { storeId, merchantId } = await connectedStore(office, trainingCredentials);
    await syncNow(office, storeId);
    const [goods] = await goodsOnSale(office, storeId, merchantId);
    const product = handle(office, goods ?? expect.fail("nothing is on sale"));
    const price = product.kaspiPrice();
    const { cardId, cityId } = product;
    const beside = { merchantId: left.merchantId, price: price - 100 };
    twin.setRivals({ cardId, cityId, rivals: [beside] });
    await product.watch({ floor: price - 1_000 });
    await product.cycle();
    expect(product.kaspiPrice()).toBe(price);
    expect(product.writes()).toEqual([]);
  });

  test("leaves its merchant to whoever logs in first", async () => {
    const [taken] = (await connectStores(access, owner, smallShop)).stores;
    expect(taken).toMatchObject({ merchantId: left.merchantId, isReplaced: false });
    await expect(connectStores(access, stranger, smallShop)).rejects.toMatchObject({
      key: "merchants_taken",
    });
  });

  test("keeps the time of its first claim when it is claimed again", async () => {
    const claimOf = async () => {
      const [row] = await db.select().from(stores).where(eq(stores.id, left.storeId));
      return { held: row?.claimedAt, first: row?.firstClaimedAt };
    };
    const before = await claimOf();
    twin.advance({ ms: 1_000 });
    await connectStores(access, stranger, smallShop);
    const after = await claimOf();
    expect(before).toEqual({ held: null, first: expect.any(Date) });
    expect(after.first).toEqual(before.first);
    expect(after.held).not.toBeNull();
  });
});

test("a store nobody has ever logged in to makes its merchant nobody's", async () => {
  await add(stranger, "900");
  expect(await ownMerchants(db)).toEqual(new Set());
  expect(await knownMerchants(db, stranger)).toEqual(new Set());
});

test("a merchant that another has given up is not made known by adding it", async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await archiveStore(db, owner, storeId, access.clock());
  await add(stranger, merchantId);
  expect(await knownMerchants(db, stranger)).toEqual(new Set());
  expect(await ownMerchants(db)).toEqual(new Set([merchantId]));
});

test("of stores nobody has logged in to a person has fifty at most, also added side by side", async () => {
  const { merchantId } = await connectedStore(office);
  for (let nth = 1; nth < 50; nth += 1) await add(owner, `${nth}`);
  const added = await Promise.allSettled(["one", "two"].map((name) => add(owner, name)));
  expect(added.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(add(owner, "three")).rejects.toMatchObject({ kind: "conflict", key: "stores_many" });
  await expect(add(owner, merchantId)).rejects.toMatchObject({ key: "store_known" });
  await add(stranger, "three");
  const mine = eq(stores.userId, owner.id);
  const [last] = await db
    .select()
    .from(stores)
    .where(and(mine, eq(stores.merchantId, "7")));
  await archiveStore(db, owner, last?.id ?? "", access.clock());
  await add(owner, "three");
  expect(await db.$count(stores, and(mine, isNull(stores.archivedAt)))).toBe(51);
});
