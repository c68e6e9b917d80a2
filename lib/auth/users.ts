import { and, eq, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { passwordResets } from "@/lib/db/schema/people";
import { users } from "@/lib/db/schema/workspace";
import { audit } from "./audit";
import type { Caller, NewUser } from "./model";
import { hashPassword } from "./password";
import { heldPermissions, sharedStores } from "./permission-queries";

export const callerColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  permissions: heldPermissions,
  shares: sharedStores,
  locale: users.locale,
  timeZone: users.timeZone,
};

/** The user behind a session, or null when blocked, gone, or signed out everywhere since. */
export async function findCaller(
  tx: Tx,
  userId: string,
  sessionVersion: number,
): Promise<Caller | null> {
  const [user] = await tx
    .select(callerColumns)
    .from(users)
    .where(
      and(eq(users.id, userId), eq(users.isActive, true), eq(users.sessionVersion, sessionVersion)),
    );
  return user ?? null;
}

/** For work that goes on without its person: who they are now, or null when they are blocked. */
export async function findActiveUser(tx: Tx, userId: string): Promise<Caller | null> {
  const [user] = await tx
    .select(callerColumns)
    .from(users)
    .where(and(eq(users.id, userId), eq(users.isActive, true)));
  return user ?? null;
}

/** Who has that e-mail, unless they are blocked. */
export async function findUserId(tx: Tx, email: string): Promise<string | null> {
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email), eq(users.isActive, true)));
  return user?.id ?? null;
}

type UserToInsert = NewUser & Pick<typeof users.$inferInsert, "role" | "locale">;

/** Throws `conflict` when the e-mail is taken. */
export async function insertUser(tx: Tx, input: UserToInsert, now: Date): Promise<string> {
  const { password, role = "member", ...person } = input;
  const passwordHash = await hashPassword(password);
  const [user] = await tx
    .insert(users)
    .values({ ...person, role, passwordHash })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (!user) throw new AppError("conflict", "email_taken");
  const details = { role };
  await audit(tx, {
    at: now,
    userId: user.id,
    action: "user.created",
    subjectId: user.id,
    details,
  });
  return user.id;
}

/** Creates an owner with every permission. Throws `conflict` when the e-mail is taken. */
export function createOwner(tx: Tx, input: NewUser, now: Date): Promise<string> {
  return insertUser(tx, { ...input, role: "owner" }, now);
}

/** Sets a password, ends the user's sessions and voids their reset links. False when nobody has that e-mail. */
export async function changePassword(
  tx: Tx,
  email: string,
  password: string,
  now: Date,
  via: "settings" | "link" | "command" = "command",
): Promise<boolean> {
  const [user] = await tx
    .update(users)
    .set({
      passwordHash: await hashPassword(password),
      sessionVersion: sql`${users.sessionVersion} + 1`,
      resetAskedAt: null,
    })
    .where(eq(sql`lower(${users.email})`, email))
    .returning({ id: users.id });
  if (!user) return false;
  await tx.delete(passwordResets).where(eq(passwordResets.userId, user.id));
  await audit(tx, {
    at: now,
    userId: user.id,
    action: "user.password_changed",
    subjectId: user.id,
    details: { via },
  });
  return true;
}

/** Ends every session of the user, the one that asks too. */
export async function endSessions(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId));
}

export async function hasUsers(tx: Tx): Promise<boolean> {
  const [row] = await tx.select({ id: users.id }).from(users).limit(1);
  return row !== undefined;
}
