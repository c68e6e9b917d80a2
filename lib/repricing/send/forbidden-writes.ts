import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { channelsOf } from "@/lib/exits/channel-queries";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { deferPending } from "./publish-queries";

/** So many dead sessions in a row, each right after a list that was read with the same session. */
const REFUSALS = 3;
const RETRY_MS = 10 * MINUTE;

/**
 * A session that lives for everything but prices is one of a login without the right to them: a person
 * has to give it. Answers whether that is so; then the store's prices wait, and its owner is told.
 */
export async function heedForbidden(
  access: KaspiAccess,
  store: { id: string; name: string },
): Promise<boolean> {
  const prices = (await channelsOf(access.db, [store.id])).find((one) => one.channel === "prices");
  if (prices?.failureKind !== "kaspi_session_expired" || prices.failuresInRow < REFUSALS)
    return false;
  const notBefore = later(access.clock(), RETRY_MS);
  await deferPending(access.db, store.id, { stateReason: "login_permissions", notBefore });
  await raiseNotice(access.db, {
    ...{ kind: "login_permissions", about: store.id, severity: "danger" },
    ...{ storeId: store.id, params: { store: store.name } },
  });
  return true;
}

/** Kaspi has taken a price of the store. */
export function forgetForbidden({ db, clock }: KaspiAccess, storeId: string): Promise<void> {
  return resolveNotice(db, "login_permissions", storeId, clock());
}
