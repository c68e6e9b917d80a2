import { and, desc, eq, gt, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { users } from "@/lib/db/schema/workspace";
import type { RunsCursor } from "./run-address";

const openStores = (caller: Caller, store: string | undefined): SQL | undefined =>
  and(
    mayRead(caller, "view_product"),
    isNull(stores.archivedAt),
    store ? eq(stores.id, store) : undefined,
  );

const ofRun = (state: string) =>
  sql<number>`(select count(*)::int from ${decisions} d
    where d.run_id = ${pricingRuns.id} and d.state = ${sql.raw(`'${state}'`)})`;

const runColumns = (caller: Caller) => ({
  id: pricingRuns.id,
  storeId: pricingRuns.storeId,
  storeName: stores.name,
  trigger: pricingRuns.trigger,
  dryRun: pricingRuns.dryRun,
  startedAt: pricingRuns.startedAt,
  finishedAt: pricingRuns.finishedAt,
  checked: pricingRuns.checked,
  /** Without those that wait in a hold: they are counted there. */
  changes: sql<number>`greatest(0, ${pricingRuns.changes} - ${ofRun("held")})`,
  unread: pricingRuns.unread,
  undoes: pricingRuns.undoes,
  held: ofRun("held"),
  frozen: ofRun("frozen"),
  by: users.name,
  isWritable: isPermitted(caller, "change_price"),
});

function selectRuns(tx: Tx, caller: Caller) {
  return tx
    .select(runColumns(caller))
    .from(pricingRuns)
    .innerJoin(stores, eq(stores.id, pricingRuns.storeId))
    .leftJoin(users, eq(users.id, pricingRuns.requestedBy));
}

/** A check of prices and what it has come to. */
export type PricingRunView = Awaited<ReturnType<typeof selectRuns>>[number];

type Page = {
  store: string | undefined;
  all: boolean;
  before?: RunsCursor | undefined;
  limit: number;
};

/** Checks of the caller's open stores, the newest first; those that came to nothing only when asked for. */
export async function pricingRunsPage(
  tx: Tx,
  caller: Caller,
  { store, all, before, limit }: Page,
): Promise<{ runs: PricingRunView[]; hasMore: boolean }> {
  const eventful = or(
    gt(pricingRuns.changes, 0),
    gt(pricingRuns.unread, 0),
    eq(pricingRuns.trigger, "undo"),
  );
  const own = tx
    .select({ id: pricingRuns.id, at: pricingRuns.startedAt })
    .from(pricingRuns)
    .where(
      and(
        eq(pricingRuns.storeId, stores.id),
        all ? undefined : eventful,
        before
          ? sql`(${pricingRuns.startedAt}, ${pricingRuns.id})
              < (${before.startedAt.toISOString()}::timestamptz, ${before.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(pricingRuns.startedAt), desc(pricingRuns.id))
    .limit(limit + 1)
    .as("own");
  const ids = tx
    .select({ id: own.id })
    .from(stores)
    .crossJoinLateral(own)
    .where(openStores(caller, store))
    .orderBy(desc(own.at), desc(own.id))
    .limit(limit + 1);
  const runs = await selectRuns(tx, caller)
    .where(sql`${pricingRuns.id} = any(array${ids})`)
    .orderBy(desc(pricingRuns.startedAt), desc(pricingRuns.id));
  return { runs: runs.slice(0, limit), hasMore: runs.length > limit };
}

/**
 * From which price to which a check moves each product in a city: the changes that have left or may yet
 * leave, several of one together.
 */
export async function movesOfCheck(tx: Tx, runId: string) {
  const inOrder = (price: SQLWrapper, last: boolean) =>
    sql<Tenge | null>`(array_agg(${price} order by ${decisions.seq} ${sql.raw(last ? "desc" : "asc")}))[1]`;
  return tx
    .select({
      id: decisions.productId,
      storeId: products.storeId,
      category: products.category,
      cost: products.cost,
      before: inOrder(decisions.priceBefore, false),
      after: inOrder(decisions.price, true),
    })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .where(
      and(
        eq(decisions.runId, runId),
        eq(decisions.kind, "change"),
        sql`${decisions.state} in ('pending', 'held', 'sending', 'sent', 'confirmed')`,
      ),
    )
    .groupBy(decisions.productId, decisions.cityId, products.id);
}

/** One check; null if the caller may not see it. */
export async function findPricingRun(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<PricingRunView | null> {
  const [run] = await selectRuns(tx, caller).where(
    and(eq(pricingRuns.id, id), openStores(caller, undefined)),
  );
  return run ?? null;
}

/** The newest run that puts this one back. Call it with a run the caller may see. */
export async function undoneBy(tx: Tx, runId: string): Promise<string | null> {
  const [undo] = await tx
    .select({ id: pricingRuns.id })
    .from(pricingRuns)
    .where(eq(pricingRuns.undoes, runId))
    .orderBy(desc(pricingRuns.startedAt))
    .limit(1);
  return undo?.id ?? null;
}

/** What a check has done to prices, in numbers; the means are tenths of a percent. What is held or did not get through has moved none. */
export async function runTotals(tx: Tx, runId: string) {
  const moves = sql`${decisions.state} in ('pending', 'sending', 'sent', 'confirmed')`;
  const change = sql`(case when ${moves} then ${decisions.price} - ${decisions.priceBefore} end)`;
  const percent = sql`${change} * 1000.0 / nullif(${decisions.priceBefore}, 0)`;
  const count = (where: SQL) => sql<number>`(count(*) filter (where ${where}))::int`;
  const mean = (where: SQL) =>
    sql<number | null>`(round(avg(${percent}) filter (where ${where})))::int`;
  const [totals] = await tx
    .select({
      up: count(sql`${change} > 0`),
      down: count(sql`${change} < 0`),
      upBy: mean(sql`${change} > 0`),
      downBy: mean(sql`${change} < 0`),
      confirmed: count(sql`${decisions.state} = 'confirmed'`),
      waiting: count(sql`${decisions.state} in ('pending', 'sending', 'sent')`),
      failed: count(sql`${decisions.state} in ('rejected', 'refused', 'expired')`),
      replaced: count(sql`${decisions.state} = 'superseded'`),
      held: count(sql`${decisions.state} = 'held'`),
    })
    .from(decisions)
    .where(and(eq(decisions.runId, runId), eq(decisions.kind, "change")));
  if (!totals) throw new Error("totals of a run returned nothing");
  return totals;
}

export type RunTotals = Awaited<ReturnType<typeof runTotals>>;
