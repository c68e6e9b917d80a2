import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { type FollowedProduct, followChange } from "@/lib/repricing/bulk/follow-change";
import { lockProducts } from "@/lib/repricing/cost-floor/cost-import-queries";
import { beginFloors } from "@/lib/repricing/cost-floor/recompute-floors";
import { cellsOfProducts, productsOfImport, type StoredCell } from "./cell-queries";
import { isCostField } from "./field-model";
import { lockImport, updateImport } from "./import-queries";
import { type Judged, judgeCells, type Planned } from "./judge-cells";
import { isSame } from "./merge-rules";
import { isAccepted } from "./plan-model";
import { obstacleTo } from "./plan-row";
import { pointsOfStores, type StorePoints, storesOfProducts, tableRows } from "./row-queries";
import { cellValue } from "./row-rules";
import { writeCells } from "./write-cells";

const BATCH = 2_000;

/**
 * Carries out everything that was accepted of an import, in one transaction: all of it or nothing. Each
 * value is judged again. Throws `confirmation_needed` while floors under half of their prices are not
 * confirmed, `conflict` when anything has changed since the person looked, or it was applied before.
 */
export async function applyImport(
  db: Db,
  caller: Caller,
  { importId, confirm }: { importId: string; confirm: boolean },
  now: Date,
): Promise<{ products: number }> {
  return db.transaction(async (tx) => {
    const seen = await lockImport(tx, caller, importId);
    if (seen.state !== "seen") throw new AppError("conflict", "import_applied");
    const ids = await productsOfImport(tx, importId);
    if (ids.length === 0) throw new AppError("invalid", "import_empty");
    await lockProducts(tx, ids);
    const points = await pointsOfStores(tx, await storesOfProducts(tx, ids));
    const followed: FollowedProduct[] = [];
    let hasCosts = false;
    for (let at = 0; at < ids.length; at += BATCH) {
      const batch = ids.slice(at, at + BATCH);
      const planned = await asSeen(tx, caller, { importId, batch, points });
      const { judged } = await judgeCells(tx, planned, now);
      requireSeenLow(planned, judged);
      requireAccepted(judged, confirm);
      followed.push(...(await writeCells(tx, { caller, importId, now }, judged)));
      hasCosts ||= planned.some(({ cells }) => cells.some(({ field }) => isCostField(field)));
    }
    await finish(tx, caller, { importId, followed, hasCosts }, now);
    await updateImport(tx, importId, { state: "applied", appliedAt: now });
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: seen.storeId,
      action: "table.imported",
      subjectId: importId,
      details: { file: seen.fileName, count: ids.length },
    });
    return { products: ids.length };
  });
}

/** What follows for prices, and for the floors that costs make. */
export async function finish(
  tx: Tx,
  caller: Caller,
  change: { importId: string; followed: FollowedProduct[]; hasCosts: boolean },
  now: Date,
): Promise<void> {
  if (change.followed.length > 0)
    await followChange(tx, { subject: change.importId, by: caller.id, now }, change.followed);
  if (change.hasCosts) await beginFloors(tx, caller.id, now);
}

export type StoredPlan = Pick<Planned, "row"> & { cells: StoredCell[] };

/** The accepted cells of some products, which still are as the person has seen them. */
async function asSeen(
  tx: Tx,
  caller: Caller,
  { importId, batch, points }: { importId: string; batch: string[]; points: StorePoints },
): Promise<StoredPlan[]> {
  const cells = await cellsOfProducts(tx, importId, batch);
  const rows = new Map((await tableRows(tx, caller, batch, points)).map((row) => [row.id, row]));
  return batch.map((id) => {
    const accepted = (cells.get(id) ?? []).filter(isAccepted);
    const row = rows.get(id);
    const isAsSeen = (cell: StoredCell) =>
      row !== undefined &&
      obstacleTo(row, cell.field) === null &&
      isSame(cellValue(row, cell.field), cell.before);
    if (!row || !accepted.every(isAsSeen)) throw outdated(accepted[0]?.article ?? "");
    return { row, cells: accepted };
  });
}

const outdated = (article: string) =>
  new AppError("conflict", "import_outdated", { params: { article } });

function requireAccepted(judged: readonly Judged[], confirm: boolean): void {
  const cells = judged.flatMap((one) => one.cells);
  const refused = cells.find((cell) => !isAccepted(cell));
  if (refused) throw outdated(refused.article);
  if (!confirm && cells.some(({ isDoubtful }) => isDoubtful))
    throw new AppError("confirmation_needed", "import_doubtful");
}

/** Who confirms low floors confirms those that were low when they were shown. */
function requireSeenLow(planned: readonly StoredPlan[], judged: readonly Judged[]): void {
  const shown = new Set(planned.flatMap(({ cells }) => cells.filter(isLow).map(({ nth }) => nth)));
  const cells = judged.flatMap((one) => one.cells as StoredCell[]);
  const unseen = cells.find((cell) => isLow(cell) && !shown.has(cell.nth));
  if (unseen) throw outdated(unseen.article);
}

const isLow = ({ isDoubtful }: StoredCell) => isDoubtful;
