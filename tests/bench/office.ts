import type { Caller } from "@/lib/auth/model";
import { createOwner, findCaller } from "@/lib/auth/users";
import { createVault } from "@/lib/auth/vault";
import { systemClock } from "@/lib/core/time";
import type { Database } from "@/lib/db/client";
import { createAccess, type KaspiAccess } from "@/lib/exits/access";
import { type Cursor, walkStart } from "@/lib/sync/cursor";
import { requestSync } from "@/lib/sync/request-sync";
import { beginSync, finishSync, walkPages } from "@/lib/sync/sync-store";
import { connectStores } from "../support/stores";
import { newDatabase, postgresServer } from "./database";
import { startTwinProcess, type TwinProcess } from "./twin";

/** Random, and the same for the application that is started over this office. */
export const ENCRYPTION_KEY = Buffer.alloc(32, "bench key").toString("base64");
export const ownerLogin = { email: "owner@example.kz", password: "a long password" };

export type Office = {
  database: Database & { url: string };
  access: KaspiAccess;
  twin: TwinProcess;
  owner: Caller;
  /** Whose CPU is counted beside ours. */
  pids: { postgres: number; twin: number };
};

/** A whole office over the training Kaspi, with neither its pace nor ours unless a bench sets one. */
export async function openOffice(): Promise<Office> {
  const [database, twin] = [await newDatabase(), await startTwinProcess()];
  const { db, sql } = database;
  await sql`update exits set reads_per_second = 1e6`;
  await sql`update workspace set writes_per_second = 1e6, cabinet_reads_per_second = 1e6,
    shop_calls_per_second = 1e6, shop_calls_per_exit = 1e6`;
  const id = await createOwner(db, { name: "Owner", ...ownerLogin }, systemClock());
  const owner = await findCaller(db, id, 1);
  if (!owner) throw new Error("the owner was not created");
  const access = createAccess({
    db,
    clock: systemClock,
    vault: createVault(ENCRYPTION_KEY),
    hosts: twin.urls,
    chromiumPath: null,
  });
  return {
    database,
    access,
    twin,
    owner,
    pids: { postgres: postgresServer().pid, twin: twin.pid },
  };
}

/** Connects the login's first store. */
export async function connectStore({ access, owner }: Office, shop: string) {
  const login = { email: `${shop}@duken.kz`, password: `${shop}-kaspi` };
  const { stores } = await connectStores(access, owner, login);
  const [store] = stores;
  if (!store) throw new Error(`${shop} has no store`);
  return store;
}

/** The first steps of a sync without the job engine: a thousand products on sale each. */
export async function beginToSync({ access }: Office, storeId: string, steps: number) {
  const runId = await requestSync(access.db, storeId, null);
  await beginSync(access, runId);
  let cursor: Cursor = walkStart;
  for (let step = 0; step < steps; step += 1)
    cursor = await walkPages(access, { storeId, runId, cursor });
}

/** A whole sync without the job engine. */
export async function syncStore({ access }: Office, storeId: string): Promise<number> {
  const runId = await requestSync(access.db, storeId, null);
  await beginSync(access, runId);
  let cursor: Cursor = walkStart;
  while (cursor.phase !== "done") cursor = await walkPages(access, { storeId, runId, cursor });
  const { products } = await finishSync(access, { storeId, runId, cursor });
  return products;
}
