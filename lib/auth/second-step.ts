import { and, eq, isNull, lt, or } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { users } from "@/lib/db/schema/workspace";
import { noteAttempt, takeBack } from "./attempts";
import { audit } from "./audit";
import { spendRecoveryCode } from "./recovery-codes";
import { stepOfCode } from "./totp";
import type { Vault } from "./vault";

export type AuthAccess = { db: Db; vault: Vault };

/**
 * Marks a code as spent, with all before it. False when it is wrong, or was used already: of two who
 * show the same code at once, one gets in.
 */
export async function spendCode(
  tx: Tx,
  userId: string,
  { secret, code }: { secret: string; code: string },
  now: Date,
): Promise<boolean> {
  const step = stepOfCode(secret, code, now);
  if (step === null) return false;
  const unspent = or(isNull(users.totpLastStep), lt(users.totpLastStep, step));
  const taken = await tx
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, userId), unspent))
    .returning({ id: users.id });
  return taken.length > 0;
}

/** Six digits are the telephone's, anything else is meant as a recovery code. */
const digitsOf = (typed: string) => /^\d{6}$/.exec(typed.replace(/\s/g, ""))?.[0] ?? null;

/**
 * The second thing asked of who has the right password. Throws `unauthorized` with `code_wrong`,
 * and `rate_limited`.
 */
export async function passSecondStep(
  { db, vault }: AuthAccess,
  user: { id: string; totpSecret: string },
  typed: string,
  now: Date,
): Promise<void> {
  const code = digitsOf(typed);
  if (code === null) return passByRecoveryCode(db, user.id, typed, now);
  const attempt = { kind: "code", account: user.id, address: "any" } as const;
  const attemptId = await noteAttempt(db, attempt, now);
  const secret = vault.open(user.totpSecret);
  if (!(await spendCode(db, user.id, { secret, code }, now)))
    throw new AppError("unauthorized", "code_wrong");
  await takeBack(db, attemptId);
}

async function passByRecoveryCode(db: Db, userId: string, typed: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const left = await spendRecoveryCode(tx, userId, typed);
    if (left === null) throw new AppError("unauthorized", "code_wrong");
    const used = { action: "user.recovery_code_used", details: { left } } as const;
    await audit(tx, { at: now, userId, subjectId: userId, ...used });
  });
}
