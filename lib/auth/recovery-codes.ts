import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { recoveryCodes } from "@/lib/db/schema/people";
import { hashOf } from "./one-time-token";

const COUNT = 10;
/** Crockford's: 32 of them, none to be taken for another once `plain` has read it. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 80 bits, `8k3m-…` in fours. */
function newCode(): string {
  const letters = [...randomBytes(16)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** As it is hashed, however it was typed. */
function plain(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
}

/** Gives a person new codes, shown once; the former ones are void. */
export async function issueRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await forgetRecoveryCodes(tx, userId);
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: hashOf(plain(code)) })));
  return codes;
}

export async function forgetRecoveryCodes(tx: Tx, userId: string): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}

/** Uses a code up. How many are left then; null when it is none of the person's. */
export async function spendRecoveryCode(
  tx: Tx,
  userId: string,
  typed: string,
): Promise<number | null> {
  const mine = eq(recoveryCodes.userId, userId);
  const spent = await tx
    .delete(recoveryCodes)
    .where(and(mine, eq(recoveryCodes.codeHash, hashOf(plain(typed)))))
    .returning({ userId: recoveryCodes.userId });
  return spent.length === 0 ? null : tx.$count(recoveryCodes, mine);
}

export function countRecoveryCodes(tx: Tx, userId: string): Promise<number> {
  return tx.$count(recoveryCodes, eq(recoveryCodes.userId, userId));
}
