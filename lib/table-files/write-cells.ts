import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { noCosts } from "@/lib/costs/model";
import { saveCosts } from "@/lib/costs/queries";
import type { Tx } from "@/lib/db/client";
import { putPreorder } from "@/lib/preorders/put-preorder";
import { saveStocks } from "@/lib/products/stock-queries";
import { setManySellerFields } from "@/lib/repricing/bulk/bulk-batch-queries";
import type { FollowedProduct } from "@/lib/repricing/bulk/follow-change";
import { markProductsStale } from "@/lib/repricing/cost-floor/cost-floor-queries";
import { entriesOf } from "./audit-rules";
import type { Judged } from "./judge-cells";
import { isAccepted } from "./plan-model";
import type { PreorderTerms } from "./preorder-rules";
import { type Wanted, wantedOf } from "./row-rules";
import { setNotes } from "./write-queries";

type By = { caller: Caller; importId: string; now: Date };

/** A product with what is to be stored of it. */
export type Written = Pick<Judged, "row" | "settled"> & { wanted: Wanted };

/**
 * Stores the accepted cells of a few thousand products, set by set, and writes down who did it. Call it with
 * the products locked, and with their cells judged as they are now. Returns those whose prices it is about.
 */
export async function writeCells(
  tx: Tx,
  { caller, importId, now }: By,
  judged: readonly Judged[],
): Promise<FollowedProduct[]> {
  const userId = caller.id;
  const written = judged.map(({ row, cells, settled }): Written => {
    const accepted = cells.filter(isAccepted).map(({ field, after }) => ({ field, value: after }));
    return { row, settled, wanted: wantedOf(row, accepted) };
  });
  const moved = written.flatMap(({ row, settled }) =>
    settled && Object.keys(settled.after).length > 0 ? [{ row, fields: settled.after }] : [],
  );
  if (moved.length > 0)
    await setManySellerFields(
      tx,
      moved.map(({ row, fields }) => ({ id: row.id, fields })),
      now,
    );
  await setNotes(
    tx,
    written.flatMap(({ row: { id }, wanted: { note } }) =>
      note === undefined ? [] : [{ id, note }],
    ),
    now,
  );
  await storeCosts(tx, written, { userId, now });
  await saveStocks(
    tx,
    written.flatMap(({ row: { id: productId, storeId }, wanted }) =>
      wanted.stocks.map((stock) => ({ productId, storeId, ...stock })),
    ),
    userId,
    now,
  );
  for (const { row, wanted } of written)
    if (wanted.preorder) await putPreorder(tx, caller, meantFor(row, wanted.preorder), now);
  const entries = written.flatMap((one) =>
    entriesOf(one).map(
      (entry): AuditEntry => ({
        ...{ at: now, userId, storeId: one.row.storeId, subjectId: one.row.id },
        ...entry,
        details: { ...entry.details, import: importId },
      }),
    ),
  );
  await audit(tx, ...entries);
  return moved.map(({ row: { id, storeId, botEnabled }, fields }) => ({
    ...{ id, storeId, botEnabled: fields.botEnabled ?? botEnabled },
    isSwitchedOn: fields.botEnabled === true,
  }));
}

const meantFor = (row: Judged["row"], { days, points }: PreorderTerms) => ({
  ...{ productId: row.id, storeId: row.storeId, openId: row.preorder?.id ?? null },
  terms:
    days === null || points === null
      ? null
      : {
          leadDays: days,
          points: Object.entries(points).map(([code, quantity]) => ({
            ...{ pointId: row.points.get(code) ?? code, quantity },
          })),
        },
});

/** Their floors are computed by a job. */
async function storeCosts(
  tx: Tx,
  written: readonly Written[],
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  const rows = written.flatMap(({ row: { id }, wanted: { costs } }) =>
    costs ? [{ productId: id, costs: { ...noCosts, ...costs } }] : [],
  );
  await saveCosts(tx, rows, { userId, source: "import" }, now);
  await markProductsStale(
    tx,
    rows.map(({ productId }) => productId),
    now,
  );
}
