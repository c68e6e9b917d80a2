import { and, arrayContains, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { users } from "@/lib/db/schema/workspace";
import { hintOf } from "./api-key";
import { audit } from "./audit";
import { hashOf } from "./one-time-token";

const NAME = "Telegram";

/** What has come of it; `no_owner`: nobody is there yet whose it could be, `revoked`: somebody has taken it back. */
export type Admitted = "made" | "known" | "moved" | "revoked" | "no_owner";

/**
 * Lets our bot in by this key, with the scope `bot` alone: it may do nothing but what those may for whom it
 * acts. It is the oldest active owner's, another's once that one is blocked; the bot's former keys end.
 */
export function admitBotKey(db: Db, key: string, now: Date): Promise<Admitted> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('bot'), hashtext('key'))`);
    const keyHash = hashOf(key);
    const [known] = await tx
      .select({ id: apiKeys.id, revokedAt: apiKeys.revokedAt, isActive: users.isActive })
      .from(apiKeys)
      .innerJoin(users, eq(users.id, apiKeys.userId))
      .where(eq(apiKeys.keyHash, keyHash));
    if (known?.revokedAt) return "revoked";
    if (known?.isActive) return "known";
    const userId = await oldestOwner(tx);
    if (userId === null) return "no_owner";
    if (known) {
      await tx.update(apiKeys).set({ userId }).where(eq(apiKeys.id, known.id));
      return "moved";
    }
    await endFormer(tx, now);
    await insertKey(tx, { userId, keyHash, hint: hintOf(key) }, now);
    return "made";
  });
}

async function oldestOwner(tx: Tx): Promise<string | null> {
  const [owner] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "owner"), eq(users.isActive, true)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1);
  return owner?.id ?? null;
}

type NewKey = Pick<typeof apiKeys.$inferInsert, "userId" | "keyHash" | "hint">;

/** Each person it acts for has a pace of their own. */
async function insertKey(tx: Tx, key: NewKey, now: Date): Promise<void> {
  const row = { ...key, name: NAME, scopes: ["bot" as const], perSecond: 0, createdAt: now };
  const made = await tx.insert(apiKeys).values(row).returning({ id: apiKeys.id });
  const details = { name: NAME, scopes: ["bot"], of: key.userId };
  await audit(
    tx,
    ...made.map(({ id: subjectId }) => ({
      ...{ at: now, userId: null, action: "api_key.created" as const, subjectId, details },
    })),
  );
}

/** Nobody else is given that scope. */
async function endFormer(tx: Tx, now: Date): Promise<void> {
  const ended = await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(arrayContains(apiKeys.scopes, ["bot"]), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id, of: apiKeys.userId });
  const entries = ended.map(({ id: subjectId, of }) => ({
    ...{ at: now, userId: null, action: "api_key.revoked" as const, subjectId },
    details: { name: NAME, of },
  }));
  await audit(tx, ...entries);
}
