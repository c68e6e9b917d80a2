import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { storable } from "@/lib/core/text";
import type { Db, Tx } from "@/lib/db/client";
import { MOST_AT_ONCE } from "@/lib/preorders/model";
import type { WorstCase } from "@/lib/repricing/bulk/bulk-model";
import { worse } from "@/lib/repricing/bulk/worst-case-model";
import { insertPlan } from "./cell-queries";
import { type Exported, readExported } from "./exported-base";
import { isPreorderField } from "./field-model";
import { type Found, failure, findProducts } from "./find-products";
import { insertImport } from "./import-queries";
import { judgeCells, type Planned } from "./judge-cells";
import { isSameArticle } from "./merge-rules";
import type { FailedLine, PlannedCell } from "./plan-model";
import { planRow } from "./plan-row";
import { notHere, withOwnPoints } from "./price-list-rules";
import { readTable } from "./read-table";
import {
  pointsOfStores,
  type StorePoints,
  storesOfProducts,
  type TableRow,
  tableRows,
} from "./row-queries";
import { storeMeant } from "./store-meant";
import type { TableLine } from "./table-model";
import { heldTogether } from "./together-rules";

const BATCH = 2_000;
/** Kept of the lines and cells that cannot be carried out: who has more of them has the wrong file. */
const MOST_ERRORS = 1_000;
const MOST_CELLS = 500_000;

export type Looked = { file: Uint8Array; fileName: string; storeId: string | null };

/**
 * What a table that came back would change, kept to be looked at and applied. Nothing of it is done yet.
 * Returns the import's id. Throws `invalid` for a file that is no such table, `not_found` for the store.
 */
export async function lookAtTable(
  db: Db,
  caller: Caller,
  { file, fileName, storeId: chosen }: Looked,
  now: Date,
): Promise<string> {
  const read = await readTable(file);
  return db.transaction(async (tx) => {
    const store = await storeMeant(tx, caller, chosen, read);
    const storeId = store?.id ?? null;
    const table = store ? withOwnPoints(read, store.merchantId) : read;
    const found = await findProducts(tx, caller, storeId, table.lines);
    const ids = [...found.byProduct.keys()].sort();
    const exported =
      table.exportId === null ? null : await readExported(tx, caller, table.exportId, new Set(ids));
    const isForgotten = table.exportId !== null && exported === null;
    const isKaspis = table.kind === "price_list";
    const meant = { found, ids, exported, storeId, isKaspis };
    const plan = await planAll(tx, caller, meant, now);
    const errors = plan.errors.toSorted((one, other) => one.line - other.line);
    const importId = await insertImport(tx, {
      ...{ userId: caller.id, storeId, kind: table.kind, worst: plan.worst, seenAt: now },
      fileName: storable(fileName).slice(0, 200),
      lines: table.lines.length,
      errorLines: new Set(errors.map(({ line }) => line)).size,
      remarks: [
        ...table.remarks,
        ...(plan.notKept > 0 ? [{ kind: "not_kept" as const, count: plan.notKept }] : []),
        ...(plan.uncounted > 0 ? [{ kind: "uncounted" as const, count: plan.uncounted }] : []),
        ...(isForgotten ? [{ kind: "forgotten" as const }] : []),
      ],
    });
    plan.cells.sort((one, other) => one.line - other.line);
    await insertPlan(tx, importId, 0, plan.cells);
    await insertPlan(tx, importId, plan.cells.length, errors.slice(0, MOST_ERRORS));
    return importId;
  });
}

type Plan = {
  cells: PlannedCell[];
  errors: (PlannedCell | FailedLine)[];
  worst: WorstCase | null;
  /** Products of Kaspi's file with a count where no stock is kept here. */
  notKept: number;
  /** Products of Kaspi's file that are to come in an unknown number. */
  uncounted: number;
  preorders: number;
};

type Meant = {
  found: Found;
  ids: readonly string[];
  exported: Exported | null;
  /** The only store the file is about; null: any. */
  storeId: string | null;
  /** Kaspi's own file: it begins to keep no stock, it only counts anew what is kept. */
  isKaspis: boolean;
};

async function planAll(tx: Tx, caller: Caller, { ids, ...meant }: Meant, now: Date): Promise<Plan> {
  const points = await pointsOfStores(tx, await storesOfProducts(tx, ids));
  const plan: Plan = {
    cells: [],
    errors: [...meant.found.failed],
    worst: null,
    notKept: 0,
    ...{ uncounted: 0, preorders: 0 },
  };
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    const planned = await planBatch(tx, caller, { ...meant, batch, points }, plan);
    const { judged, worst } = await judgeCells(tx, planned, now);
    for (const cell of judged.flatMap(({ cells }) => cells))
      (cell.kind === "error" ? plan.errors : plan.cells).push(cell);
    plan.worst = worse(plan.worst, worst);
    if (plan.cells.length > MOST_CELLS) throw new AppError("invalid", "table_too_large");
  }
  return plan;
}

type Batch = Omit<Meant, "ids"> & { batch: string[]; points: StorePoints };

async function planBatch(
  tx: Tx,
  caller: Caller,
  { batch, found, exported, points, storeId, isKaspis }: Batch,
  plan: Plan,
): Promise<Planned[]> {
  const rows = new Map((await tableRows(tx, caller, batch, points)).map((row) => [row.id, row]));
  return batch.flatMap((id) => {
    const line = found.byProduct.get(id);
    const row = rows.get(id);
    if (!line) return [];
    const why = wrongWith(line, row, storeId);
    if (why !== null || !row) {
      plan.errors.push(failure(line, why ?? "row_gone"));
      return [];
    }
    const said = planRow(row, line, exported?.baseOf(id) ?? null);
    const { stocks, preorders } = isKaspis ? notHere(row, said) : { stocks: [], preorders: [] };
    if (stocks.length > 0) plan.notKept += 1;
    if (preorders.length > 0) plan.uncounted += 1;
    const cells = said.filter((cell) => !stocks.includes(cell) && !preorders.includes(cell));
    return cells.length > 0 ? [{ row, cells: heldTogether(withinBound(plan, cells)) }] : [];
  });
}

/** Preorders are written one by one, so a file changes no more of them than a request. */
function withinBound(plan: Plan, cells: readonly PlannedCell[]): readonly PlannedCell[] {
  if (!cells.some(({ field }) => isPreorderField(field))) return cells;
  plan.preorders += 1;
  if (plan.preorders <= MOST_AT_ONCE) return cells;
  return cells.map((cell) =>
    isPreorderField(cell.field)
      ? { ...cell, kind: "error", why: "preorders_in_file", isTaken: false }
      : cell,
  );
}

/** Who sorts one column and not the others gives every product the values of another. */
function wrongWith(
  { productId, article }: TableLine,
  row: TableRow | undefined,
  storeId: string | null,
): string | null {
  if (!row) return "row_gone";
  if (storeId !== null && row.storeId !== storeId) return "other_store";
  return productId !== null && !isSameArticle(article, row.sku) ? "row_mixed_up" : null;
}
