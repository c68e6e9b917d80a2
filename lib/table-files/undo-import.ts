import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import type { FollowedProduct } from "@/lib/repricing/bulk/follow-change";
import { lockProducts } from "@/lib/repricing/cost-floor/cost-import-queries";
import { finish, type StoredPlan } from "./apply-import";
import {
  type CellMark,
  cellsOfProducts,
  markCells,
  productsOfImport,
  type StoredCell,
} from "./cell-queries";
import { isCostField } from "./field-model";
import { lockImport, updateImport } from "./import-queries";
import { judgeCells } from "./judge-cells";
import { isSame } from "./merge-rules";
import { isAccepted } from "./plan-model";
import { obstacleTo } from "./plan-row";
import {
  pointsOfStores,
  type StorePoints,
  storesOfProducts,
  type TableRow,
  tableRows,
} from "./row-queries";
import { cellValue } from "./row-rules";
import { writeCells } from "./write-cells";

const BATCH = 2_000;

/**
 * Puts back what an import has changed, in one transaction, but for what was changed since, is refused now,
 * makes a floor under half of the price, or is no longer the caller's to change: that is marked and listed. Throws `conflict` for an import that was
 * not applied, or is undone already.
 */
export async function undoImport(
  db: Db,
  caller: Caller,
  importId: string,
  now: Date,
): Promise<{ left: number }> {
  return db.transaction(async (tx) => {
    const seen = await lockImport(tx, caller, importId);
    if (seen.state !== "applied") throw new AppError("conflict", "import_not_applied");
    const ids = await productsOfImport(tx, importId);
    await lockProducts(tx, ids);
    const points = await pointsOfStores(tx, await storesOfProducts(tx, ids));
    const followed: FollowedProduct[] = [];
    let hasCosts = false;
    let left = 0;
    for (let at = 0; at < ids.length; at += BATCH) {
      const batch = ids.slice(at, at + BATCH);
      const { planned, marks } = await asLeft(tx, caller, { importId, batch, points });
      const low = await lowAgain(tx, planned, now);
      marks.push(...low.map(({ nth }) => markOf({ nth, why: "floor_far_below_price" })));
      const { judged } = await judgeCells(tx, without(planned, low), now, "alone");
      followed.push(...(await writeCells(tx, { caller, importId, now }, judged)));
      const back = judged.flatMap((one) => one.cells as StoredCell[]);
      marks.push(...back.filter((cell) => !isAccepted(cell)).map(markOf));
      hasCosts ||= back.some((cell) => isAccepted(cell) && isCostField(cell.field));
      left += marks.length;
      await markCells(tx, importId, marks);
    }
    await finish(tx, caller, { importId, followed, hasCosts }, now);
    await updateImport(tx, importId, { state: "undone", undoneAt: now });
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: seen.storeId,
      action: "table.import_undone",
      subjectId: importId,
      details: { file: seen.fileName, count: ids.length, skipped: left },
    });
    return { left };
  });
}

/** What would make floors under half of their prices, which nobody is asked about here. */
async function lowAgain(tx: Tx, planned: readonly StoredPlan[], now: Date): Promise<StoredCell[]> {
  const { judged } = await judgeCells(tx, planned, now, "alone");
  return judged.flatMap(({ cells }) =>
    (cells as StoredCell[]).filter((cell) => isAccepted(cell) && cell.isDoubtful),
  );
}

function without(planned: readonly StoredPlan[], left: readonly StoredCell[]): StoredPlan[] {
  const leftOut = new Set(left.map(({ nth }) => nth));
  return planned.map(({ row, cells }) => ({
    row,
    cells: cells.filter(({ nth }) => !leftOut.has(nth)),
  }));
}

/** It is not put back, and why. */
const markOf = ({ nth, why }: Pick<StoredCell, "nth" | "why">): CellMark => ({
  ...{ nth, isLeft: true },
  why: why ?? "",
});

/** Of the applied cells those that still hold what the import has put there, turned round. */
async function asLeft(
  tx: Tx,
  caller: Caller,
  { importId, batch, points }: { importId: string; batch: string[]; points: StorePoints },
): Promise<{ planned: StoredPlan[]; marks: CellMark[] }> {
  const cells = await cellsOfProducts(tx, importId, batch);
  const rows = new Map((await tableRows(tx, caller, batch, points)).map((row) => [row.id, row]));
  const marks: CellMark[] = [];
  const planned = batch.flatMap((id): StoredPlan[] => {
    const row = rows.get(id);
    const applied = (cells.get(id) ?? []).filter(isAccepted);
    const open = applied.filter((cell) => {
      const why = whyLeft(row, cell);
      if (why !== null) marks.push(markOf({ nth: cell.nth, why }));
      return why === null;
    });
    return row && open.length > 0 ? [{ row, cells: open.map(turned) }] : [];
  });
  return { planned, marks };
}

function whyLeft(row: TableRow | undefined, { field, after }: StoredCell): string | null {
  if (!row) return "read_only";
  return obstacleTo(row, field) ?? (isSame(cellValue(row, field), after) ? null : "changed_since");
}

const turned = (cell: StoredCell): StoredCell => ({
  ...cell,
  ...{ before: cell.after, after: cell.before, kind: "change", why: null, isDoubtful: false },
});
