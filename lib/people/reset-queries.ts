import { and, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import { hashOf } from "@/lib/auth/one-time-token";
import type { Tx } from "@/lib/db/client";
import { passwordResets } from "@/lib/db/schema/people";
import { users } from "@/lib/db/schema/workspace";

/** A link that somebody made is worth their word: it goes when they are blocked or no owner any more. */
const giverStands = sql`exists (
  select from ${users} giver where giver.id = ${passwordResets.createdBy}
  and giver.is_active and giver.role = 'owner')`;
const ownerIsIn = sql`exists (
  select from ${users} person where person.id = ${passwordResets.userId} and person.is_active)`;

const usable = (token: string, now: Date) =>
  and(
    eq(passwordResets.tokenHash, hashOf(token)),
    gt(passwordResets.expiresAt, now),
    ownerIsIn,
    or(isNull(passwordResets.createdBy), giverStands),
  );

export async function isResetUsable(tx: Tx, token: string, now: Date): Promise<boolean> {
  const [row] = await tx
    .select({ id: passwordResets.id })
    .from(passwordResets)
    .where(usable(token, now));
  return row !== undefined;
}

/** Uses the link up. The e-mail it was made for, or null when it does not work. */
export async function spendReset(tx: Tx, token: string, now: Date): Promise<string | null> {
  // Who blocks somebody locks their account before their links, too.
  await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(passwordResets, eq(passwordResets.userId, users.id))
    .where(eq(passwordResets.tokenHash, hashOf(token)))
    .for("update", { of: users });
  const [spent] = await tx
    .delete(passwordResets)
    .where(usable(token, now))
    .returning({ userId: passwordResets.userId });
  if (!spent) return null;
  const [user] = await tx
    .select({ email: sql<string>`lower(${users.email})` })
    .from(users)
    .where(eq(users.id, spent.userId));
  return user?.email ?? null;
}

type NewReset = typeof passwordResets.$inferInsert;

/** Keeps the link, and forgets all that have run out. */
export async function insertReset(tx: Tx, reset: NewReset): Promise<string> {
  await tx.delete(passwordResets).where(lte(passwordResets.expiresAt, reset.createdAt));
  const [row] = await tx.insert(passwordResets).values(reset).returning({ id: passwordResets.id });
  if (!row) throw new Error("the link was not kept");
  return row.id;
}

export async function deleteReset(tx: Tx, resetId: string): Promise<void> {
  await tx.delete(passwordResets).where(eq(passwordResets.id, resetId));
}

/** Whether a link was mailed to the person since then. */
export async function wasMailedSince(tx: Tx, userId: string, since: Date): Promise<boolean> {
  const [row] = await tx
    .select({ id: passwordResets.id })
    .from(passwordResets)
    .where(
      and(
        eq(passwordResets.userId, userId),
        isNull(passwordResets.createdBy),
        gt(passwordResets.createdAt, since),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Who may be sent a link under this e-mail. */
export async function activeByEmail(tx: Tx, email: string) {
  const [user] = await tx
    .select({ id: users.id, email: users.email, name: users.name, locale: users.locale })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email), eq(users.isActive, true)))
    .for("update");
  return user ?? null;
}

/** Puts the asking before the owners, or takes it from them. */
export async function markAsked(tx: Tx, userId: string, at: Date | null): Promise<void> {
  await tx.update(users).set({ resetAskedAt: at }).where(eq(users.id, userId));
}
