import { DAY, later } from "@/lib/core/time";
import { type NewNotice, raiseNotices } from "@/lib/notices/queries";
import type { TellingAccess } from "./access";
import {
  type LowStock,
  lowStocks,
  resolveResumed,
  resolveStock,
  resolveThawed,
  type StockTold,
  stockTold,
  untoldFrozen,
  untoldStops,
} from "./shop-news-queries";

type Access = Pick<TellingAccess, "db" | "clock">;

/**
 * Compares what waits and what is stopped with what the notices say: tells of what they do not, closes what is
 * over. Nothing of it is on the way of a price. Returns how many notices were raised or renewed.
 */
export function raiseShopNews({ db, clock }: Access): Promise<number> {
  return db.transaction(async (tx) => {
    const now = clock();
    await resolveThawed(tx, now);
    await resolveResumed(tx, now);
    const frozen = await untoldFrozen(tx, now);
    const stops = await untoldStops(tx);
    const news: NewNotice[] = [
      ...frozen.map(
        ({ productId, cityId, storeId, storeName, product, decisionId, isNews, ...prices }) => ({
          kind: "price_frozen" as const,
          about: `${productId}:${cityId}`,
          severity: "warning" as const,
          storeId,
          params: {
            ...{ store: storeName, product, product_id: productId, city: cityId },
            ...{ decision: decisionId, before: prices.before ?? 0, wanted: prices.wanted ?? 0 },
          },
          ...(isNews && { renewedAt: now }),
        }),
      ),
      ...stops.map(({ about, storeId, storeName }) => ({
        kind: "sending_stopped" as const,
        ...{ about, storeId, severity: "danger" as const, params: { store: storeName ?? "" } },
      })),
    ];
    await raiseNotices(tx, news);
    return news.length;
  });
}

/** The same of goods that run out, which is asked for once an hour: one notice of a store. */
export function raiseStockNews({ db, clock }: Access): Promise<number> {
  return db.transaction(async (tx) => {
    const now = clock();
    const told = new Map((await stockTold(tx)).map((one) => [one.storeId, one]));
    const low = await lowStocks(tx, now);
    const isLow = new Set(low.map(({ storeId }) => storeId));
    const over = [...told.keys()].filter((storeId) => !isLow.has(storeId));
    await resolveStock(tx, over, now);
    const news = low.flatMap((stock) => stockNews(stock, told.get(stock.storeId), now));
    await raiseNotices(tx, news);
    return news.length;
  });
}

/** More of them are news, once a day; fewer only change the words of what stands; what was put away stays so. */
function stockNews(stock: LowStock, told: StockTold | undefined, now: Date): NewNotice[] {
  const { storeId, storeName: store, count, product } = stock;
  const isMore = count > (told?.count ?? 0);
  const isRested = !told || told.count === 0 || told.at <= later(now, -DAY);
  const isNews = isMore && isRested;
  if (!isNews && !told?.isOpen) return [];
  return [
    {
      kind: "low_stock",
      ...{
        about: storeId,
        severity: "info",
        storeId,
        params: { store, count, product, of: storeId },
      },
      ...(isNews && { renewedAt: now }),
    },
  ];
}
