import { and, desc, eq } from "drizzle-orm";
import { tenge } from "@/lib/core/money";
import { productCities } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { repriceOne } from "@/lib/repricing/check/reprice-store";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { setStoreCities } from "@/lib/stores/set-store-cities";
import { type Goods, goodsOnSale } from "./goods";
import type { TestOffice } from "./office";
import { connectedStore, syncNow } from "./stores";

/** The demo shop's main city. */
export const ALMATY = "750000000";
export const ASTANA = "710000000";

export const demoShop = { email: "demo@duken.kz", password: "demo-kaspi" };

/** Products of the demo shop with a price of their own in either city, both of which are priced. */
export async function cityShelf(office: TestOffice, count: number, almatyDearerBy = 500) {
  const { storeId, merchantId: merchantUid } = await connectedStore(office, demoShop);
  await syncNow(office, storeId);
  const goods = (await goodsOnSale(office, storeId, merchantUid)).slice(0, count);
  return priceInTwoCities(office, goods, almatyDearerBy);
}

/** These of the demo shop's goods get a price of their own in either city, and both are priced from now on. */
export async function priceInTwoCities(
  office: TestOffice,
  goods: readonly Goods[],
  almatyDearerBy = 500,
) {
  const { access, owner, twin } = office;
  const { storeId = "" } = goods[0] ?? {};
  for (const { sku, merchantUid } of goods) {
    const price = twin.offer({ merchantUid, sku }).prices[ASTANA] ?? 0;
    const cityPrices = [
      { cityId: ALMATY, value: price + almatyDearerBy },
      { cityId: ASTANA, value: price },
    ];
    twin.changeOffer({ merchantUid, sku, price: null, cityPrices });
  }
  await setStoreCities(access.db, owner, { storeId, cityIds: [ASTANA] }, access.clock());
  await syncNow(office, storeId);
  return goods.map((one) => cityHandle(office, one));
}

export type CityHandle = ReturnType<typeof cityHandle>;

/** What a test does with one product in its cities. */
export function cityHandle(office: TestOffice, goods: Goods) {
  const { access, owner, twin } = office;
  const { db, clock } = access;
  const { productId, storeId, merchantUid, sku, cardId } = goods;
  const here = (cityId: string) =>
    and(eq(decisions.productId, productId), eq(decisions.cityId, cityId));
  return {
    ...goods,
    truth: () => twin.offer({ merchantUid, sku }),
    kaspiPrice: (cityId: string) => twin.offer({ merchantUid, sku }).prices[cityId] ?? 0,
    rivals(cityId: string, ...prices: number[]) {
      const rivals = prices.map((price, nth) => ({ merchantId: `99000${nth}`, price }));
      twin.setRivals({ cardId, cityId, rivals });
    },
    async watch(floor: number) {
      await setLimits(db, owner, productId, { floor: tenge(floor), confirm: true }, clock());
      await setBot(db, owner, productId, true, clock());
    },
    check: (cityId: string) => repriceOne(access, owner, productId, { cityId }),
    publish: () => publishStore(access, storeId),
    confirm: () => confirmStore(access, storeId),
    /** Sends all there is, one city after another, and lets Kaspi apply each. */
    async sendAll() {
      for (let round = 0; round < 4; round += 1) {
        while ((await publishStore(access, storeId)).goesOn);
        twin.advance({ ms: 10_000 });
        await confirmStore(access, storeId);
      }
    },
    async last(cityId: string) {
      const [row] = await db
        .select()
        .from(decisions)
        .where(here(cityId))
        .orderBy(desc(decisions.seq))
        .limit(1);
      return row;
    },
    async cities() {
      const rows = await db
        .select()
        .from(productCities)
        .where(eq(productCities.productId, productId));
      return new Map(rows.map((row) => [row.cityId, row]));
    },
    writes: () => twin.writes({ merchantUid, sku }),
  };
}
