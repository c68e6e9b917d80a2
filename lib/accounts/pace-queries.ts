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

/** The login's next free read or write slot; all processes share the pace of the workspace's settings. */
export async function takeAccountSlot(
  tx: Tx,
  accountId: string,
  kind: "read" | "write",
  now: Date,
): Promise<Date> {
  const at = await takeSlot(tx, isLoginOf(accountId), kind, now);
  if (!at) throw new AppError("not_found", "account_gone");
  return at;
}

/** The same for a login that may have no account yet. */
export async function takeLoginSlot(tx: Tx, login: string, now: Date): Promise<Date> {
  await tx.insert(kaspiLogins).values({ login }).onConflictDoNothing();
  return (await takeSlot(tx, eq(kaspiLogins.login, login), "read", now)) ?? now;
}

async function takeSlot(
  tx: Tx,
  which: SQL,
  kind: "read" | "write",
  now: Date,
): Promise<Date | null> {
  const column = slotColumns[kind];
  const pace = kind === "read" ? workspace.cabinetReadsPerSecond : workspace.writesPerSecond;
  const gap = sql`(select make_interval(secs => 1 / ${pace}) from ${workspace})`;
  const next = sql`greatest(coalesce(${column}, ${now.toISOString()}), ${now.toISOString()}::timestamptz) + ${gap}`;
  const [row] = await tx
    .update(kaspiLogins)
    .set(kind === "read" ? { nextReadSlotAt: next } : { nextWriteSlotAt: next })
    .where(which)
    .returning({ at: sql<string>`${column} - ${gap}` });
  return row ? new Date(row.at) : null;
}

/** Kaspi wants this login's reads to stay away: the next slot of all processes is then. */
export async function postponeReads(tx: Tx, accountId: string, until: Date): Promise<void> {
  await tx
    .update(kaspiLogins)
    .set({ nextReadSlotAt: sql`greatest(${kaspiLogins.nextReadSlotAt}, ${until.toISOString()})` })
    .where(isLoginOf(accountId));
}

/** When this login may read again, if that is after `from`; else null. */
export async function readsResumeAt(tx: Tx, accountId: string, from: Date): Promise<Date | null> {
  const [login] = await tx
    .select({ at: kaspiLogins.nextReadSlotAt })
    .from(kaspiLogins)
    .where(and(isLoginOf(accountId), gt(kaspiLogins.nextReadSlotAt, from)));
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
