import { eq, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { users } from "@/lib/db/schema/workspace";
import { noteAttempt, takeBack } from "./attempts";
import { audit } from "./audit";
import type { Caller } from "./model";
import { pretendToVerify, verifyPassword } from "./password";
import { type AuthAccess, passSecondStep } from "./second-step";
import { callerColumns } from "./users";

export type SignedIn = Caller & { sessionVersion: number };

export type Credentials = { email: string; password: string; code?: string; address: string };

/**
 * One answer for an unknown e-mail, a blocked user and a wrong password: null. Whoever has the right
 * password and two-factor on is asked for the code (`code_required`, `code_wrong`); until it is right
 * there is no session, so the password comes with it.
 */
export async function signIn(
  access: AuthAccess,
  input: Credentials,
  now: Date,
): Promise<SignedIn | null> {
  const { db } = access;
  const email = input.email.trim().toLowerCase();
  const tried = { kind: "password", account: email, address: input.address } as const;
  const attempt = await noteAttempt(db, tried, now);
  const [user] = await db
    .select({
      ...callerColumns,
      sessionVersion: users.sessionVersion,
      passwordHash: users.passwordHash,
      isActive: users.isActive,
      totpSecret: users.totpSecret,
      totpSince: users.totpSince,
    })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  const right = user
    ? await verifyPassword(input.password, user.passwordHash)
    : await pretendToVerify(input.password);
  if (!user || !right || !user.isActive) return null;
  const { passwordHash: _hash, isActive: _active, totpSecret, totpSince, ...signedIn } = user;
  if (totpSecret && totpSince) {
    if (!input.code) {
      await takeBack(db, attempt);
      throw new AppError("unauthorized", "code_required");
    }
    await passSecondStep(access, { id: user.id, totpSecret }, input.code, now);
  }
  await takeBack(db, attempt);
  await db.transaction(async (tx) => {
    await tx.update(users).set({ lastLoginAt: now }).where(eq(users.id, user.id));
    const entry = { action: "user.logged_in", subjectId: user.id } as const;
    await audit(tx, { at: now, userId: user.id, ...entry });
  });
  return signedIn;
}
