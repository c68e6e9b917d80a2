import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import { placeSnapshots } from "@/lib/db/schema/overview";
import {
  forgetPlaceSnapshots,
  sharesByDay,
  takePlaceSnapshots,
} from "@/lib/overview/share-queries";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db } = access;

const snapshots = () => db.select().from(placeSnapshots).orderBy(placeSnapshots.hour);

beforeEach(() => db.delete(placeSnapshots));

describe("hourly first places", () => {
  let storeId = "";
  const noon = new Date("2026-11-20T12:00:00Z");

  beforeAll(async () => {
    const store = await connectedStore(office);
    storeId = store.storeId;
    await syncNow(office, storeId);
    const [one, other] = (await goodsOnSale(office, storeId, store.merchantId)).map((goods) =>
      handle(office, goods),
    );
    if (!one || !other) throw new Error("no goods for this test");
    for (const product of [one, other]) await product.watch({ floor: product.kaspiPrice() });
    other.rivals(other.kaspiPrice() - 1);
    await one.check();
    await other.check();
  });

  it("are written once an hour, however often the job runs", async () => {
    expect(await takePlaceSnapshots(db, later(noon, 3 * MINUTE))).toBe(1);
    expect(await takePlaceSnapshots(db, later(noon, 40 * MINUTE))).toBe(0);
    const both = [
      takePlaceSnapshots(db, later(noon, HOUR)),
      takePlaceSnapshots(db, later(noon, HOUR)),
    ];
    expect((await Promise.all(both)).toSorted()).toEqual([0, 1]);
    expect(await snapshots()).toEqual([
      { storeId, hour: noon, ranked: 2, first: 1 },
      { storeId, hour: later(noon, HOUR), ranked: 2, first: 1 },
    ]);
  });

  it("are added up by the days of the workspace", async () => {
    await takePlaceSnapshots(db, noon);
    // 18:00 UTC is 23:00 in Almaty, 19:00 UTC is the next day.
    await takePlaceSnapshots(db, new Date("2026-11-20T18:30:00Z"));
    await takePlaceSnapshots(db, new Date("2026-11-20T19:30:00Z"));
    const on = (timeZone: string, caller = owner) =>
      sharesByDay(db, caller, undefined, {
        now: new Date("2026-11-21T12:00:00Z"),
        timeZone,
        days: 14,
      });
    expect(await on("Asia/Almaty")).toEqual([
      { day: "2026-11-20", ranked: 4, first: 2 },
      { day: "2026-11-21", ranked: 2, first: 1 },
    ]);
    expect(await on("UTC")).toEqual([{ day: "2026-11-20", ranked: 6, first: 3 }]);
    expect(await on("UTC", stranger)).toEqual([]);
  });

  it("are forgotten after a season", async () => {
    const old = later(noon, -30 * DAY);
    await takePlaceSnapshots(db, old);
    await takePlaceSnapshots(db, later(old, HOUR));
    await forgetPlaceSnapshots(db, later(old, 90 * DAY + MINUTE));
    const kept = (await snapshots()).map(({ hour }) => hour);
    expect(kept).not.toContainEqual(old);
    expect(kept).toContainEqual(later(old, HOUR));
  });
});
