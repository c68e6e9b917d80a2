import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
import { kaspiAccounts, kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { priceHolds } from "@/lib/db/schema/safety";
import { ofStores } from "./goods-queries";

/** A pricing run ends within minutes; an older open one belongs to a process that died. */
const LONGEST_RUN = 10 * MINUTE;

/** What a store's health is judged by. */
export async function storeFacts(tx: Tx, caller: Caller, now: Date) {
  const isPricing = sql<boolean>`exists ${tx
    .select({ id: pricingRuns.id })
    .from(pricingRuns)
    .where(
      and(
        eq(pricingRuns.storeId, stores.id),
        isNull(pricingRuns.finishedAt),
        gt(pricingRuns.startedAt, later(now, -LONGEST_RUN)),
      ),
    )}`;
  const openHolds = tx
    .select({ id: priceHolds.id })
    .from(priceHolds)
    .where(and(eq(priceHolds.storeId, stores.id), isNull(priceHolds.answer)));
  const rows = await tx
    .select({
      id: stores.id,
      name: stores.name,
      isActive: stores.isActive,
      sendingStoppedAt: stores.sendingStoppedAt,
      lastSyncAt: stores.lastSyncAt,
      nextSyncAt: stores.nextSyncAt,
      accountId: stores.accountId,
      session: kaspiAccounts.session,
      login: kaspiAccounts.login,
      writesBlockedUntil: kaspiLogins.writesBlockedUntil,
      isPricing,
      isHeld: sql<boolean>`exists ${openHolds}`,
      held: sql<number>`(select count(*)::int from ${decisions}
        where ${decisions.storeId} = ${stores.id} and ${decisions.state} = 'held')`,
    })
    .from(stores)
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .leftJoin(kaspiLogins, eq(kaspiLogins.login, kaspiAccounts.login))
    .where(ofStores(caller, undefined))
    .orderBy(asc(stores.name), asc(stores.id));
  return rows.map((row) => ({ ...row, session: row.session ?? ("unknown" as const) }));
}

/** The addresses the market is read from, those switched off left out. */
export async function exitFacts(tx: Tx) {
  return tx
    .select({
      id: exits.id,
      name: exits.name,
      isDirect: sql<boolean>`${exits.proxyUrl} is null`,
      restingUntil: exits.restingUntil,
      restReason: exits.restReason,
      deadSince: exits.deadSince,
    })
    .from(exits)
    .where(eq(exits.isActive, true))
    .orderBy(asc(exits.createdAt), asc(exits.id));
}
