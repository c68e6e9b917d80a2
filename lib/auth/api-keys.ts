import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { later } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { users } from "@/lib/db/schema/workspace";
import { hintOf, newApiKey } from "./api-key";
import type { ApiKeyLine } from "./api-key-model";
import type { ApiScope } from "./api-key-scope-model";
import { audit } from "./audit";
import type { Caller } from "./model";
import { hashOf } from "./one-time-token";

/** More of one person are programs that make keys. */
const MOST_KEYS = 50;

export type NewApiKey = {
  name: string;
  scopes: ApiScope[];
  lifeMs: number | null;
  /** Null or nothing: the pace of any key; 0: none. */
  perSecond?: number | null;
};

/**
 * Makes a key of the user's and returns it: nobody can read it again. Null as the maker is the command
 * line. Throws `conflict` when the user has too many.
 */
export function createApiKey(
  db: Db,
  userId: string,
  { name, scopes, lifeMs, perSecond = null }: NewApiKey,
  { by, now }: { by: string | null; now: Date },
): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    const unrevoked = and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt));
    if ((await tx.$count(apiKeys, unrevoked)) >= MOST_KEYS)
      throw new AppError("conflict", "keys_many");
    const key = newApiKey();
    const expiresAt = lifeMs === null ? null : later(now, lifeMs);
    const row = { userId, name, scopes, perSecond, hint: hintOf(key), createdAt: now, expiresAt };
    const made = await tx
      .insert(apiKeys)
      .values({ ...row, keyHash: hashOf(key) })
      .returning({ id: apiKeys.id });
    for (const { id: subjectId } of made) {
      const ends = expiresAt?.toISOString() ?? null;
      const pace = perSecond === null ? {} : { perSecond };
      const details = { name, scopes, of: userId, expiresAt: ends, ...pace };
      await audit(tx, { at: now, userId: by, action: "api_key.created", subjectId, details });
    }
    return key;
  });
}

/** Whose keys the caller may see and revoke. */
const withinReach = (caller: Caller) =>
  caller.role === "owner" ? sql`true` : eq(apiKeys.userId, caller.id);

/** What is not revoked, the caller's own first, the newest first; an owner sees everybody's. */
export function listApiKeys(tx: Tx, caller: Caller): Promise<ApiKeyLine[]> {
  const isForeign = sql`${apiKeys.userId} <> ${caller.id}`;
  return tx
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      hint: apiKeys.hint,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      lastUsedAt: apiKeys.lastUsedAt,
      userId: apiKeys.userId,
      userName: users.name,
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(and(withinReach(caller), isNull(apiKeys.revokedAt)))
    .orderBy(isForeign, asc(users.name), desc(apiKeys.createdAt));
}

/** In effect on the key's next request. Throws `not_found` for somebody else's and for one that is revoked. */
export async function revokeApiKey(
  db: Db,
  caller: Caller,
  keyId: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt), withinReach(caller)))
      .returning({ name: apiKeys.name, of: apiKeys.userId });
    if (!revoked) throw new AppError("not_found", "key_not_found");
    const entry = { action: "api_key.revoked", subjectId: keyId, details: revoked } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
  });
}
