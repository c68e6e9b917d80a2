import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions } from "@/lib/db/schema/repricing";
import { writableStore } from "./queries";

/**
 * Puts the store's jobs to rest or to work: on pause nothing is read, decided or sent. Prices that
 * waited to be sent say so.
 */
export function setStorePaused(
  tx: Tx,
  caller: Caller,
  { storeId, paused }: { storeId: string; paused: boolean },
  now: Date,
): Promise<void> {
  const action = paused ? "store.paused" : "store.resumed";
  return setRest(tx, caller, { storeId, to: { isActive: !paused }, action }, now);
}

/** Allows nothing but Kaspi's official interface for the store, or everything again: a rest of its own. */
export function setOfficialOnly(
  db: Db,
  caller: Caller,
  { storeId, officialOnly }: { storeId: string; officialOnly: boolean },
  now: Date,
): Promise<void> {
  const action = officialOnly ? "store.official_only_on" : "store.official_only_off";
  return setRest(db, caller, { storeId, to: { officialOnly }, action }, now);
}

/** Why a price waits whose login could not be used; each ends with a new session. */
const loginReasons = [
  "needs_reauth",
  "login_permissions",
  "unavailable",
  "kaspi_session_expired",
  "kaspi_credentials",
  "kaspi_flood",
  "kaspi_address_refused",
  "kaspi_unreachable",
  "kaspi_timeout",
];

/** A person has just logged in: what waited for that, be it for another hour, waits no longer. */
export async function endLoginWaits(db: Db, storeIds: string[]): Promise<void> {
  await db.transaction(async (tx) => {
    const waiting = tx
      .select({ id: decisions.id })
      .from(decisions)
      .where(
        and(
          inArray(decisions.storeId, storeIds),
          eq(decisions.state, "pending"),
          inArray(decisions.stateReason, loginReasons),
        ),
      )
      .orderBy(asc(decisions.id))
      .for("update");
    await tx
      .update(decisions)
      .set({ stateReason: null, notBefore: null })
      .where(inArray(decisions.id, waiting));
  });
}

type Rest = {
  storeId: string;
  to: { isActive: boolean } | { officialOnly: boolean };
  action: Extract<AuditEntry["action"], `store.${string}`>;
};

async function setRest(
  tx: Tx,
  caller: Caller,
  { storeId, to, action }: Rest,
  now: Date,
): Promise<void> {
  await tx.transaction(async (inner) => {
    const { isActive, officialOnly } = { ...(await writableStore(inner, caller, storeId)), ...to };
    const stateReason = officialOnly ? "official_only" : isActive ? null : "store_paused";
    const waiting = inner
      .select({ id: decisions.id })
      .from(decisions)
      .where(and(eq(decisions.storeId, storeId), eq(decisions.state, "pending")))
      .orderBy(asc(decisions.id))
      .for("update");
    await inner
      .update(decisions)
      .set({ stateReason, notBefore: null })
      .where(inArray(decisions.id, waiting));
    const due = { nextSyncAt: sql`least(${stores.nextSyncAt}, ${now.toISOString()})` };
    await inner
      .update(stores)
      .set({ ...to, ...(stateReason === null && due) })
      .where(eq(stores.id, storeId));
    await audit(inner, { at: now, userId: caller.id, storeId, action });
  });
}
