import { AppError } from "@/lib/core/errors";
import { MINUTE, SECOND } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { isApiKey } from "./api-key";
import type { ApiScope } from "./api-key-scope-model";
import { type KnownKey, knownKey } from "./known-keys";
import type { Caller } from "./model";
import { hashOf } from "./one-time-token";
import { keepTo, noteUse, type Pace, paceOf, takeTurn } from "./pace-queries";

export type Entered = { caller: Caller; keyId: string; scopes: ApiScope[] };

/** By key: until when it is too early whatever Postgres would say, and when its use was last noted. */
type Seen = { earlyUntil: number; notedAt: number };

const MOST_SEEN = 1_000;
/** Keys that open nothing, from one address. */
const ofFailures: Pace = { everyMs: 6 * SECOND, burst: 30 };
const shared = globalThis as typeof globalThis & { dukenKeysSeen?: Map<string, Seen> };

/**
 * Who shows the key. One that is wrong, revoked, past its time or a blocked person's is all the same:
 * `unauthorized`. Throws `rate_limited` when the key is used too fast, and when the address shows
 * too many keys that open nothing; a key that opens is let through from there all the same.
 */
export async function enterByKey(
  db: Db,
  { key, address }: { key: string; address: string },
  now: Date,
): Promise<Entered> {
  const known = isApiKey(key) ? await knownKey(db, hashOf(key)) : null;
  if (!known || (known.expiresAt && known.expiresAt <= now)) {
    const waitMs = await keepTo(db, `wrong key ${address}`, ofFailures, now);
    if (waitMs > 0) throw tooFast(waitMs);
    throw new AppError("unauthorized", "key_refused");
  }
  await keepPace(db, known, now);
  const { id: keyId, caller, scopes } = known;
  return { caller, keyId, scopes };
}

const tooFast = (retryAfterMs: number) =>
  new AppError("rate_limited", "rate_limited", { retryAfterMs });

/** A flood is turned away from memory: time that Postgres has said to be too early stays too early. */
async function keepPace(db: Db, { id, perSecond }: KnownKey, now: Date): Promise<void> {
  const seen = seenOf(id);
  if (perSecond === 0) {
    if (now.getTime() - seen.notedAt < MINUTE) return;
    seen.notedAt = now.getTime();
    return noteUse(db, id, now);
  }
  const waitMs = seen.earlyUntil - now.getTime();
  if (waitMs > 0) throw tooFast(waitMs);
  const earlyMs = await takeTurn(db, id, paceOf(perSecond), now);
  if (earlyMs === 0) return;
  seen.earlyUntil = now.getTime() + earlyMs;
  throw tooFast(earlyMs);
}

function seenOf(keyId: string): Seen {
  shared.dukenKeysSeen ??= new Map();
  const known = shared.dukenKeysSeen.get(keyId);
  if (known) return known;
  if (shared.dukenKeysSeen.size >= MOST_SEEN) shared.dukenKeysSeen.clear();
  const seen = { earlyUntil: 0, notedAt: 0 };
  shared.dukenKeysSeen.set(keyId, seen);
  return seen;
}
