import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { tableImportChanges } from "@/lib/db/schema/table-files";
import type { FailedLine, PlannedCell } from "./plan-model";

const PIECE = 5_000;

const { kind, isTaken } = tableImportChanges;

/** What is to be carried out, or was: disputed cells count where the file's word was taken. */
export const isAcceptedCell: SQL = sql`(${kind} = 'change' or ${kind} = 'conflict' and ${isTaken})`;

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

type CellRow = typeof tableImportChanges.$inferSelect;
export type StoredCell = PlannedCell & Pick<CellRow, "nth" | "isLeft">;
/** Cells of products only: `field` and `productId` are there. */
export const storedCell = (row: CellRow) => row as StoredCell;

/** The products that an import changes, or has changed, in the order everybody locks them in. */
export async function productsOfImport(tx: Tx, importId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: sql<string>`${tableImportChanges.productId}` })
    .from(tableImportChanges)
    .where(and(eq(tableImportChanges.importId, importId), isAcceptedCell))
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
    const cell = storedCell(row);
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
        eq(kind, "conflict"),
        nth === null ? undefined : eq(tableImportChanges.nth, nth),
      ),
    )
    .orderBy(asc(tableImportChanges.nth));
  return rows;
}

export type CellMark = Pick<StoredCell, "nth"> &
  Partial<Pick<StoredCell, "isTaken" | "isDoubtful" | "why" | "isLeft">>;

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
        why = nullif(coalesce(said.why, c.why), ''), is_left = coalesce(said."isLeft", c.is_left)
      from jsonb_to_recordset(${said}::text::jsonb) as said(nth integer, "isTaken" boolean,
        "isDoubtful" boolean, why text, "isLeft" boolean)
      where c.import_id = ${importId} and c.nth = said.nth`);
  }
}
