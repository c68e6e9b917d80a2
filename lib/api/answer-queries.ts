import { and, eq, lte, sql } from "drizzle-orm";
import { DAY, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { apiAnswers } from "@/lib/db/schema/api-answers";

export type Claim = { userId: string; operation: string; key: string; bodyHash: string };
type Kept = Pick<typeof apiAnswers.$inferSelect, "bodyHash" | "status" | "body" | "headers">;

/** Whoever has not answered by then has died on the way: a login in a browser takes three minutes and a half. */
const LONGEST_MS = 5 * MINUTE;

const isOf = ({ userId, operation, key }: Claim) =>
  and(eq(apiAnswers.userId, userId), eq(apiAnswers.operation, operation), eq(apiAnswers.key, key));

/** Takes the key for the caller's answer: null. Or what is known under it. */
export async function takeClaim(tx: Tx, claim: Claim, now: Date): Promise<Kept | null> {
  const isAbandoned = sql`not ${apiAnswers.isAnswered} and ${lte(apiAnswers.at, later(now, -LONGEST_MS))}`;
  const isOver = sql`${lte(apiAnswers.at, later(now, -DAY))} or ${isAbandoned}`;
  const [taken] = await tx
    .insert(apiAnswers)
    .values({ ...claim, at: now })
    .onConflictDoUpdate({
      target: [apiAnswers.userId, apiAnswers.operation, apiAnswers.key],
      set: { bodyHash: claim.bodyHash, at: now, isAnswered: false, status: null, body: null },
      setWhere: isOver,
    })
    .returning({ key: apiAnswers.key });
  if (taken) return null;
  const { bodyHash, status, body, headers } = apiAnswers;
  const [known] = await tx
    .select({ bodyHash, status, body, headers })
    .from(apiAnswers)
    .where(isOf(claim));
  return known ?? null;
}

export async function keepAnswer(
  tx: Tx,
  claim: Claim,
  answer: { status: number; body: string; headers: Record<string, string> },
): Promise<void> {
  await tx
    .update(apiAnswers)
    .set({ ...answer, isAnswered: true })
    .where(and(isOf(claim), eq(apiAnswers.isAnswered, false)));
}

/** The work has not been done: the same key may ask for it again. */
export async function forgetClaim(tx: Tx, claim: Claim): Promise<void> {
  await tx.delete(apiAnswers).where(and(isOf(claim), eq(apiAnswers.isAnswered, false)));
}
