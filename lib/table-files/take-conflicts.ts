import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import {
  type CellMark,
  cellsOfProducts,
  disputed,
  markCells,
  type StoredCell,
} from "./cell-queries";
import { lockImport } from "./import-queries";
import { judgeCells } from "./judge-cells";
import { pointsOfStores, storesOfProducts, tableRows } from "./row-queries";
import { besideError, botWaits } from "./together-rules";

const BATCH = 2_000;

/**
 * Whether the file's word counts in a disputed cell, or in all of them. What is taken is judged with the
 * other cells of its product: what is refused stays untaken and says why; one alone throws `invalid`.
 */
export async function takeConflicts(
  db: Db,
  caller: Caller,
  { importId, nth, taken }: { importId: string; nth: number | null; taken: boolean },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { state } = await lockImport(tx, caller, importId);
    if (state !== "seen") throw new AppError("conflict", "import_applied");
    const meant = await disputed(tx, importId, nth);
    if (meant.length === 0) throw new AppError("not_found", "import_not_found");
    const named = new Set(meant.map((one) => one.nth));
    const ids = [...new Set(meant.map(({ productId }) => productId))].sort();
    const points = await pointsOfStores(tx, await storesOfProducts(tx, ids));
    for (let at = 0; at < ids.length; at += BATCH) {
      const batch = ids.slice(at, at + BATCH);
      const cells = await cellsOfProducts(tx, importId, batch);
      const rows = await tableRows(tx, caller, batch, points);
      const planned = rows.map((row) => {
        const meantOf = (cell: StoredCell) =>
          named.has(cell.nth) ? { ...cell, isTaken: taken, why: null } : cell;
        const carried = (cells.get(row.id) ?? []).filter(({ kind }) => kind !== "error");
        return { row, cells: botWaits(carried.map(meantOf)) };
      });
      const { judged } = await judgeCells(tx, planned, now);
      const settled = judged.flatMap((one) => settledOf(one.cells as StoredCell[], named));
      const refused = taken && settled.find((cell) => cell.nth === nth && cell.why !== "");
      if (refused) throw new AppError("invalid", "conflict_refused");
      await markCells(tx, importId, settled);
    }
  });
}

/** Where a change beside it would fall for it, a disputed cell is not taken. */
function settledOf(cells: readonly StoredCell[], named: ReadonlySet<number>): CellMark[] {
  const fallen = cells.find(({ kind, why }) => kind === "error" && why !== besideError.why);
  if (fallen)
    return cells
      .filter(({ nth }) => named.has(nth))
      .map(({ nth }) => ({ nth, isTaken: false, isDoubtful: false, why: fallen.why ?? "" }));
  return cells.map(({ nth, isTaken, isDoubtful, why }) => ({
    ...{ nth, isTaken, isDoubtful },
    why: why ?? "",
  }));
}
