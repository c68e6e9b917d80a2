import { and, desc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { budgetEntries } from "@/lib/db/schema/repricing";
import { auditLog, runs, users } from "@/lib/db/schema/workspace";
import { channelsOf } from "@/lib/exits/channel-queries";
import { exitsInUse } from "@/lib/exits/queries";
import { getWorkspace, sendingStop } from "@/lib/workspace/queries";
import type { BudgetUse, StorePage } from "./page-model";
import { budgetUse, citiesOf, cityChoiceOf } from "./page-rules";
import { findStore, readableStore } from "./queries";

/** What the page of a store shows, or `not_found` for one the caller may not see. */
export async function storePage(
  tx: Tx,
  caller: Caller,
  storeId: string,
  now: Date,
): Promise<StorePage> {
  const store = await readableStore(tx, caller, storeId);
  const [view, points, chosen, paused, office, exits, budget, withCityPrices] = await Promise.all([
    findStore(tx, caller, storeId),
    tx.select().from(pickupPoints).where(eq(pickupPoints.storeId, storeId)),
    lastChange(tx, storeId, "store.main_city_chosen"),
    lastChange(tx, storeId, "store.paused"),
    sendingStop(tx),
    exitsInUse(tx),
    budgetOf(tx, store.accountId, now),
    tx.$count(
      products,
      and(eq(products.storeId, storeId), isNull(products.goneAt), isNotNull(products.cityPrices)),
    ),
  ]);
  const subjects = [store.id, store.accountId, ...exits.map((exit) => exit.id)];
  const channels = await channelsOf(
    tx,
    subjects.filter((id) => id !== null),
  );
  const cities = citiesOf(points, store.mainCityId);
  const choice = chosen && { ...chosen, cityId: String(chosen.details.to) };
  return {
    kaspiName: store.kaspiName,
    note: store.note,
    token: { apiToken: store.apiToken, apiTokenCheckedAt: store.apiTokenCheckedAt },
    accountId: store.accountId,
    cities,
    pricedCities: store.pricedCities ?? [],
    withCityPrices,
    cityChoice: cityChoiceOf(cities, store.mainCityId, choice),
    channels,
    facts: {
      isActive: store.isActive,
      officialOnly: store.officialOnly,
      paused,
      stopped: view.sendingStoppedAt && { who: view.sendingStoppedBy, at: view.sendingStoppedAt },
      officeStopped: office && { who: office.by, at: office.at },
      login: view.login,
      session: view.session,
      reauthReason: view.reauthReason,
      loginBlockedUntil: view.loginBlockedUntil,
      loginBlockedBy: view.loginBlockedBy,
      writesBlockedUntil: view.writesBlockedUntil,
      budget,
      exits,
    },
  };
}

const RUNS_SHOWN = 8;

/** The last syncs of a store the caller may see, newest first. */
export async function lastSyncs(tx: Tx, caller: Caller, storeId: string) {
  const rows = await tx
    .select({ run: runs })
    .from(runs)
    .innerJoin(stores, eq(stores.id, runs.storeId))
    .where(and(eq(runs.storeId, storeId), eq(runs.kind, "sync"), mayRead(caller)))
    .orderBy(desc(runs.createdAt))
    .limit(RUNS_SHOWN);
  return rows.map(({ run }) => run);
}

/** Who last did this to the store, and when. */
async function lastChange(tx: Tx, storeId: string, action: string) {
  const [row] = await tx
    .select({ at: auditLog.at, who: users.name, details: auditLog.details })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.userId))
    .where(and(eq(auditLog.storeId, storeId), eq(auditLog.action, action)))
    .orderBy(desc(auditLog.at))
    .limit(1);
  return row ?? null;
}

/** How much of the login's budget is taken, by all its stores together. */
async function budgetOf(tx: Tx, accountId: string | null, now: Date): Promise<BudgetUse> {
  const { writesPerWindow: limit, writeWindowMinutes: minutes } = await getWorkspace(tx);
  const entries = await tx
    .select({ at: budgetEntries.at })
    .from(budgetEntries)
    .innerJoin(kaspiAccounts, eq(kaspiAccounts.login, budgetEntries.login))
    .where(
      and(
        accountId ? eq(kaspiAccounts.id, accountId) : sql`false`,
        gt(budgetEntries.at, later(now, -minutes * MINUTE)),
      ),
    )
    .orderBy(desc(budgetEntries.at))
    .limit(limit);
  return budgetUse(
    entries.map((entry) => entry.at),
    limit,
    minutes,
  );
}
