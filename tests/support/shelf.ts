import { type Goods, goodsOnSale, type Handle, handle } from "./goods";
import type { TestOffice } from "./office";
import { connectedStore, syncNow } from "./stores";

export type Shelf = {
  storeId: string;
  merchantUid: string;
  /** The next product that no test has touched. */
  take(): Handle;
  /** One whose rival asks 20 ₸ less, and whose bot may follow down to nine tenths of its price. */
  contested(): Promise<Handle>;
};

/** The goods of a connected and synced shop. Once per test file, at its top. */
export async function fullShelf(
  office: TestOffice,
  login?: Parameters<typeof connectedStore>[1],
): Promise<Shelf> {
  const { storeId, merchantId: merchantUid } = await connectedStore(office, login);
  await syncNow(office, storeId);
  const left: Goods[] = await goodsOnSale(office, storeId, merchantUid);
  const take = () => {
    const next = left.pop();
    if (!next) throw new Error("the shop is too small for these tests");
    return handle(office, next);
  };
  return {
    storeId,
    merchantUid,
    take,
    async contested() {
      const goods = take();
      goods.rivals(goods.kaspiPrice() - 20);
      await goods.watch({ floor: Math.ceil(goods.kaspiPrice() * 0.9) });
      return goods;
    },
  };
}
