import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE, SECOND } from "@/lib/core/time";
import { exits } from "@/lib/db/schema/exits";
import { readMarket } from "@/lib/exits/read-market";
import { listOpenNotices } from "@/lib/notices/queries";
import { goodsOnSale } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const store = await connectedStore(office);
await syncNow(office, store.storeId);
const [card] = await goodsOnSale(office, store.storeId, store.merchantId);
if (!card) throw new Error("the shop is empty");

const look = () => readMarket(access, card);

beforeEach(async () => {
  twin.clearFaults();
  await db.update(exits).set({
    readsPerSecond: 8,
    nextSlotAt: null,
    restingUntil: null,
    restReason: null,
    isActive: true,
  });
});

describe("an exit that Kaspi refuses", () => {
  test("reads again when its rest is over, however many looks were asked for meanwhile", async () => {
    twin.setFault({ name: "storefront_405", times: 1 });
    expect(await look()).toMatchObject({ kind: "unseen", why: "address_refused" });
    expect(await listOpenNotices(db, owner)).toMatchObject([{ kind: "exit_refused" }]);
    for (let n = 0; n < 300; n += 1)
      expect(await look()).toEqual({ kind: "unseen", why: "address_refused" });
    twin.advance({ ms: 10 * MINUTE + SECOND });
    expect(await look()).toMatchObject({ kind: "seen" });
    expect(await listOpenNotices(db, owner)).toEqual([]);
  });
});

test("without an active exit the market is unseen, and it says so", async () => {
  await db.update(exits).set({ isActive: false });
  expect(await look()).toEqual({ kind: "unseen", why: "no_exit" });
});

test("readers at once share the pace of the exit", async () => {
  await db.update(exits).set({ readsPerSecond: 20 });
  twin.forgetRequests();
  const began = Date.now();
  await Promise.all(Array.from({ length: 11 }, look));
  expect(twin.requests().offers?.total).toBe(11);
  expect(Date.now() - began).toBeGreaterThanOrEqual(480);
});
