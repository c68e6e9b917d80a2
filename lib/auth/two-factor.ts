import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { users } from "@/lib/db/schema/workspace";
import { audit } from "./audit";
import type { Caller } from "./model";
import { requireOwnPassword } from "./own-password";
import { auditOwn } from "./own-profile";
import { countRecoveryCodes, forgetRecoveryCodes, issueRecoveryCodes } from "./recovery-codes";
import { type AuthAccess, spendCode } from "./second-step";
import { enrolmentUri, newSecret } from "./totp";
import type { TwoFactor } from "./two-factor-model";

export const firstCodeSchema = z.object({
  code: z
    .string()
    .transform((text) => text.replace(/\s/g, ""))
    .refine((text) => /^\d{6}$/.test(text), { error: "code_wrong" }),
});

export async function twoFactorOf(tx: Tx, userId: string): Promise<TwoFactor> {
  const [user] = await tx
    .select({ since: users.totpSince })
    .from(users)
    .where(eq(users.id, userId));
  if (!user?.since) return null;
  return { since: user.since, codesLeft: await countRecoveryCodes(tx, userId) };
}

/** A secret for the caller's telephone, which counts for nothing until its first code has come back. */
export async function beginTwoFactor(
  { db, vault }: AuthAccess,
  caller: Caller,
  password: string,
  now: Date,
): Promise<{ secret: string; uri: string }> {
  await requireOwnPassword(db, caller, password, now);
  const secret = newSecret();
  await db.transaction(async (tx) => {
    const user = await lockOwn(tx, caller);
    if (user.totpSince) throw new AppError("conflict", "two_factor_on");
    await tx
      .update(users)
      .set({ totpSecret: vault.seal(secret), totpLastStep: null })
      .where(eq(users.id, caller.id));
    await auditOwn(tx, caller, "user.two_factor_begun", now);
  });
  return { secret, uri: enrolmentUri(secret, caller.email) };
}

/** Turns it on with the first code and answers the recovery codes, which are shown once. */
export function confirmTwoFactor(
  { db, vault }: AuthAccess,
  caller: Caller,
  code: string,
  now: Date,
): Promise<string[]> {
  return db.transaction(async (tx) => {
    const user = await lockOwn(tx, caller);
    if (user.totpSince) throw new AppError("conflict", "two_factor_on");
    if (!user.totpSecret) throw new AppError("conflict");
    const secret = vault.open(user.totpSecret);
    if (!(await spendCode(tx, caller.id, { secret, code }, now)))
      throw new AppError("invalid", "invalid", {
        details: [{ path: "code", message: "code_wrong" }],
      });
    await tx.update(users).set({ totpSince: now }).where(eq(users.id, caller.id));
    await auditOwn(tx, caller, "user.two_factor_on", now);
    return issueRecoveryCodes(tx, caller.id);
  });
}

export async function turnTwoFactorOff(
  { db }: AuthAccess,
  caller: Caller,
  password: string,
  now: Date,
): Promise<void> {
  await requireOwnPassword(db, caller, password, now);
  await db.transaction(async (tx) => {
    await dropTwoFactor(tx, caller.id);
    await auditOwn(tx, caller, "user.two_factor_off", now);
  });
}

/** New recovery codes; the former ones are void. */
export async function renewRecoveryCodes(
  { db }: AuthAccess,
  caller: Caller,
  password: string,
  now: Date,
): Promise<string[]> {
  await requireOwnPassword(db, caller, password, now);
  return db.transaction(async (tx) => {
    const user = await lockOwn(tx, caller);
    if (!user.totpSince) throw new AppError("conflict");
    await auditOwn(tx, caller, "user.recovery_codes_renewed", now);
    return issueRecoveryCodes(tx, caller.id);
  });
}

/** Takes the second step off an account: secret, spent codes and recovery codes. */
export async function dropTwoFactor(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(users)
    .set({ totpSecret: null, totpSince: null, totpLastStep: null })
    .where(eq(users.id, userId));
  await forgetRecoveryCodes(tx, userId);
}

/** For the owner of the machine, when nobody else can help. False when nobody has that e-mail. */
export async function dropTwoFactorOf(tx: Tx, email: string, now: Date): Promise<boolean> {
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  if (!user) return false;
  await dropTwoFactor(tx, user.id);
  const dropped = { action: "person.drop_two_factor", subjectId: user.id } as const;
  await audit(tx, { at: now, userId: null, ...dropped });
  return true;
}

async function lockOwn(tx: Tx, { id }: Caller) {
  const [user] = await tx
    .select({ totpSecret: users.totpSecret, totpSince: users.totpSince })
    .from(users)
    .where(eq(users.id, id))
    .for("update");
  if (!user) throw new AppError("not_found");
  return user;
}
