import { and, eq } from "drizzle-orm";
import { tenge } from "@/lib/core/money";
import { DAY } from "@/lib/core/time";
import { decisions } from "@/lib/db/schema/repricing";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { findProduct } from "@/lib/products/queries";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { repriceOne } from "@/lib/repricing/check/reprice-store";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import type { TestOffice } from "./office";

export type Goods = {
  storeId: string;
  merchantUid: string;
  productId: string;
  sku: string;
  cardId: string;
  cityId: string;
};

/**
 * Products of the store that are on sale, and sold by no other shop of the twin's: one for each test.
 * Those of the list's first page, or of so many.
 */
export async function goodsOnSale(
  { access, owner, twin }: TestOffice,
  storeId: string,
  merchantUid: string,
  { pages = 1 } = {},
): Promise<Goods[]> {
  const rows = [];
  for (let page = 1; page <= pages; page += 1) {
    const wanted = productListSchema.parse({ store: storeId, page });
    rows.push(...(await listProducts(access.db, owner, wanted, access.clock())).rows);
  }
  const goods: Goods[] = [];
  for (const { id: productId, sku, cardId, onSale } of rows) {
    if (!onSale || cardId === null) continue;
    const { cityId } = await findProduct(access.db, owner, productId);
    twin.setRivals({ cardId, cityId, rivals: [] });
    if (twin.market({ cardId, cityId }).length === 1)
      goods.push({ storeId, merchantUid, productId, sku, cardId, cityId });
  }
  return goods;
}

/** What a test does with one product: as the seller, as Kaspi, and as the jobs. */
export function handle(office: TestOffice, goods: Goods) {
  const { access, twin, owner } = office;
  const { productId, storeId, cityId, cardId, merchantUid, sku } = goods;
  const truth = () => twin.offer({ merchantUid, sku });
  const product = () => findProduct(access.db, owner, productId);
  return {
    ...goods,
    truth,
    product,
    /** What buyers pay now. */
    kaspiPrice: () => truth().prices[cityId] ?? 0,
    async watch(limits: { floor: number; ceiling?: number }) {
      const floor = tenge(limits.floor);
      const ceiling = limits.ceiling === undefined ? null : tenge(limits.ceiling);
      await setLimits(
        access.db,
        owner,
        productId,
        { floor, ceiling, confirm: true },
        access.clock(),
      );
      await setBot(access.db, owner, productId, true, access.clock());
    },
    rivals(...prices: number[]) {
      const rivals = prices.map((price, nth) => ({ merchantId: `99000${nth}`, price }));
      twin.setRivals({ cardId, cityId, rivals });
    },
    check: () => repriceOne(access, owner, productId),
    async publish() {
      while ((await publishStore(access, storeId)).goesOn);
    },
    /** Looks, sends, lets Kaspi apply, and reads back. */
    async cycle() {
      await repriceOne(access, owner, productId);
      while ((await publishStore(access, storeId)).goesOn);
      twin.advance({ ms: 10_000 });
      await confirmStore(access, storeId);
      return (await product()).lastDecision;
    },
    writes: () => twin.writes({ merchantUid, sku }),
    history: () =>
      access.db
        .select()
        .from(decisions)
        .where(and(eq(decisions.productId, productId), eq(decisions.cityId, cityId)))
        .orderBy(decisions.seq),
    nextDay: () => twin.advance({ ms: DAY }),
  };
}

export type Handle = ReturnType<typeof handle>;
