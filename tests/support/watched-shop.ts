import { eq } from "drizzle-orm";
import type { KaspiCredentials } from "@/lib/accounts/model";
import { tenge } from "@/lib/core/money";
import { HOUR } from "@/lib/core/time";
import { productCities, products } from "@/lib/db/schema/products";
import { budgetEntries, decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { priceAnswers, priceHolds, undoItems, wideChanges } from "@/lib/db/schema/safety";
import { notices } from "@/lib/db/schema/workspace";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { setSendingStopped } from "@/lib/workspace/queries";
import { goodsOnSale, type Handle, handle } from "./goods";
import type { TestOffice } from "./office";
import { connectedStore, syncNow } from "./stores";

/** What bots may follow a rival down to, as a share of the price. */
const FLOOR = 0.5;

export type WatchedGoods = { storeId: string; shelf: Handle[]; starts: number[] };

/** Goods of a connected and synced shop, all or so many, with a floor and the bot on. Once per test file. */
export async function watchedGoods(
  office: TestOffice,
  { many, floor = FLOOR, login }: { many?: number; floor?: number; login?: KaspiCredentials } = {},
): Promise<WatchedGoods> {
  const { storeId, merchantId } = await connectedStore(office, login);
  await syncNow(office, storeId);
  const goods = await goodsOnSale(office, storeId, merchantId);
  if (goods.length < (many ?? 1)) throw new Error("the shop is too small for these tests");
  const shelf = goods.slice(0, many).map((one) => handle(office, one));
  const starts = shelf.map((one) => one.kaspiPrice());
  for (const one of shelf) await one.watch({ floor: Math.ceil(one.kaspiPrice() * floor) });
  return { storeId, shelf, starts };
}

/** The same, with what its jobs do to all of them, and the way back to where it began. */
export async function watchedShop(office: TestOffice, many: number) {
  const { access, twin } = office;
  const { db, clock } = access;
  const shop = await watchedGoods(office, { many });
  const { storeId, shelf, starts } = shop;

  /** Everything is looked at. */
  async function run(): Promise<void> {
    await db.update(productCities).set({ nextCheckAt: clock() });
    while (await repriceDue(access, storeId, { trigger: "schedule" }));
  }

  /** How many prices have reached Kaspi. */
  async function publish(): Promise<number> {
    const before = twin.writes().length;
    while ((await publishStore(access, storeId)).goesOn);
    return twin.writes().length - before;
  }

  /** Kaspi applies what it has got, and it is read back. */
  async function confirm(): Promise<void> {
    do twin.advance({ ms: 10_000 });
    while ((await confirmStore(access, storeId)).read > 0);
  }

  /** So many times in turn; how many prices have reached Kaspi. */
  async function settle(rounds = 1): Promise<number> {
    let sent = 0;
    for (let round = 0; round < rounds; round += 1) {
      sent += await publish();
      await confirm();
    }
    return sent;
  }

  /**
   * Every product at its first price and free, nobody to follow, nothing decided, asked or answered.
   * `keepsLedger`: what was decided stays, as if it had come to its end.
   */
  async function beginAgain({ keepsLedger = false } = {}): Promise<void> {
    for (const table of [undoItems, priceAnswers, priceHolds, wideChanges, notices, budgetEntries])
      await db.delete(table);
    if (keepsLedger) await db.update(decisions).set({ state: "confirmed", canaryOf: null });
    else {
      await db.update(productCities).set({ lastDecisionId: null });
      await db.delete(decisions);
      await db.delete(pricingRuns);
    }
    await setSendingStopped(db, null, false, clock());
    twin.clearFaults();
    // Whatever the former test has left on its way at Kaspi has arrived or never will.
    twin.advance({ ms: 2 * HOUR });
    for (const [nth, one] of shelf.entries()) await toStart(one, tenge(starts[nth] ?? 0));
  }

  async function toStart(one: Handle, price: ReturnType<typeof tenge>): Promise<void> {
    const { merchantUid, sku, productId } = one;
    twin.changeOffer({ merchantUid, sku, price, cityPrices: null });
    one.rivals();
    const floor = tenge(Math.ceil(price * FLOOR));
    const free = { manualLock: false, botEnabled: true, onSale: true, goneAt: null, rule: {} };
    await db
      .update(products)
      .set({ ...free, floor, ceiling: null, anchor: price })
      .where(eq(products.id, productId));
    await db.update(productCities).set({ price }).where(eq(productCities.productId, productId));
  }

  return {
    ...shop,
    run,
    publish,
    confirm,
    settle,
    beginAgain,
    /** Rivals at this share of the first prices, of all goods or of some. */
    rivalsAt(share: number, of: readonly Handle[] = shelf): void {
      for (const one of of) one.rivals(Math.ceil((starts[shelf.indexOf(one)] ?? 0) * share));
    },
    /** What buyers pay now. */
    prices: () => shelf.map((one) => one.kaspiPrice()),
  };
}
