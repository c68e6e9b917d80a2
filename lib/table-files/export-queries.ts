import { and, asc, desc, eq, inArray, isNotNull, lt, notInArray, or } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { tableExportParts, tableExports } from "@/lib/db/schema/table-files";

/** Of one person; older ones are forgotten when a new one is taken. */
const MOST_KEPT = 30;

/** Remembers that a table is taken; what stands in it follows part by part. Returns its id. */
export async function insertExport(
  tx: Tx,
  taken: { userId: string; storeId: string | null; columns: string[]; takenAt: Date },
): Promise<string> {
  const [row] = await tx.insert(tableExports).values(taken).returning({ id: tableExports.id });
  if (!row) throw new Error("insert into table_exports returned nothing");
  const kept = tx
    .select({ id: tableExports.id })
    .from(tableExports)
    .where(eq(tableExports.userId, taken.userId))
    .orderBy(desc(tableExports.takenAt), desc(tableExports.id))
    .limit(MOST_KEPT);
  await tx
    .delete(tableExports)
    .where(and(eq(tableExports.userId, taken.userId), notInArray(tableExports.id, kept)));
  return row.id;
}

export async function insertPart(
  tx: Tx,
  part: { exportId: string; nth: number; body: string },
): Promise<void> {
  await tx.insert(tableExportParts).values(part);
}

/**
 * The columns of an export and the places of its parts; null: forgotten, never ours, or somebody else's of
 * more than a store that the caller may see.
 */
export async function findExport(
  tx: Tx,
  caller: Caller,
  exportId: string,
): Promise<{ columns: string[]; parts: number[] } | null> {
  const [row] = await tx
    .select({ columns: tableExports.columns })
    .from(tableExports)
    .leftJoin(stores, eq(stores.id, tableExports.storeId))
    .where(
      and(
        eq(tableExports.id, exportId),
        or(
          eq(tableExports.userId, caller.id),
          and(isNotNull(stores.id), mayRead(caller, "view_product")),
        ),
      ),
    );
  if (!row) return null;
  const parts = await tx
    .select({ nth: tableExportParts.nth })
    .from(tableExportParts)
    .where(eq(tableExportParts.exportId, exportId))
    .orderBy(asc(tableExportParts.nth));
  return { columns: row.columns, parts: parts.map(({ nth }) => nth) };
}

export async function partOf(tx: Tx, exportId: string, nth: number): Promise<string> {
  const [row] = await tx
    .select({ body: tableExportParts.body })
    .from(tableExportParts)
    .where(and(eq(tableExportParts.exportId, exportId), eq(tableExportParts.nth, nth)));
  return row?.body ?? "";
}

/** Tables taken before the moment, at most so many of them. Returns how many it were. */
export async function forgetExports(tx: Tx, before: Date, limit: number): Promise<number> {
  const old = tx
    .select({ id: tableExports.id })
    .from(tableExports)
    .where(lt(tableExports.takenAt, before))
    .limit(Math.min(limit, MOST_KEPT));
  const gone = await tx
    .delete(tableExports)
    .where(inArray(tableExports.id, old))
    .returning({ id: tableExports.id });
  return gone.length;
}
