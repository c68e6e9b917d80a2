import { isNotNull, isNull } from "drizzle-orm";
import { beforeEach, expect } from "vitest";
import { checkAccount } from "@/lib/accounts/check-account";
import { accountsDueForCheck } from "@/lib/accounts/queries";
import { isAppError } from "@/lib/core/errors";
import { HOUR } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { listOpenNotices } from "@/lib/notices/queries";
import { failRun } from "@/lib/runs/queries";
import { requestSync } from "@/lib/sync/request-sync";
import type { Handle } from "./goods";
import { testOffice } from "./office";
import { fullShelf } from "./shelf";
import { forgetSetbacks, syncNow } from "./stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);
const { storeId, merchantUid } = shelf;
let goods: Handle;
let start = 0;

/** A bot and a rival that it undercuts as soon as nothing is in the way. */
beforeEach(async () => {
  await forgetSetbacks(office);
  goods = await shelf.contested();
  start = goods.kaspiPrice();
});

/** Everything of the shop that a price may not touch: on sale or not, points, stock, preorders, model. */
const shop = () =>
  twin
    .offers({ merchantUid, limit: 1_000 })
    .map(({ sku, onSale, points, model, oldPrice }) => ({ sku, onSale, points, model, oldPrice }));

/** What Kaspi causes stays with its job; a surprise of our own fails the test. */
async function asJob(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error) => {
    if (!isAppError(error) || !/^(kaspi_|needs_reauth)/.test(error.kind)) throw error;
  });
}

/** The session, a sync, a look at the market, sending and reading back, each as its job does it. */
async function wholeCycle(): Promise<void> {
  for (const id of await accountsDueForCheck(db, access.clock()))
    await asJob(() => checkAccount(access, id));
  await asJob(() => syncNow(office, storeId));
  await failRun(db, await requestSync(db, storeId, null), "unknown", access.clock());
  await asJob(goods.cycle);
}

const goneCount = () => db.$count(products, isNotNull(products.goneAt));
const knownCount = () => db.$count(products, isNull(products.goneAt));

type Fault = Parameters<typeof twin.setFault>[0];
export type FaultCase = [Fault["name"], Omit<Fault, "name"> & { expires?: boolean }];

/** Refused or never applied: sent again once Kaspi has shown that it has not arrived. */
const repeated: Fault["name"][] = ["write_lost", "writes_throttled"];

/** Two rounds under the fault, three after it. */
export async function survive([name, { expires, ...settings }]: FaultCase): Promise<void> {
  const before = shop();
  const known = await knownCount();
  if (expires) twin.expireSessions();
  twin.setFault({ name, ...settings });
  for (let round = 0; round < 2; round += 1) {
    await wholeCycle();
    expect([start, start - 21]).toContain(goods.kaspiPrice());
  }
  expect(shop()).toEqual(before);
  expect([await goneCount(), await knownCount()]).toEqual([0, known]);

  twin.clearFaults();
  for (let round = 0; round < 3; round += 1) {
    twin.advance({ ms: HOUR });
    await wholeCycle();
  }
  expect(goods.kaspiPrice()).toBe(start - 21);
  expect(shop()).toEqual(before);
  expect((await syncNow(office, storeId)).complete).toBe(true);
  expect(await listOpenNotices(db, owner)).toEqual([]);
  expect(goods.writes().length).toBeLessThanOrEqual(repeated.includes(name) ? 3 : 1);
}
