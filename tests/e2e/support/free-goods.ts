import type { Twin } from "./twin";

const smallShopUid = "17203946";
const cityId = "750000000";
/** Other specs connect it too: its goods are own offers on shared cards, and rows in the same list. */
const largeShopUid = "30518274";

/** Articles of the small shop that cost more than a few steps and meet no other shop of ours, as the training Kaspi begins. */
export async function freeGoods(twin: Twin): Promise<string[]> {
  const offers = await twin.offers({ merchantUid: smallShopUid, limit: 50 });
  const elsewhere = await twin.offers({ merchantUid: largeShopUid, limit: 1_000 });
  const shared = new Set(elsewhere.map(({ cardId }) => cardId));
  const all = [...offers, ...elsewhere];
  // An article that is a part of another would find two rows.
  const isAlone = (sku: string) => all.filter((other) => other.sku.includes(sku)).length === 1;
  return offers
    .filter(({ onSale, prices }) => onSale && (prices[cityId] ?? 0) > 5_000)
    .filter(({ sku, cardId }) => !shared.has(cardId) && isAlone(sku))
    .map(({ sku }) => sku);
}
