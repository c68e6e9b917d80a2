import type { KaspiCredentials } from "@/lib/accounts/model";
import type { Caller } from "@/lib/auth/model";
import { kaspiSessions } from "@/lib/db/schema/kaspi";
import { loginBreaks } from "@/lib/db/schema/logins";
import type { KaspiAccess } from "@/lib/exits/access";
import { beginConnecting } from "@/lib/stores/connect-stores";
import type { ConnectedStore, ConnectResult } from "@/lib/stores/model";
import { type Cursor, walkStart } from "@/lib/sync/cursor";
import { requestSync } from "@/lib/sync/request-sync";
import { beginSync, finishSync, type SyncResult, walkPages } from "@/lib/sync/sync-store";
import type { TestOffice } from "./office";

export const smallShop: KaspiCredentials = { email: "small@duken.kz", password: "small-kaspi" };

/** Connects a login that asks for nothing but its password, which is kept. */
export async function connectStores(
  access: KaspiAccess,
  caller: Caller,
  login: KaspiCredentials,
  signal?: AbortSignal,
): Promise<ConnectResult> {
  const request = { by: "email" as const, keepPassword: true, ...login };
  const step = await beginConnecting(access, caller, request, { signal });
  if (step.kind !== "done") throw new Error(`the login wants more: ${step.kind}`);
  return step.result;
}

/** Connects the login's first store for the owner. */
export async function connectedStore(
  { access, owner }: TestOffice,
  login = smallShop,
): Promise<ConnectedStore> {
  const { stores } = await connectStores(access, owner, login);
  const [store] = stores;
  if (!store) throw new Error("the login has no store");
  return store;
}

/** As if a person had just logged in: what sessions and logins have met with is forgotten. */
export async function forgetSetbacks({ access: { db } }: TestOffice): Promise<void> {
  await db.delete(loginBreaks);
  await db.update(kaspiSessions).set({ isRenewal: false });
}

/** A whole sync without the job engine. */
export async function syncNow({ access }: TestOffice, storeId: string): Promise<SyncResult> {
  const runId = await requestSync(access.db, storeId, null);
  await beginSync(access, runId);
  let cursor: Cursor = walkStart;
  while (cursor.phase !== "done") cursor = await walkPages(access, { storeId, runId, cursor });
  return finishSync(access, { storeId, runId, cursor });
}
