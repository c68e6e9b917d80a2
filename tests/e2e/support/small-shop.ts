import type { Locator, Page } from "@playwright/test";
import { connectCabinet } from "./cabinet";
import { office } from "./office";
import { twin } from "./twin";

export const smallShop = {
  name: "Лавка у дома",
  merchantUid: "17203946",
  email: "small@duken.kz",
  password: "small-kaspi",
};
const cityId = "750000000";

/**
 * Who works with goods of the small shop. Everybody has goods of its own: the specs share one
 * training Kaspi, and what one of them has changed must not be what another one finds.
 */
const users = [
  "accessibility",
  "chart and faults",
  "cost by hand",
  "cost by file, one",
  "cost by file, other",
  "keys",
  "ledger",
  "live result",
  "live row, above",
  "live row, below",
  "outage",
  "overview",
  "preorder, one",
  "preorder, other",
  "price war",
  "refused address",
  "refused price",
  "reviews",
  "rule",
  "rule taken over",
  "table by file, one",
  "table by file, other",
  "waiting, agreed",
  "waiting, kept",
  "waiting, moved",
] as const;
export type GoodsUser = (typeof users)[number];

/** Connects the small training shop, anew if it is connected. */
export async function connectSmallShop(page: Page): Promise<void> {
  await connectCabinet(page, smallShop);
}

/** Its card on the page of stores, where other shops stand as well. */
export const smallShopCard = (page: Page): Locator =>
  page.getByRole("region", { name: smallShop.name });

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

/** The goods of the small shop that only this user looks at. */
export async function goodsFor(user: GoodsUser): Promise<ShopGoods> {
  const { merchantUid } = smallShop;
  const sku = office().goods[users.indexOf(user)];
  if (sku === undefined) throw new Error(`no goods for ${user}`);
  const { cardId, prices } = await twin.offer({ merchantUid, sku });
  return {
    sku,
    start: prices[cityId] ?? 0,
    rival: (price) => twin.setRivals({ cardId, cityId, rivals: [{ merchantId: "990001", price }] }),
    kaspiPrice: async () => (await twin.offer({ merchantUid, sku })).prices[cityId],
    writes: async () => (await twin.writes({ merchantUid, sku })).length,
  };
}
