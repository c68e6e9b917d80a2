import { and, desc, eq, gt, inArray, isNull } from "drizzle-orm";
import { isLoginOf } from "@/lib/accounts/pace-queries";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiLogins } from "@/lib/db/schema/kaspi";
import { budgetEntries } from "@/lib/db/schema/repricing";
import { budgetWindowMs } from "./budget-window";

/**
 * Takes one change from the login's budget: at most so many in any rolling window, whoever asks from
 * whichever process. Returns when the next one is free if there is none now. The caller holds the
 * login's lock.
 */
export async function takeBudget(
  tx: Tx,
  input: { login: string; decisionId: string | null; perWindow: number; windowMinutes: number },
  now: Date,
): Promise<{ freeAt: Date } | null> {
  const windowMs = budgetWindowMs(input.windowMinutes);
  const entries = await tx
    .select({ at: budgetEntries.at })
    .from(budgetEntries)
    .where(and(eq(budgetEntries.login, input.login), gt(budgetEntries.at, later(now, -windowMs))))
    .orderBy(desc(budgetEntries.at))
    .limit(input.perWindow);
  if (entries.length >= input.perWindow)
    return { freeAt: later(entries.at(-1)?.at ?? now, windowMs) };
  await tx
    .insert(budgetEntries)
    .values({ login: input.login, decisionId: input.decisionId, at: now });
  return null;
}

/** A price that Kaspi was not even asked about costs nothing. */
export async function returnBudget(tx: Tx, decisionId: string): Promise<void> {
  const last = tx
    .select({ id: budgetEntries.id })
    .from(budgetEntries)
    .where(eq(budgetEntries.decisionId, decisionId))
    .orderBy(desc(budgetEntries.at))
    .limit(1);
  await tx.delete(budgetEntries).where(inArray(budgetEntries.id, last));
}

/** A write that is no price, and that Kaspi was not even asked about: `at` is when its entry was taken. */
export async function returnUnused(tx: Tx, accountId: string, at: Date): Promise<void> {
  const one = tx
    .select({ id: budgetEntries.id })
    .from(budgetEntries)
    .innerJoin(kaspiLogins, eq(kaspiLogins.login, budgetEntries.login))
    .where(and(isLoginOf(accountId), isNull(budgetEntries.decisionId), eq(budgetEntries.at, at)))
    .limit(1);
  await tx.delete(budgetEntries).where(inArray(budgetEntries.id, one));
}
