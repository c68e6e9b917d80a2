import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { HOUR } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { auditLog, notices } from "@/lib/db/schema/workspace";
import { raiseNotice } from "@/lib/notices/queries";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { storesDueForSync } from "@/lib/stores/at-work-queries";
import { renameStore } from "@/lib/stores/change-queries";
import { lastSyncs, storePage } from "@/lib/stores/page-queries";
import { refreshPoints } from "@/lib/stores/refresh-points";
import { setStorePaused } from "@/lib/stores/rest-queries";
import { setMainCity } from "@/lib/stores/set-main-city";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { connectStores, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin, database } = office;
const { db } = access;
const twoShops = { email: "two@duken.kz", password: "two-kaspi" };
const now = () => access.clock();

let storeId: string;
let goods: Handle[];

beforeEach(async () => {
  await database.sql`truncate stores, kaspi_accounts, runs, notices, audit_log, jobs.event cascade`;
  const { stores: connected } = await connectStores(access, owner, twoShops);
  const store = connected.find(({ name }) => name === "ИП Сериков Алматы");
  if (!store) throw new Error("the shop with two cities is not connected");
  storeId = store.storeId;
  await syncNow(office, storeId);
  goods = (await goodsOnSale(office, storeId, store.merchantId)).map((one) => handle(office, one));
});

const page = (caller: Caller = owner) => storePage(db, caller, storeId, now());
const product = () => goods[0] ?? expect.fail("no goods");
const priced = () => db.$count(products, and(eq(products.storeId, storeId)));
const rowsIn = (cityId: string) =>
  db.$count(
    productCities,
    and(eq(productCities.storeId, storeId), eq(productCities.cityId, cityId)),
  );
const otherCity = async () => {
  const city = (await page()).cities.find(
    ({ isMain, points }) => !isMain && points.some((point) => point.isActive),
  );
  return city?.id ?? expect.fail("the store has one city only");
};

describe("the page of a store", () => {
  test("shows its points by city, why the main one is it, and what Kaspi last answered", async () => {
    const { cities, cityChoice, channels, facts } = await page();
    expect(cities[0]?.isMain).toBe(true);
    expect(cityChoice.why).toBe("most_points");
    expect(channels.map(({ channel }) => channel)).toContain("list");
    expect(facts.budget).toMatchObject({ used: 0, freeAt: null });
    expect((await lastSyncs(db, owner, storeId)).map((run) => run.status)).toContain("finished");
  });

  test("does not exist for a stranger, and for them nothing of it can be changed", async () => {
    const cityId = await otherCity();
    const attempts = [
      () => page(stranger),
      () => renameStore(db, stranger, { storeId, name: "Mine" }, now()),
      () => setStorePaused(db, stranger, { storeId, paused: true }, now()),
      () => setMainCity(db, stranger, { storeId, cityId }, now()),
      () => refreshPoints(access, stranger, storeId),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ kind: "not_found" });
    expect(await lastSyncs(db, stranger, storeId)).toEqual([]);
  });

  test("is only read by a colleague who sees all stores", async () => {
    const colleague = asViewer(stranger);
    expect((await page(colleague)).cities.length).toBeGreaterThan(0);
    await expect(
      setStorePaused(db, colleague, { storeId, paused: true }, now()),
    ).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("reads the points anew and keeps the main city", async () => {
    const before = await page();
    await database.sql`delete from pickup_points`;
    await refreshPoints(access, owner, storeId);
    const after = await page();
    expect(after.cities).toEqual(before.cities);
    expect(after.channels.map(({ channel }) => channel)).toContain("points");
  });
});

describe("another main city", () => {
  test("is where every product is looked at next, once Kaspi's prices of it are read", async () => {
    const city = await otherCity();
    await setMainCity(db, owner, { storeId, cityId: city }, now());
    expect(await rowsIn(city)).toBe(await priced());
    const { cityPrices, prices } = product().truth();
    const price = cityPrices === null ? null : prices[city];
    expect(await product().product()).toMatchObject({ cityId: city, price });
    await syncNow(office, storeId);
    const shown = await product().product();
    expect(shown.price).toBe(product().truth().prices[city]);
    expect(shown.nextCheckAt?.getTime()).toBeLessThanOrEqual(now().getTime());
  });

  test("is recorded with who chose it, and answers the question about the guess", async () => {
    const city = await otherCity();
    const about = { kind: "main_city_guessed", about: storeId, severity: "warning" } as const;
    await raiseNotice(db, { ...about, storeId, params: { store: "x" } });
    await setMainCity(db, owner, { storeId, cityId: city }, now());
    expect((await page()).cityChoice).toMatchObject({ why: "person", who: owner.name });
    expect((await db.select().from(notices)).every((notice) => notice.resolvedAt)).toBe(true);
    const [entry] = await db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "store.main_city_chosen"));
    expect(entry).toMatchObject({ userId: owner.id, storeId, details: { to: city } });
  });

  test("voids what was decided for the old one and not sent yet", async () => {
    const goods_ = product();
    await goods_.watch({ floor: Math.round(goods_.kaspiPrice() * 0.6) });
    goods_.rivals(Math.round(goods_.kaspiPrice() * 0.95));
    await goods_.check();
    expect((await goods_.history()).at(-1)?.state).toBe("pending");
    await setMainCity(db, owner, { storeId, cityId: await otherCity() }, now());
    expect((await goods_.history()).at(-1)).toMatchObject({
      state: "superseded",
      stateReason: "other_city",
    });
    await goods_.publish();
    expect(goods_.writes()).toEqual([]);
  });

  test("needs a working point, and waits for a sync that is under way", async () => {
    await expect(setMainCity(db, owner, { storeId, cityId: "1" }, now())).rejects.toMatchObject({
      key: "city_without_points",
    });
    const city = await otherCity();
    await setMainCity(db, owner, { storeId, cityId: city }, now());
    const back = (await page()).cities.find(({ isMain }) => !isMain)?.id ?? "";
    await expect(setMainCity(db, owner, { storeId, cityId: back }, now())).rejects.toMatchObject({
      key: "sync_under_way",
    });
  });
});

