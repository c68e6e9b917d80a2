import { and, eq, gt, type SQL, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, kaspiLogins } from "@/lib/db/schema/kaspi";
import { workspace } from "@/lib/db/schema/workspace";

/** The login of an account, in conditions. Accounts of one login share what Kaspi counts by its name. */
export const isLoginOf = (accountId: string): SQL =>
  sql`${kaspiLogins.login} = (select ${kaspiAccounts.login} from ${kaspiAccounts}
    where ${kaspiAccounts.id} = ${accountId})`;

const slotColumns = { read: kaspiLogins.nextReadSlotAt, write: kaspiLogins.nextWriteSlotAt };

/** Whose pace it is; a login that is being connected has no account yet. */
export type Whose = { accountId: string } | { login: string };

const isOf = (whose: Whose): SQL =>
  "login" in whose ? eq(kaspiLogins.login, whose.login) : isLoginOf(whose.accountId);

/** The login's next free read or write slot; all processes share the pace of the workspace's settings. */
export async function takeSlot(
  tx: Tx,
  whose: Whose,
  kind: "read" | "write",
  now: Date,
): Promise<Date> {
  if ("login" in whose)
    await tx.insert(kaspiLogins).values({ login: whose.login }).onConflictDoNothing();
  const column = slotColumns[kind];
  const pace = kind === "read" ? workspace.cabinetReadsPerSecond : workspace.writesPerSecond;
  const gap = sql`(select make_interval(secs => 1 / ${pace}) from ${workspace})`;
  const next = sql`greatest(coalesce(${column}, ${now.toISOString()}), ${now.toISOString()}::timestamptz) + ${gap}`;
  const [row] = await tx
    .update(kaspiLogins)
    .set(kind === "read" ? { nextReadSlotAt: next } : { nextWriteSlotAt: next })
    .where(isOf(whose))
    .returning({ at: sql<string>`${column} - ${gap}` });
  if (!row) throw new AppError("not_found", "account_gone");
  return new Date(row.at);
}

/** Kaspi wants this login's reads to stay away: the next slot of all processes is then. */
export async function postponeReads(tx: Tx, accountId: string, until: Date): Promise<void> {
  await tx
    .update(kaspiLogins)
    .set({ nextReadSlotAt: sql`greatest(${kaspiLogins.nextReadSlotAt}, ${until.toISOString()})` })
    .where(isLoginOf(accountId));
}

/** When this login may read again, if that is after `from`; else null. */
export async function readsResumeAt(tx: Tx, whose: Whose, from: Date): Promise<Date | null> {
  const [login] = await tx
    .select({ at: kaspiLogins.nextReadSlotAt })
    .from(kaspiLogins)
    .where(and(isOf(whose), gt(kaspiLogins.nextReadSlotAt, from)));
  return login?.at ?? null;
}

/** Kaspi answered 429 to a write: the login does not write until then, whoever asks. */
export async function blockWrites(tx: Tx, accountId: string, until: Date): Promise<void> {
  await tx
    .update(kaspiLogins)
    .set({
      writesBlockedUntil: sql`greatest(${kaspiLogins.writesBlockedUntil}, ${until.toISOString()})`,
    })
    .where(isLoginOf(accountId));
}

/** When this login may write again, if that is after `from`; else null. */
export async function writesResumeAt(tx: Tx, accountId: string, from: Date): Promise<Date | null> {
  const [login] = await tx
    .select({ at: kaspiLogins.writesBlockedUntil })
    .from(kaspiLogins)
    .where(and(isLoginOf(accountId), gt(kaspiLogins.writesBlockedUntil, from)));
  return login?.at ?? null;
}
