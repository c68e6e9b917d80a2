import { and, asc, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { budgetEntries, decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { undoItems } from "@/lib/db/schema/safety";
import { workspace } from "@/lib/db/schema/workspace";
import { cityColumns } from "@/lib/products/city-queries";
import { countingCeiling } from "@/lib/products/limit-queries";
import type { CityKey, PricingRun } from "@/lib/repricing/check/check-queries";
import { anchorInForce } from "@/lib/repricing/check/lead-queries";
import { lockedDecisions } from "@/lib/repricing/ledger/ledger-queries";
import { budgetWindowMs } from "@/lib/repricing/send/budget-window";
import type { SendingPace } from "@/lib/repricing/send/sending-pace-rules";
import { lockProducts } from "@/lib/stores/priced-queries";
import type { UndoSubject } from "./undo-model";

/** A run the caller may see, and whether they may undo it. */
export async function findRun(
  tx: Tx,
  caller: Caller,
  runId: string,
): Promise<(PricingRun & { isPermitted: boolean }) | undefined> {
  const [row] = await tx
    .select({ run: pricingRuns, isPermitted: isPermitted(caller, "change_price") })
    .from(pricingRuns)
    .innerJoin(stores, eq(stores.id, pricingRuns.storeId))
    .where(
      and(eq(pricingRuns.id, runId), mayRead(caller, "view_product"), isNull(stores.archivedAt)),
    );
  return row && { ...row.run, isPermitted: row.isPermitted };
}

/** The store and product of a change the caller may see, and whether they may undo it. */
export async function findChange(
  tx: Tx,
  caller: Caller,
  decisionId: string,
): Promise<
  { storeId: string; productId: string; runId: string | null; isPermitted: boolean } | undefined
> {
  const [row] = await tx
    .select({
      storeId: decisions.storeId,
      productId: decisions.productId,
      runId: decisions.runId,
      isPermitted: isPermitted(caller, "change_price"),
    })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(
      and(
        eq(decisions.id, decisionId),
        eq(decisions.kind, "change"),
        eq(decisions.dryRun, false),
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
      ),
    );
  return row;
}

/** The products a run has changed, or was an undo for, locked in the order everybody locks them in. */
export async function lockProductsOfRun(tx: Tx, runId: string): Promise<void> {
  const changed = sql`select d.product_id from ${decisions} d
    where d.run_id = ${runId} and d.kind = 'change'
    union select i.product_id from ${undoItems} i where i.run_id = ${runId}`;
  await lockProducts(tx, sql`${products.id} in (${changed})`);
}

const inFlight = sql<UndoSubject["current"]>`(select d.price from ${decisions} d
  where d.product_id = ${decisions.productId} and d.city_id = ${decisions.cityId}
    and d.state in ('sending', 'sent') limit 1)`;

/** Newer than the change, and at Kaspi or sure to go there. */
const isOutdated = sql<boolean>`exists (select 1 from ${decisions} d
  where d.product_id = ${decisions.productId} and d.city_id = ${decisions.cityId}
    and d.seq > ${decisions.seq} and d.kind = 'change' and d.run_id is distinct from ${decisions.runId}
    and (d.state in ('sending', 'sent', 'confirmed') or (d.state = 'pending' and d.origin <> 'bot')))`;

/** The changes of a run, or one of them, as an undo meets them now. */
export async function undoSubjects(
  tx: Tx,
  of: { runId: string } | { decisionId: string },
): Promise<UndoSubject[]> {
  return tx
    .select({
      decisionId: decisions.id,
      productId: decisions.productId,
      cityId: decisions.cityId,
      sku: products.sku,
      name: products.name,
      seq: decisions.seq,
      state: sql<UndoSubject["state"]>`case
        when ${decisions.state} in ('pending', 'held') then 'waiting'
        when ${decisions.state} in ('sending', 'sent', 'confirmed') then 'left'
        else 'never_left' end`,
      price: decisions.price,
      priceBefore: decisions.priceBefore,
      isOutdated,
      current: sql<UndoSubject["current"]>`coalesce(${inFlight}, ${productCities.price})`,
      ...cityColumns,
      anchor: anchorInForce,
      isByPerson: sql<boolean>`${decisions.origin} <> 'bot'`,
      anchorBefore: sql<UndoSubject["anchorBefore"]>`case when ${decisions.origin} <> 'bot'
        then (${decisions.inputs}::json ->> 'anchor')::int end`,
      ceiling: countingCeiling,
      botEnabled: products.botEnabled,
      isPriced: productCities.isPriced,
      onSale: products.onSale,
      isGone: sql<boolean>`${products.goneAt} is not null`,
    })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .innerJoin(
      productCities,
      and(
        eq(productCities.productId, decisions.productId),
        eq(productCities.cityId, decisions.cityId),
      ),
    )
    .where(
      and(
        "runId" in of ? eq(decisions.runId, of.runId) : eq(decisions.id, of.decisionId),
        eq(decisions.kind, "change"),
        eq(decisions.dryRun, false),
      ),
    )
    .orderBy(asc(decisions.seq));
}

/** A run of its own for what is put back; nothing of it waits for its end. */
export async function openUndoRun(
  tx: Tx,
  run: { storeId: string; undoes: string | null; requestedBy: string; changes: number },
  now: Date,
): Promise<string> {
  const [row] = await tx
    .insert(pricingRuns)
    .values({ ...run, trigger: "undo", startedAt: now, finishedAt: now })
    .returning({ id: pricingRuns.id });
  if (!row) throw new Error("insert into pricing_runs returned nothing");
  return row.id;
}

/** Changes that wait do not leave any more. */
export async function withdraw(tx: Tx, decisionIds: string[]): Promise<void> {
  if (decisionIds.length === 0) return;
  const unsent = and(
    inArray(decisions.id, decisionIds),
    sql`${decisions.state} in ('pending', 'held')`,
  );
  await tx
    .update(decisions)
    .set({ state: "superseded", stateReason: "undone", notBefore: null })
    .where(inArray(decisions.id, lockedDecisions(tx, unsent)));
}

export async function insertUndoItems(
  tx: Tx,
  items: (typeof undoItems.$inferInsert)[],
): Promise<void> {
  if (items.length > 0) await tx.insert(undoItems).values(items);
}

/**
 * Locks the bot out of these. A lock is kept with the product for its leading city, else with the city.
 * Call it with the products locked.
 */
export async function lockBotsOut(tx: Tx, rows: readonly CityKey[]): Promise<void> {
  if (rows.length === 0) return;
  const keys = rows.map(({ productId, cityId }) => ({ productId, cityId }));
  const standing = sql`json_to_recordset(${JSON.stringify(keys)}::json)
    as x("productId" uuid, "cityId" text)`;
  await tx.execute(sql`update ${products} p set manual_lock = true
    from ${standing} where p.id = x."productId" and p.lead_city_id = x."cityId"`);
  await tx.execute(sql`with further as materialized (
      select x.* from ${standing} join ${products} p on p.id = x."productId" and p.lead_city_id <> x."cityId"
    ), locked as materialized (
      select product_id, city_id from ${productCities}
      where (product_id, city_id) in (select "productId", "cityId" from further)
      order by product_id, city_id for update
    )
    update ${productCities} c set manual_lock = true
    from further x join locked on locked.product_id = x."productId" and locked.city_id = x."cityId"
    where c.product_id = x."productId" and c.city_id = x."cityId"`);
}

/**
 * Lets the bots that an undo has locked out go on, but those a person has priced by hand since. Returns
 * the products. Call it with them locked.
 */
export async function letBotsGoOn(tx: Tx, undoRunId: string): Promise<string[]> {
  const locked = sql`select i.product_id, i.city_id from ${undoItems} i
    join ${pricingRuns} r on r.id = i.run_id
    where i.run_id = ${undoRunId} and i.has_locked and not exists (
      select 1 from ${decisions} d where d.product_id = i.product_id and d.city_id = i.city_id
        and d.origin = 'manual' and d.decided_at >= r.started_at)`;
  const ofProducts = await tx.execute<{
    id: string;
  }>(sql`update ${products} p set manual_lock = false
    from (${locked}) x where p.id = x.product_id and p.lead_city_id = x.city_id and p.manual_lock
    returning p.id`);
  const ofCities = await tx.execute<{ id: string }>(sql`with further as materialized (
      select c.product_id, c.city_id from ${productCities} c
        join ${products} p on p.id = c.product_id and p.lead_city_id <> c.city_id
      where (c.product_id, c.city_id) in (${locked}) and c.manual_lock
      order by c.product_id, c.city_id for update of c
    )
    update ${productCities} c set manual_lock = false from further x
    where c.product_id = x.product_id and c.city_id = x.city_id
    returning c.product_id as id`);
  return [...new Set([...ofProducts, ...ofCities].map(({ id }) => id))];
}

/** What the login of a store has spent and may send; null: its sending is stopped, or it has no login. */
export async function paceOf(tx: Tx, storeId: string, now: Date): Promise<SendingPace | null> {
  const [row] = await tx
    .select({ store: stores, settings: workspace, login: kaspiLogins })
    .from(stores)
    .innerJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .innerJoin(kaspiLogins, eq(kaspiLogins.login, kaspiAccounts.login))
    .innerJoin(workspace, sql`true`)
    .where(eq(stores.id, storeId));
  if (!row || row.store.sendingStoppedAt || row.settings.sendingStoppedAt) return null;
  const { writesPerWindow: perWindow, writeWindowMinutes, writesPerSecond } = row.settings;
  const windowMs = budgetWindowMs(writeWindowMinutes);
  const entries = await tx
    .select({ at: budgetEntries.at })
    .from(budgetEntries)
    .where(
      and(eq(budgetEntries.login, row.login.login), gt(budgetEntries.at, later(now, -windowMs))),
    )
    .orderBy(asc(budgetEntries.at));
  const spent = entries.map(({ at }) => at);
  const blockedUntil = row.login.writesBlockedUntil;
  return { now, blockedUntil, spent, perWindow, windowMs, perSecond: writesPerSecond };
}

/** How many prices of people wait to be sent with the same login: they go first. */
export async function waitingByPeople(tx: Tx, storeId: string): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .innerJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .where(
      and(
        eq(decisions.state, "pending"),
        ne(decisions.origin, "bot"),
        sql`${kaspiAccounts.login} = (select a.login from ${stores} s
          join ${kaspiAccounts} a on a.id = s.account_id where s.id = ${storeId})`,
      ),
    );
  return row?.count ?? 0;
}
