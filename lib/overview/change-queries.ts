import { and, asc, count, eq, inArray, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isOwn } from "@/lib/auth/permissions";
import { loginLabel } from "@/lib/core/login-label";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import type { TodayFilter } from "@/lib/products/filter-model";
import { midnight, recentChange, todayConditions } from "@/lib/products/today-queries";
import { ofStores } from "./goods-queries";
import type { Today } from "./model";

/** What became of changes today, the day of the workspace. Trial runs do not count. */
export async function changesToday(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<Today> {
  const from = midnight(now, timeZone);
  const counted = (what: TodayFilter) =>
    sql<number>`(count(*) filter (where ${todayConditions[what](from)}))::int`;
  const [row] = await tx
    .select({
      decided: counted("decided"),
      sent: counted("sent"),
      confirmed: counted("confirmed"),
      rejected: counted("rejected"),
    })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(and(recentChange(now), ofStores(caller, storeId)));
  return row ?? { decided: 0, sent: 0, confirmed: 0, rejected: 0 };
}

/** Changes that are decided and not sent. */
export async function countWaiting(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(and(eq(decisions.state, "pending"), ofStores(caller, storeId)));
  return row?.count ?? 0;
}

export type UsedBudget = {
  login: string;
  writesBlockedUntil: Date | null;
  used: number;
  slotFreeAt: Date | null;
};

/** What each login behind the caller's own stores has used of its rolling window; an owner's are all. */
export async function usedBudgets(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
  limits: { perWindow: number; windowMinutes: number },
  now: Date,
): Promise<UsedBudget[]> {
  const windowMs = limits.windowMinutes * MINUTE;
  const mine = tx
    .select({ login: kaspiAccounts.login })
    .from(stores)
    .innerJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .where(and(ofStores(caller, storeId), caller.role === "owner" ? undefined : isOwn(caller)));
  const rows = await tx
    .select({
      login: kaspiLogins.login,
      writesBlockedUntil: kaspiLogins.writesBlockedUntil,
      used: count(budgetEntries.id),
      lastFree: sql<
        string | null
      >`(array_agg(${budgetEntries.at} order by ${budgetEntries.at} desc))[${limits.perWindow}::int]`,
    })
    .from(kaspiLogins)
    .leftJoin(
      budgetEntries,
      and(
        eq(budgetEntries.login, kaspiLogins.login),
        sql`${budgetEntries.at} > ${later(now, -windowMs).toISOString()}`,
      ),
    )
    .where(inArray(kaspiLogins.login, mine))
    .groupBy(kaspiLogins.login)
    .orderBy(asc(kaspiLogins.login));
  return rows.map(({ lastFree, login, ...row }) => ({
    ...row,
    login: loginLabel(login),
    slotFreeAt: lastFree === null ? null : later(new Date(lastFree), windowMs),
  }));
}
