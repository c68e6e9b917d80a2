import { beforeEach, describe, expect, test } from "vitest";
import { trainingCredentials } from "@/lib/accounts/model";
import { setStoreSendingStopped } from "@/lib/stores/queries";
import { setSendingStopped } from "@/lib/workspace/queries";
import type { Handle } from "../support/goods";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const shelf = await fullShelf(office, trainingCredentials);
const { storeId } = shelf;

describe("a product with a bot", () => {
  let goods: Handle;
  let start = 0;

  /** Its own product for every test, alone at its price with a floor 10 % lower. */
  beforeEach(async () => {
    goods = shelf.take();
    start = goods.kaspiPrice();
    goods.rivals(start + 1000);
    await goods.watch({ floor: Math.ceil(start * 0.9) });
  });

  test("follows a rival that drops, and Kaspi shows the new price", async () => {
    goods.rivals(start - 20);
    expect(await goods.cycle()).toMatchObject({ reason: "undercut", state: "confirmed" });
    expect(goods.kaspiPrice()).toBe(start - 21);
    expect(await goods.product()).toMatchObject({ price: start - 21, place: 1, placesTotal: 2 });
  });

  test("stops at its floor, however low the rival goes", async () => {
    const floor = Math.ceil(start * 0.9);
    goods.rivals(Math.floor(start * 0.7));
    expect(await goods.cycle()).toMatchObject({ reason: "pinned_to_floor", price: floor });
    expect(goods.kaspiPrice()).toBe(floor);
    goods.rivals(Math.floor(start * 0.6));
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(floor);
  });

  test("rises again when the rival leaves, up to the price it started from", async () => {
    goods.rivals(start - 50);
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(start - 51);
    goods.rivals(start + 5000);
    expect(await goods.cycle()).toMatchObject({ reason: "capped_at_ceiling", state: "confirmed" });
    expect(goods.kaspiPrice()).toBe(start);
  });

  test("stays where it is while the market cannot be read", async () => {
    goods.rivals(start - 20);
    twin.setFault({ name: "storefront_html", times: 4 });
    expect(await goods.cycle()).toMatchObject({ kind: "hold", reason: "stale_offers" });
    expect(goods.kaspiPrice()).toBe(start);
    twin.clearFaults();
    twin.advance({ ms: 60 * 60_000 });
  });

  test("does not move while the store's sending is stopped, and moves after it is resumed", async () => {
    await setStoreSendingStopped(db, owner, { storeId, stopped: true }, access.clock());
    goods.rivals(start - 20);
    expect(await goods.cycle()).toMatchObject({ state: "pending", stateReason: "sending_stopped" });
    expect(goods.kaspiPrice()).toBe(start);
    await setStoreSendingStopped(db, owner, { storeId, stopped: false }, access.clock());
    expect(await goods.cycle()).toMatchObject({ state: "confirmed" });
    expect(goods.kaspiPrice()).toBe(start - 21);
  });

  test("does not move while everything is stopped", async () => {
    await setSendingStopped(db, owner, true, access.clock());
    goods.rivals(start - 20);
    await goods.cycle();
    expect(goods.writes()).toEqual([]);
    await setSendingStopped(db, owner, false, access.clock());
  });

  test("never puts a sold-out point back on sale, nor changes any stock or preorder", async () => {
    const points = [
      { pointId: `${goods.merchantUid}_PP1`, available: true, stockCount: 3, preOrder: 0 },
      { pointId: `${goods.merchantUid}_PP2`, available: false, stockCount: 0, preOrder: 0 },
      { pointId: `${goods.merchantUid}_PP3`, available: true, stockCount: null, preOrder: 7 },
    ];
    twin.changeOffer({ merchantUid: goods.merchantUid, sku: goods.sku, points });
    const before = goods.truth().points;
    goods.rivals(start - 20);
    expect(await goods.cycle()).toMatchObject({ state: "confirmed" });
    expect(goods.truth().points).toEqual(before);
  });

  test("keeps the prices of the cities it does not price", async () => {
    const cityPrices = [
      { cityId: goods.cityId, value: start },
      { cityId: "151010000", value: start + 777 },
    ];
    twin.changeOffer({ merchantUid: goods.merchantUid, sku: goods.sku, price: null, cityPrices });
    goods.rivals(start - 20);
    await goods.cycle();
    expect(goods.truth().cityPrices).toEqual([
      { cityId: goods.cityId, value: start - 21 },
      { cityId: "151010000", value: start + 777 },
    ]);
  });
});
