import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { kaspiTemplateStream } from "@/lib/excel/kaspi-template";
import type { TemplateRow } from "@/lib/excel/kaspi-template-model";
import { readableStore } from "@/lib/stores/queries";
import type { PreorderFilter } from "./address";
import { byTablePoint, outsideTable } from "./points-model";
import { exportedFacts, exportedPreorders, type PreorderRow } from "./queries";

/**
 * The preorders of a store in Kaspi's own table of goods, sent while it is read. Throws `not_found` for a
 * store the caller may not see and when there is none, `invalid` where their points are not the five that the
 * table knows, `rate_limited` for more than ten files of one person in ten minutes. Who took it is written down.
 */
export async function exportPreorders(
  db: Db,
  caller: Caller,
  filter: PreorderFilter & { store: string },
  now: Date,
): Promise<ReadableStream<Uint8Array>> {
  const { id: storeId, merchantId } = await readableStore(db, caller, filter.store);
  const { count, pointIds } = await exportedFacts(db, caller, filter);
  if (count === 0) throw new AppError("not_found", "preorders_none");
  const strangers = outsideTable(pointIds, merchantId);
  if (strangers.length > 0)
    throw new AppError("invalid", "preorder_points_outside", {
      params: { points: strangers.sort().join(", ") },
    });
  const entry = { at: now, storeId, details: { ...filter } };
  await takeAllowed(db, caller.id, filesTaken("preorders.exported"), entry);
  return kaspiTemplateStream(inTemplate(exportedPreorders(db, caller, filter)));
}

async function* inTemplate(
  batches: AsyncIterable<PreorderRow[]>,
): AsyncGenerator<TemplateRow[], void> {
  for await (const batch of batches)
    yield batch.map(({ article, name, brand, price, points, merchantId, leadDays }) => ({
      ...{ sku: article, model: name, brand, price },
      points: byTablePoint(points, merchantId),
      preorder: leadDays > 0 ? leadDays : null,
    }));
}

/** `duken-preorders-2026-11-22.xlsx` */
export const preordersFileName = (now: Date): string =>
  `duken-preorders-${now.toISOString().slice(0, 10)}.xlsx`;
