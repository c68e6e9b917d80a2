import { and, asc, desc, eq, gt, inArray, isNull, notInArray, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { bulkChanges, bulkItems } from "@/lib/db/schema/bulk";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { runs } from "@/lib/db/schema/workspace";
import { storeMarkup } from "@/lib/products/limit-queries";
import { chosenIds } from "@/lib/products/list-queries";
import { dearest, inMainCity, isKept, shown } from "@/lib/products/queries";
import { readRule } from "@/lib/repricing/rule/read-rule";
import type { Run } from "@/lib/runs/queries";
import type { BulkWhy, Selection } from "./bulk-model";
import type { BulkSubject } from "./bulk-rules";

export type BulkChangeRow = typeof bulkChanges.$inferSelect;

/** A product to be judged, with where it stands. */
export type BulkProduct = BulkSubject & { id: string; storeId: string };

const MOST_SKIPS = 200;

/** The products a selection means, among those the caller may see. */
function selectedIds(tx: Tx, caller: Caller, selection: Selection, now: Date) {
  if (selection.kind === "filter") {
    const { choice, except } = selection;
    const chosen = chosenIds(tx, caller, choice, now).as("chosen");
    const kept = except.length > 0 ? notInArray(chosen.id, except) : undefined;
    return tx.select({ id: chosen.id }).from(chosen).where(kept);
  }
  return tx
    .select({ id: products.id })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(inArray(products.id, selection.ids), mayRead(caller, "view_product"), isKept));
}

export const subjectColumns = (caller: Caller) => ({
  id: products.id,
  storeId: products.storeId,
  name: products.name,
  botEnabled: products.botEnabled,
  floor: products.floor,
  costFloor: products.costFloor,
  costGaps: products.costGaps,
  costInFull: products.costInFull,
  storeFromCost: sql<boolean>`coalesce(${stores.rule} ->> 'floorFromCost' = 'true', false)`,
  storeMarkup,
  ceiling: products.ceiling,
  anchor: products.anchor,
  rule: products.rule,
  price: shown,
  dearest,
  onSale: products.onSale,
  mayChangePrice: isPermitted(caller, "change_price"),
  mayChangeRule: isPermitted(caller, "change_rule"),
});

export const withRule = <Row extends { rule: unknown }>(row: Row) => ({
  ...row,
  rule: readRule(row.rule).data ?? null,
});

/**
 * All products of a selection, a batch at a time: 50,000 rows are not held at once, only their ids. The
 * filter is asked once, for it may have to read every row.
 */
export async function* selectedProducts(
  tx: Tx,
  caller: Caller,
  selection: Selection,
  now: Date,
  batch = 5_000,
): AsyncGenerator<BulkProduct[]> {
  const ids = (await selectedIds(tx, caller, selection, now)).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += batch) {
    const rows = await tx
      .select(subjectColumns(caller))
      .from(products)
      .innerJoin(stores, eq(stores.id, products.storeId))
      .leftJoin(productCities, inMainCity)
      .where(
        and(
          sql`${products.id} = any(${sql.param(ids.slice(from, from + batch))}::uuid[])`,
          mayRead(caller, "view_product"),
        ),
      );
    yield rows.map(withRule);
  }
}

type NewBulk = {
  caller: Caller;
  change: unknown;
  confirmed: boolean;
  undoes: string | null;
  /** When the person asked, by the office's clock: which of two changes is the newer. */
  createdAt: Date;
};

