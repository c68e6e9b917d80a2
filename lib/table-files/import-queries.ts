import { and, asc, desc, eq, inArray, lt, notInArray, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { tableImportChanges, tableImports } from "@/lib/db/schema/table-files";
import type { WorstCase } from "@/lib/repricing/bulk/bulk-model";
import type { FailedLine, PlannedCell } from "./plan-model";
import type { Remark } from "./table-model";
import { IMPORT_PAGE, type ImportView } from "./view-model";

type Row = typeof tableImports.$inferSelect;
export type TableImport = Omit<Row, "remarks" | "worst"> & {
  remarks: Remark[];
  worst: WorstCase | null;
};
const typed = (row: Row) => row as TableImport;

const PIECE = 5_000;

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

/** Of one person, as long as they wait for a decision; older ones are forgotten when a new one comes. */
const MOST_OPEN = 20;

export async function insertImport(tx: Tx, seen: NewImport): Promise<string> {
  const [row] = await tx.insert(tableImports).values(seen).returning({ id: tableImports.id });
  if (!row) throw new Error("insert into table_imports returned nothing");
  const open = and(eq(tableImports.userId, seen.userId), eq(tableImports.state, "seen"));
  const kept = tx
    .select({ id: tableImports.id })
    .from(tableImports)
    .where(open)
    .orderBy(desc(tableImports.seenAt), desc(tableImports.id))
    .limit(MOST_OPEN);
  await tx.delete(tableImports).where(and(open, notInArray(tableImports.id, kept)));
  return row.id;
}

/** Keeps what was planned, in its order, after the first so many. One parameter for thousands of rows. */
export async function insertPlan(
  tx: Tx,
  importId: string,
  from: number,
  plan: readonly (PlannedCell | FailedLine)[],
): Promise<void> {
  for (let at = 0; at < plan.length; at += PIECE) {
    const rows = plan.slice(at, at + PIECE).map((one, nth) => ({
      kind: "error",
      ...one,
      nth: from + at + nth,
    }));
    await tx.execute(sql`insert into ${tableImportChanges}
        (import_id, nth, line, article, product_id, field, kind, why, is_doubtful, base, before, after)
      select ${importId}::uuid, nth, line, article, "productId", field, kind, why,
        coalesce("isDoubtful", false), base, before, after
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as said(nth integer, line integer,
        article text, "productId" uuid, field text, kind text, why text, "isDoubtful" boolean,
        base jsonb, before jsonb, after jsonb)`);
  }
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

const { kind, isTaken, isDoubtful, outcome } = tableImportChanges;
const accepted = sql`(${kind} = 'change' or ${kind} = 'conflict' and ${isTaken})`;

const views: Record<ImportView, SQL | undefined> = {
  change: eq(kind, "change"),
  conflict: eq(kind, "conflict"),
  doubtful: and(accepted, eq(isDoubtful, true)),
  error: eq(kind, "error"),
  left: eq(outcome, "left"),
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
      cells: counted(accepted),
      taken: counted(and(views.conflict, eq(isTaken, true))),
      products: sql<number>`(count(distinct ${tableImportChanges.productId}) filter (where ${accepted}))::int`,
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
  return rows.map(({ change, ...names }) => ({ ...typedCell(change), ...names }));
}

type CellRow = typeof tableImportChanges.$inferSelect;
export type StoredCell = PlannedCell & Pick<CellRow, "nth" | "outcome">;
/** Cells of products only: `field` and `productId` are there. */
const typedCell = (row: CellRow) => row as StoredCell;

/** The products that an import changes, in the order everybody locks them in. */
export async function productsOfImport(
  tx: Tx,
  importId: string,
  which: "accepted" | "applied",
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: sql<string>`${tableImportChanges.productId}` })
    .from(tableImportChanges)
    .where(
      and(
        eq(tableImportChanges.importId, importId),
        which === "accepted" ? accepted : eq(outcome, "applied"),
      ),
    )
    .orderBy(asc(tableImportChanges.productId));
  return rows.map(({ id }) => id);
}

/** The cells of these products, by product. */
export async function cellsOfProducts(
  tx: Tx,
  importId: string,
  productIds: readonly string[],
): Promise<Map<string, StoredCell[]>> {
  const rows = await tx
    .select()
    .from(tableImportChanges)
    .where(
      and(
        eq(tableImportChanges.importId, importId),
        sql`${tableImportChanges.productId} = any(${sql.param(productIds)}::uuid[])`,
      ),
    )
    .orderBy(asc(tableImportChanges.nth));
  const cells = new Map<string, StoredCell[]>();
  for (const row of rows) {
    const cell = typedCell(row);
    cells.set(cell.productId, [...(cells.get(cell.productId) ?? []), cell]);
  }
  return cells;
}

/** The disputed cells of an import, or the one that is named, as ids of their products. */
export async function disputed(tx: Tx, importId: string, nth: number | null) {
  const rows = await tx
    .select({
      nth: tableImportChanges.nth,
      productId: sql<string>`${tableImportChanges.productId}`,
    })
    .from(tableImportChanges)
    .where(
      and(
        eq(tableImportChanges.importId, importId),
        views.conflict,
        nth === null ? undefined : eq(tableImportChanges.nth, nth),
      ),
    )
    .orderBy(asc(tableImportChanges.nth));
  return rows;
}

export type CellMark = Pick<StoredCell, "nth"> &
  Partial<Pick<StoredCell, "isTaken" | "isDoubtful" | "why" | "outcome">>;

/** Writes down what has become of cells: whatever is named of each; an empty reason is none any more. */
export async function markCells(
  tx: Tx,
  importId: string,
  marks: readonly CellMark[],
): Promise<void> {
  for (let at = 0; at < marks.length; at += PIECE) {
    const said = JSON.stringify(marks.slice(at, at + PIECE));
    await tx.execute(sql`update ${tableImportChanges} c set
        is_taken = coalesce(said."isTaken", c.is_taken),
        is_doubtful = coalesce(said."isDoubtful", c.is_doubtful),
        why = nullif(coalesce(said.why, c.why), ''), outcome = coalesce(said.outcome, c.outcome)
      from jsonb_to_recordset(${said}::text::jsonb) as said(nth integer, "isTaken" boolean,
        "isDoubtful" boolean, why text, outcome text)
      where c.import_id = ${importId} and c.nth = said.nth`);
  }
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
