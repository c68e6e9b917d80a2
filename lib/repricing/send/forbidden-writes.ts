import { inCabinet } from "@/lib/accounts/cabinet";
import { isAppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { channelsOf } from "@/lib/exits/channel-queries";
import type { CabinetSession } from "@/lib/kaspi/session";
import { checkWritePermission } from "@/lib/kaspi/write-permission";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { deferPending } from "./publish-queries";

/** One dead session is nothing special; after so many failures Kaspi is asked what it is. */
const FAILURES = 3;
const RETRY_MS = 10 * MINUTE;

/**
 * A session that lives for everything but prices is one of a login without the right to them: a person
 * has to give it. Answers whether that is so; then the store's prices wait, and its owner is told.
 */
export async function heedForbidden(
  access: KaspiAccess,
  store: { id: string; name: string; accountId: string; merchantId: string },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const prices = (await channelsOf(access.db, [store.id])).find((one) => one.channel === "prices");
  if (!prices || prices.failuresInRow < FAILURES) return false;
  if (!(await lacksRight(access, store, signal))) return false;
  const notBefore = later(access.clock(), RETRY_MS);
  await deferPending(access.db, store.id, { stateReason: "login_permissions", notBefore });
  await raiseNotice(access.db, {
    ...{ kind: "login_permissions", about: store.id, severity: "danger" },
    ...{ storeId: store.id, params: { store: store.name } },
  });
  return true;
}

async function lacksRight(
  access: KaspiAccess,
  { accountId, merchantId }: { accountId: string; merchantId: string },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const ask = (cabinet: CabinetSession) => checkWritePermission(cabinet, merchantId);
  return inCabinet(access, accountId, ask, signal).then(
    () => false,
    (error: unknown) => {
      if (!isAppError(error)) throw error;
      return error.key === "login_permissions";
    },
  );
}

/** Kaspi has taken a price of the store. */
export function forgetForbidden({ db, clock }: KaspiAccess, storeId: string): Promise<void> {
  return resolveNotice(db, "login_permissions", storeId, clock());
}
