import { eq, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { nextTurn } from "@/lib/core/next-turn";
import { SECOND, within } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { accessMark } from "@/lib/db/schema/access";
import { apiKeys } from "@/lib/db/schema/api-keys";
import type { ApiScope } from "./api-key-scope-model";
import type { Caller } from "./model";
import { findActiveUser } from "./users";

export type KnownKey = {
  id: string;
  caller: Caller;
  scopes: ApiScope[];
  expiresAt: Date | null;
  perSecond: number | null;
};

const MOST_KNOWN = 1_000;
/** A connection that died without a word must not keep everybody waiting. */
const PATIENCE = 5 * SECOND;
/** When nobody has changed anything yet. */
const UNMARKED = "00000000-0000-0000-0000-000000000000";

type Memory = {
  mark: () => Promise<string>;
  /** By hash: what held as of a mark. */
  keys: Map<string, { mark: string; key: KnownKey }>;
};

const shared = globalThis as typeof globalThis & { dukenKnownKeys?: WeakMap<Db, Memory> };

/**
 * The key with that hash and whose it is; null for one that is unknown or revoked, or whose person is blocked.
 * What is remembered counts only while Postgres says, on this very request, that nobody's rights have
 * changed since: a revoked key is refused from the commit on, in every process.
 */
export async function knownKey(db: Db, keyHash: string): Promise<KnownKey | null> {
  const { mark: askMark, keys } = memoryOf(db);
  const mark = await askMark();
  const known = keys.get(keyHash);
  if (known?.mark === mark) return known.key;
  keys.delete(keyHash);
  // Read after the mark: what changes in between is of another mark.
  const key = await findKey(db, keyHash);
  if (!key) return null;
  keys.set(keyHash, { mark, key });
  for (const oldest of keys.keys()) {
    if (keys.size <= MOST_KNOWN) break;
    keys.delete(oldest);
  }
  return key;
}

function memoryOf(db: Db): Memory {
  shared.dukenKnownKeys ??= new WeakMap();
  const before = shared.dukenKnownKeys.get(db);
  if (before) return before;
  const read = db
    .select({ mark: accessMark.mark })
    .from(accessMark)
    .where(eq(accessMark.id, sql.placeholder("id")))
    .prepare("access_mark");
  const mark = nextTurn(async () => {
    const rows = await within(PATIENCE, read.execute({ id: 1 }));
    if (rows === null) throw new AppError("unavailable", "unavailable", { retryAfterMs: PATIENCE });
    return rows[0]?.mark ?? UNMARKED;
  });
  const memory = { mark, keys: new Map() };
  shared.dukenKnownKeys.set(db, memory);
  return memory;
}

async function findKey(db: Db, keyHash: string): Promise<KnownKey | null> {
  const { id, userId, scopes, expiresAt, perSecond, revokedAt } = apiKeys;
  const [found] = await db
    .select({ id, userId, scopes, expiresAt, perSecond, revokedAt })
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, keyHash));
  if (!found || found.revokedAt) return null;
  const caller = await findActiveUser(db, found.userId);
  return caller && { ...found, caller };
}
