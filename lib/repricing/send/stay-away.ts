import { blockWrites } from "@/lib/accounts/pace-queries";
import type { AppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { raiseNotice } from "@/lib/notices/queries";

const WRITE_BAN_MS = 30 * MINUTE;

/** Kaspi answered 429 to a write: its login writes nothing for a while, and the store's owner is told. */
export async function stayAway(
  { db, clock }: KaspiAccess,
  store: { id: string; name: string; accountId: string },
  error: AppError,
): Promise<Date> {
  const until = later(clock(), error.retryAfterMs ?? WRITE_BAN_MS);
  await blockWrites(db, store.accountId, until);
  await raiseNotice(db, {
    kind: "writes_blocked",
    about: store.accountId,
    severity: "warning",
    storeId: store.id,
    params: { store: store.name, until: until.toISOString() },
  });
  return until;
}
