import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { kaspiTemplateStream } from "@/lib/excel/kaspi-template";
import type { TemplateRow } from "@/lib/excel/kaspi-template-model";
import { pricedCitiesOf } from "@/lib/repricing/send/exit-lock-queries";
import { priceRefusal } from "@/lib/repricing/send/price-refusal";
import { readableStore, type Store } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { PreorderFilter } from "./address";
import { exportedFacts, exportedOffSale, exportedPreorders } from "./export-queries";
import { byTablePoint, outsideTable } from "./points-model";
import type { PreorderRow } from "./queries";

/** Of the articles that keep a file from being made. */
const NAMED = 20;

/**
 * The open preorders of a store in Kaspi's own table of goods, sent while it is read: goods on sale with the
 * price Kaspi shows. Throws `not_found` for a store the caller may not see and when there is none, `invalid`
 * while sending is stopped, where their points are not the five that the table knows, and where a price may not
 * put its goods on sale; `rate_limited` for more than ten files of one person in ten minutes. Who took it is written down.
 */
export async function exportPreorders(
  db: Db,
  caller: Caller,
  filter: PreorderFilter & { store: string },
  now: Date,
): Promise<ReadableStream<Uint8Array>> {
  const store = await readableStore(db, caller, filter.store);
  const { id: storeId, merchantId } = store;
  const { sendingStoppedAt } = await getWorkspace(db);
  if (store.sendingStoppedAt || sendingStoppedAt)
    throw new AppError("invalid", "preorders_stopped");
  const { count, pointIds } = await exportedFacts(db, caller, filter);
  if (count === 0) throw new AppError("not_found", "preorders_none");
  const strangers = outsideTable(pointIds, merchantId);
  if (strangers.length > 0)
    throw new AppError("invalid", "preorder_points_outside", {
      params: { points: strangers.sort().join(", ") },
    });
  await requirePrices(db, { caller, filter, store }, now);
  const entry = { at: now, storeId, details: { ...filter } };
  await takeAllowed(db, caller.id, filesTaken("preorders.exported"), entry);
  return kaspiTemplateStream(inTemplate(exportedPreorders(db, caller, filter)));
}

type Asked = { caller: Caller; filter: PreorderFilter & { store: string }; store: Store };

/** What the file puts on sale has to pass the gate of prices, as what is sent does. */
async function requirePrices(db: Db, { caller, filter, store }: Asked, now: Date): Promise<void> {
  const refused = await db.transaction(async (tx) => {
    const found: string[] = [];
    for (const { product, price } of await exportedOffSale(tx, caller, filter)) {
      const cityIds = (await pricedCitiesOf(tx, product.id)).map(({ cityId }) => cityId);
      const why = await priceRefusal(tx, { store, product, cityIds }, price, now);
      if (why !== null) found.push(product.sku);
    }
    return found;
  });
  if (refused.length > 0)
    throw new AppError("invalid", "preorder_prices_refused", {
      params: { articles: refused.slice(0, NAMED).join(", ") },
    });
}

async function* inTemplate(
  batches: AsyncIterable<PreorderRow[]>,
): AsyncGenerator<TemplateRow[], void> {
  for await (const batch of batches)
    yield batch.map(
      ({ article, name, brand, price, shownPrice, onSale, points, merchantId, leadDays }) => ({
        ...{ sku: article, model: name, brand },
        // A preorder never changes the price of goods that are on sale.
        price: onSale ? (shownPrice ?? price) : price,
        points: byTablePoint(points, merchantId),
        preorder: leadDays > 0 ? leadDays : null,
      }),
    );
}

/** `duken-preorders-2026-11-22.xlsx` */
export const preordersFileName = (now: Date): string =>
  `duken-preorders-${now.toISOString().slice(0, 10)}.xlsx`;