describe("a store on pause", () => {
  test("is neither priced, sent, read back nor synced until it is resumed", async () => {
    const one = product();
    await one.watch({ floor: Math.round(one.kaspiPrice() * 0.6) });
    one.rivals(Math.round(one.kaspiPrice() * 0.95));
    await one.check();
    await setStorePaused(db, owner, { storeId, paused: true }, now());
    expect(await repriceDue(access, storeId, { trigger: "schedule" })).toBeNull();
    expect(await publishStore(access, storeId)).toEqual({ sent: 0, goesOn: false });
    expect(await confirmStore(access, storeId)).toEqual({ read: 0, nextAt: null });
    twin.advance({ ms: 24 * HOUR });
    expect(await storesDueForSync(db, now())).not.toContain(storeId);
    await expect(syncNow(office, storeId)).rejects.toMatchObject({ key: "store_paused" });
    expect(one.writes()).toEqual([]);
    expect((await one.history()).at(-1)).toMatchObject({ stateReason: "store_paused" });
    await setStorePaused(db, owner, { storeId, paused: false }, now());
    expect(await storesDueForSync(db, now())).toContain(storeId);
  });

  test("stays on pause when its login is entered again", async () => {
    await setStorePaused(db, owner, { storeId, paused: true }, now());
    await connectStores(access, owner, twoShops);
    const { facts } = await page();
    expect(facts).toMatchObject({ isActive: false, paused: { who: owner.name } });
  });
});

describe("the name of a store", () => {
  const name = async () => (await db.select().from(stores).where(eq(stores.id, storeId)))[0]?.name;

  test("is ours: a new login does not take it away, an empty one brings Kaspi's back", async () => {
    const before = await name();
    await renameStore(db, owner, { storeId, name: "Склад на Абая" }, now());
    await connectStores(access, owner, twoShops);
    expect(await name()).toBe("Склад на Абая");
    await renameStore(db, owner, { storeId, name: "" }, now());
    expect(await name()).toBe(before);
  });
});
