import type { Page } from "@playwright/test";
import { connectCabinet } from "./cabinet";
import { twin } from "./twin";

export const smallShop = {
  merchantUid: "17203946",
  email: "small@duken.kz",
  password: "small-kaspi",
};
const cityId = "750000000";
/** Other specs connect it too, and an article that is a part of its articles would be two rows. */
const largeShopUid = "30518274";

/** Connects the small training shop, anew if it is connected. */
export async function connectSmallShop(page: Page): Promise<void> {
  await connectCabinet(page, smallShop);
}

export type ShopGoods = {
  sku: string;
  start: number;
  /** The only other seller asks this much. */
  rival(price: number): Promise<unknown>;
  /** What buyers pay. */
  kaspiPrice(): Promise<number | undefined>;
  /** How many prices Kaspi has been sent. */
  writes(): Promise<number>;
};

/** Goods of the small shop that no other test looks at: the `nth` from the end of those on sale. */
export async function goodsFromTheEnd(nth: number): Promise<ShopGoods> {
  const { merchantUid } = smallShop;
  const offers = await twin.offers({ merchantUid, onSale: true, limit: 50 });
  const elsewhere = await twin.offers({ merchantUid: largeShopUid, limit: 1_000 });
  const isAlone = (sku: string) =>
    [...offers, ...elsewhere].filter((other) => other.sku.includes(sku)).length === 1;
  const dear = offers.filter(({ sku, prices }) => (prices[cityId] ?? 0) > 5_000 && isAlone(sku));
  const found = dear.at(-nth);
  if (!found) throw new Error("no goods for this test");
  const { sku, cardId, prices } = found;
  return {
    sku,
    start: prices[cityId] ?? 0,
    rival: (price) => twin.setRivals({ cardId, cityId, rivals: [{ merchantId: "990001", price }] }),
    kaspiPrice: async () => (await twin.offer({ merchantUid, sku })).prices[cityId],
    writes: async () => (await twin.writes({ merchantUid, sku })).length,
  };
}