/** The caller's changes that are under way; until the transaction ends nobody begins another for them. */
export async function lockUnderWay(tx: Tx, caller: Caller): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('bulk'), hashtext(${caller.id}))`);
  return tx.$count(
    runs,
    and(
      eq(runs.kind, "bulk"),
      eq(runs.userId, caller.id),
      inArray(runs.status, ["queued", "running"]),
    ),
  );
}

/** A run of its own with the change beside it. */
export async function insertBulk(tx: Tx, bulk: NewBulk): Promise<string> {
  const { caller, ...rest } = bulk;
  const [run] = await tx
    .insert(runs)
    .values({ kind: "bulk", storeId: null, userId: caller.id })
    .returning({ id: runs.id });
  if (!run) throw new Error("insert into runs returned nothing");
  await tx.insert(bulkChanges).values({ id: run.id, userId: caller.id, ...rest });
  return run.id;
}

/** Writes down which products the selection means now. Returns how many. */
export async function freezeSelection(
  tx: Tx,
  caller: Caller,
  bulkId: string,
  selection: Selection,
  now: Date,
): Promise<number> {
  const meant = selectedIds(tx, caller, selection, now);
  const frozen = await tx.execute(sql`insert into ${bulkItems} (bulk_id, product_id)
    select ${bulkId}::uuid, meant.id from (${meant}) meant`);
  return frozen.count;
}

/** The same products as another change has really changed, with what it did to them. */
export async function copyChanged(tx: Tx, bulkId: string, undoes: string): Promise<number> {
  const copied = await tx.execute(sql`insert into ${bulkItems} (bulk_id, product_id, before, after)
    select ${bulkId}::uuid, product_id, before, after from ${bulkItems}
    where bulk_id = ${undoes} and state = 'changed'`);
  return copied.count;
}

export async function setTotal(tx: Tx, runId: string, total: number): Promise<void> {
  await tx.update(runs).set({ total }).where(eq(runs.id, runId));
}

/** The change with how its run stands, locked: batches of one change come one after another. */
export async function lockBulk(
  tx: Tx,
  id: string,
): Promise<{ bulk: BulkChangeRow; status: Run["status"] } | null> {
  const [row] = await tx
    .select({ bulk: bulkChanges, status: runs.status })
    .from(bulkChanges)
    .innerJoin(runs, eq(runs.id, bulkChanges.id))
    .where(eq(bulkChanges.id, id))
    .for("update", { of: runs });
  return row ?? null;
}

/** The caller's own change, locked: two undos of it at once are one. */
export async function lockOwnBulk(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<{ bulk: BulkChangeRow; status: Run["status"]; isUndone: boolean } | null> {
  const [row] = await tx
    .select({ bulk: bulkChanges, status: runs.status })
    .from(bulkChanges)
    .innerJoin(runs, eq(runs.id, bulkChanges.id))
    .where(and(eq(bulkChanges.id, id), eq(bulkChanges.userId, caller.id)))
    .for("update", { of: bulkChanges });
  if (!row) return null;
  const undone = await tx
    .select({ id: bulkChanges.id })
    .from(bulkChanges)
    .where(eq(bulkChanges.undoes, id))
    .limit(1);
  return { ...row, isUndone: undone.length > 0 };
}

/** The caller's newest bulk change since then, with its run. */
export async function lastBulk(
  tx: Tx,
  caller: Caller,
  since: Date,
): Promise<{ run: Run; change: unknown; undoes: string | null; isUndone: boolean } | null> {
  const [row] = await tx
    .select({
      run: runs,
      change: bulkChanges.change,
      undoes: bulkChanges.undoes,
      isUndone: sql<boolean>`exists (select 1 from ${bulkChanges} u where u.undoes = ${bulkChanges.id})`,
    })
    .from(bulkChanges)
    .innerJoin(runs, eq(runs.id, bulkChanges.id))
    .where(and(eq(bulkChanges.userId, caller.id), gt(runs.createdAt, since)))
    .orderBy(desc(runs.createdAt))
    .limit(1);
  return row ?? null;
}

export type BulkSkip = { productId: string; name: string; sku: string; why: BulkWhy };

/** The first products a change of the caller's has left alone, with the reason. */
export async function listSkips(tx: Tx, caller: Caller, bulkId: string): Promise<BulkSkip[]> {
  const rows = await tx
    .select({
      productId: products.id,
      name: products.name,
      sku: products.sku,
      why: sql<BulkWhy>`${bulkItems.why}`,
    })
    .from(bulkItems)
    .innerJoin(bulkChanges, eq(bulkChanges.id, bulkItems.bulkId))
    .innerJoin(products, eq(products.id, bulkItems.productId))
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      and(
        eq(bulkItems.bulkId, bulkId),
        eq(bulkItems.state, "skipped"),
        eq(bulkChanges.userId, caller.id),
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
      ),
    )
    .orderBy(asc(bulkItems.why), asc(products.name), asc(products.id))
    .limit(MOST_SKIPS);
  return rows;
}
