import { and, desc, eq, gt, lt, lte, ne } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { pendingLogins } from "@/lib/db/schema/logins";

export type PendingRow = typeof pendingLogins.$inferSelect;
type NewPending = Omit<typeof pendingLogins.$inferInsert, "id" | "createdAt">;

/** A login that waits for this person; another's does not exist for them. Throws `not_found`. */
export async function pendingById(tx: Tx, userId: string, id: string): Promise<PendingRow> {
  const [pending] = await tx
    .select()
    .from(pendingLogins)
    .where(and(eq(pendingLogins.id, id), eq(pendingLogins.userId, userId)));
  if (!pending) throw new AppError("not_found", "login_gone");
  return pending;
}

/** The newest login that still waits for this person: of this name, or of any. */
export async function waitingPending(
  tx: Tx,
  userId: string,
  now: Date,
  login?: string,
): Promise<PendingRow | null> {
  const [pending] = await tx
    .select()
    .from(pendingLogins)
    .where(
      and(
        eq(pendingLogins.userId, userId),
        gt(pendingLogins.expiresAt, now),
        ne(pendingLogins.step, "inside"),
        login === undefined ? undefined : eq(pendingLogins.login, login),
      ),
    )
    .orderBy(desc(pendingLogins.createdAt))
    .limit(1);
  return pending ?? null;
}

/** Whether anybody who knows its password is in the middle of logging in with this name. */
export async function isLoginUnderWay(tx: Tx, login: string, now: Date): Promise<boolean> {
  const waiting = and(
    eq(pendingLogins.login, login),
    ne(pendingLogins.step, "inside"),
    gt(pendingLogins.expiresAt, now),
  );
  return (await tx.$count(pendingLogins, waiting)) > 0;
}

/** Of a person and a login one waits at a time: a later one takes the place of the earlier. */
export async function savePending(tx: Tx, pending: NewPending): Promise<PendingRow> {
  const [row] = await tx
    .insert(pendingLogins)
    .values(pending)
    .onConflictDoUpdate({
      target: [pendingLogins.userId, pendingLogins.login],
      set: { attempts: 0, ...pending },
    })
    .returning();
  if (!row) throw new Error("upsert of the pending login returned nothing");
  return row;
}

export async function changePending(
  tx: Tx,
  id: string,
  change: Partial<Pick<PendingRow, "step" | "state" | "attempts" | "resendAt" | "expiresAt">>,
): Promise<void> {
  await tx.update(pendingLogins).set(change).where(eq(pendingLogins.id, id));
}

export async function endPending(tx: Tx, userId: string, login: string): Promise<void> {
  await tx
    .delete(pendingLogins)
    .where(and(eq(pendingLogins.userId, userId), eq(pendingLogins.login, login)));
}

/** Deletes this login if it has expired: meanwhile its person may have begun it anew. */
export async function endExpired(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .delete(pendingLogins)
    .where(and(eq(pendingLogins.id, id), lte(pendingLogins.expiresAt, now)));
}

/** Deletes what expired before `before`, with all it held. */
export async function forgetPending(tx: Tx, before: Date): Promise<void> {
  await tx.delete(pendingLogins).where(lt(pendingLogins.expiresAt, before));
}
