import { randomUUID } from "node:crypto";
import { and, eq, lte, or, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { loginFailures, users } from "@/lib/db/schema/workspace";
import { audit } from "./audit";
import type { Caller, NewUser } from "./model";
import { hashPassword, pretendToVerify, verifyPassword } from "./password";

const WINDOW_MS = 15 * MINUTE;
const FAILURES_PER_EMAIL_AND_ADDRESS = 10;
/** Far more: a stranger who fails on purpose must not shut the person out. */
const FAILURES_PER_EMAIL = 100;
const FAILURES_PER_ADDRESS = 50;
/** Any number, as long as no other lock has it. */
const LOGIN_LOCK = 3_852_048;

export type SignedIn = Caller & { sessionVersion: number };

const callerColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  canViewAllStores: users.canViewAllStores,
  locale: users.locale,
  sessionVersion: users.sessionVersion,
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
  if (!user) return null;
  const { sessionVersion: _version, ...caller } = user;
  return caller;
}

/** For work that goes on without its person: who they are now, or null when they are blocked. */
export async function findActiveUser(tx: Tx, userId: string): Promise<Caller | null> {
  const [user] = await tx
    .select(callerColumns)
    .from(users)
    .where(and(eq(users.id, userId), eq(users.isActive, true)));
  if (!user) return null;
  const { sessionVersion: _version, ...caller } = user;
  return caller;
}

/**
 * Notes the attempt as a failure before the password is looked at, one attempt at a time: however
 * many come at once, no more than the limits allow get that far. Returns what to take back.
 */
export function noteAttempt(db: Db, email: string, address: string, now: Date): Promise<string> {
  const mine = eq(loginFailures.email, email);
  const here = eq(loginFailures.address, address);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOGIN_LOCK})`);
    await tx.delete(loginFailures).where(lte(loginFailures.at, later(now, -WINDOW_MS)));
    const [failures] = await tx
      .select({
        together: sql<number>`count(*) filter (where ${mine} and ${here})::int`,
        byEmail: sql<number>`count(*) filter (where ${mine})::int`,
        byAddress: sql<number>`count(*) filter (where ${here})::int`,
        oldest: sql<string>`min(${loginFailures.at})`,
      })
      .from(loginFailures)
      .where(or(mine, here));
    if (
      failures &&
      (failures.together >= FAILURES_PER_EMAIL_AND_ADDRESS ||
        failures.byEmail >= FAILURES_PER_EMAIL ||
        failures.byAddress >= FAILURES_PER_ADDRESS)
    ) {
      const retryAfterMs = new Date(failures.oldest).getTime() + WINDOW_MS - now.getTime();
      throw new AppError("rate_limited", "too_many_logins", { retryAfterMs });
    }
    const id = randomUUID();
    await tx.insert(loginFailures).values({ id, email, address, at: now });
    return id;
  });
}

/** One answer for an unknown e-mail, a blocked user and a wrong password: null. */
export async function signIn(
  db: Db,
  input: { email: string; password: string; address: string },
  now: Date,
): Promise<SignedIn | null> {
  const email = input.email.trim().toLowerCase();
  const attempt = await noteAttempt(db, email, input.address, now);
  const [user] = await db
    .select({ ...callerColumns, passwordHash: users.passwordHash, isActive: users.isActive })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  const right = user
    ? await verifyPassword(input.password, user.passwordHash)
    : await pretendToVerify(input.password);
  if (!user || !right || !user.isActive) return null;
  await db.delete(loginFailures).where(eq(loginFailures.id, attempt));
  await db.update(users).set({ lastLoginAt: now }).where(eq(users.id, user.id));
  const { passwordHash: _hash, isActive: _active, ...signedIn } = user;
  return signedIn;
}

/** Creates an owner with every permission. Throws `conflict` when the e-mail is taken. */
export async function createOwner(tx: Tx, input: NewUser, now: Date): Promise<string> {
  const passwordHash = await hashPassword(input.password);
  const [user] = await tx
    .insert(users)
    .values({
      email: input.email,
      name: input.name,
      passwordHash,
      role: "owner",
      canViewAllStores: true,
    })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (!user) throw new AppError("conflict", "email_taken");
  await audit(tx, {
    at: now,
    userId: user.id,
    action: "user.created",
    subjectId: user.id,
    details: { role: "owner" },
  });
  return user.id;
}

/** Sets a password and ends the user's sessions. False when nobody has that e-mail. */
export async function changePassword(
  tx: Tx,
  email: string,
  password: string,
  now: Date,
): Promise<boolean> {
  const [user] = await tx
    .update(users)
    .set({
      passwordHash: await hashPassword(password),
      sessionVersion: sql`${users.sessionVersion} + 1`,
    })
    .where(eq(sql`lower(${users.email})`, email))
    .returning({ id: users.id });
  if (!user) return false;
  await audit(tx, {
    at: now,
    userId: user.id,
    action: "user.password_changed",
    subjectId: user.id,
  });
  return true;
}

export async function setLocale(tx: Tx, userId: string, locale: Caller["locale"]): Promise<void> {
  await tx.update(users).set({ locale }).where(eq(users.id, userId));
}

export async function hasUsers(tx: Tx): Promise<boolean> {
  const [row] = await tx.select({ id: users.id }).from(users).limit(1);
  return row !== undefined;
}
