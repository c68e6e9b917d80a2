import { and, asc, desc, eq, inArray, lt, not, notInArray, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { tableImportChanges, tableImports } from "@/lib/db/schema/table-files";
import type { WorstCase } from "@/lib/repricing/bulk/bulk-model";
import { isAcceptedCell, storedCell } from "./cell-queries";
import type { Remark } from "./table-model";
import { IMPORT_PAGE, type ImportView } from "./view-model";

type Row = typeof tableImports.$inferSelect;
export type TableImport = Omit<Row, "remarks" | "worst"> & {
  remarks: Remark[];
  worst: WorstCase | null;
};
const typed = (row: Row) => row as TableImport;

export type NewImport = Pick<
  TableImport,
  | "userId"
  | "storeId"
  | "fileName"
  | "kind"
  | "lines"
  | "errorLines"
  | "remarks"
  | "worst"
  | "seenAt"
>;

/** Of one person, waiting for a decision, and carried out: older ones are forgotten when a new one comes. */
const MOST_OPEN = 5;
const MOST_DONE = 20;

export async function insertImport(tx: Tx, seen: NewImport): Promise<string> {
  const [row] = await tx.insert(tableImports).values(seen).returning({ id: tableImports.id });
  if (!row) throw new Error("insert into table_imports returned nothing");
  const isOpen = eq(tableImports.state, "seen");
  await keepNewest(tx, and(eq(tableImports.userId, seen.userId), isOpen), MOST_OPEN);
  await keepNewest(tx, and(eq(tableImports.userId, seen.userId), not(isOpen)), MOST_DONE);
  return row.id;
}

async function keepNewest(tx: Tx, of: SQL | undefined, most: number): Promise<void> {
  const kept = tx
    .select({ id: tableImports.id })
    .from(tableImports)
    .where(of)
    .orderBy(desc(tableImports.seenAt), desc(tableImports.id))
    .limit(most);
  await tx.delete(tableImports).where(and(of, notInArray(tableImports.id, kept)));
}

/** The caller's own import, or `not_found`. */
export async function findImport(tx: Tx, caller: Caller, id: string): Promise<TableImport> {
  const [row] = await tx
    .select()
    .from(tableImports)
    .where(and(eq(tableImports.id, id), eq(tableImports.userId, caller.id)));
  if (!row) throw new AppError("not_found", "import_not_found");
  return typed(row);
}

/** The same, locked: who applies it twice at once applies it once. */
export async function lockImport(tx: Tx, caller: Caller, id: string): Promise<TableImport> {
  const [row] = await tx
    .select()
    .from(tableImports)
    .where(and(eq(tableImports.id, id), eq(tableImports.userId, caller.id)))
    .for("update");
  if (!row) throw new AppError("not_found", "import_not_found");
  return typed(row);
}

/** The caller's latest, the newest first. */
export async function recentImports(tx: Tx, caller: Caller, limit: number): Promise<TableImport[]> {
  const rows = await tx
    .select()
    .from(tableImports)
    .where(eq(tableImports.userId, caller.id))
    .orderBy(desc(tableImports.seenAt), desc(tableImports.id))
    .limit(limit);
  return rows.map(typed);
}

export async function updateImport(
  tx: Tx,
  id: string,
  set: Partial<Pick<Row, "state" | "appliedAt" | "undoneAt">>,
): Promise<void> {
  await tx.update(tableImports).set(set).where(eq(tableImports.id, id));
}

const { kind, isTaken, isDoubtful, isLeft } = tableImportChanges;
const views: Record<ImportView, SQL | undefined> = {
  change: eq(kind, "change"),
  conflict: eq(kind, "conflict"),
  doubtful: and(isAcceptedCell, eq(isDoubtful, true)),
  error: eq(kind, "error"),
  left: eq(isLeft, true),
};

export type ImportCounts = Record<ImportView, number> & {
  /** Cells and products that it changes, conflicts that were taken among them. */
  cells: number;
  products: number;
  taken: number;
};

export async function countImport(tx: Tx, importId: string): Promise<ImportCounts> {
  const counted = (is: SQL | undefined) => sql<number>`(count(*) filter (where ${is}))::int`;
  const [row] = await tx
    .select({
      change: counted(views.change),
      conflict: counted(views.conflict),
      doubtful: counted(views.doubtful),
      error: counted(views.error),
      left: counted(views.left),
      cells: counted(isAcceptedCell),
      taken: counted(and(views.conflict, eq(isTaken, true))),
      products: sql<number>`(count(distinct ${tableImportChanges.productId}) filter (where ${isAcceptedCell}))::int`,
    })
    .from(tableImportChanges)
    .where(eq(tableImportChanges.importId, importId));
  if (!row) throw new Error("count of an import returned nothing");
  return row;
}

export type ImportLine = Awaited<ReturnType<typeof importLines>>[number];

/** A page of what an import would do. Of products that are not the caller's to see there is no name. */
export async function importLines(
  tx: Tx,
  caller: Caller,
  importId: string,
  { view, page }: { view: ImportView; page: number },
) {
  const name = sql<
    string | null
  >`case when ${mayRead(caller, "view_product")} then ${products.name} end`;
  const rows = await tx
    .select({
      change: tableImportChanges,
      name,
      storeName: sql<
        string | null
      >`case when ${mayRead(caller, "view_product")} then ${stores.name} end`,
    })
    .from(tableImportChanges)
    .leftJoin(products, eq(products.id, tableImportChanges.productId))
    .leftJoin(stores, eq(stores.id, products.storeId))
    .where(and(eq(tableImportChanges.importId, importId), views[view]))
    .orderBy(asc(tableImportChanges.nth))
    .limit(IMPORT_PAGE)
    .offset((page - 1) * IMPORT_PAGE);
  return rows.map(({ change, ...names }) => ({ ...storedCell(change), ...names }));
}

/** Imports of before the moment. Returns how many it were. */
export async function forgetImports(tx: Tx, before: Date, limit: number): Promise<number> {
  const old = tx
    .select({ id: tableImports.id })
    .from(tableImports)
    .where(lt(tableImports.seenAt, before))
    // With up to half a million rows of each.
    .limit(Math.min(limit, 5));
  const gone = await tx
    .delete(tableImports)
    .where(inArray(tableImports.id, old))
    .returning({ id: tableImports.id });
  return gone.length;
}
